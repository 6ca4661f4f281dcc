namespace Rapport.Conversations;

/// <summary>A later floor says which mails have no use any more, so that nobody sends them again after they did not arrive: what they are part of is over, or who was to have them wants no more of it.</summary>
public interface IOutdateMail
{
    /// <summary>Those of these that are outdated, each with why in a sentence.</summary>
    Task<IReadOnlyDictionary<InteractionId, string>> OutdatedAsync(IReadOnlyCollection<InteractionId> mails, CancellationToken ct);
}

internal static class OutdatedMails
{
    /// <summary>Those that any floor says are outdated.</summary>
    public static async Task<Dictionary<InteractionId, string>> OutdatedAsync(this IEnumerable<IOutdateMail> all, IReadOnlyCollection<InteractionId> mails, CancellationToken ct)
    {
        var found = new Dictionary<InteractionId, string>();
        foreach (var each in all)
            foreach (var (mail, why) in await each.OutdatedAsync(mails, ct)) found[mail] = why;
        return found;
    }
}
