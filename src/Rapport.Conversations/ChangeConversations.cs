using Microsoft.Extensions.DependencyInjection;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>What is done with several conversations at once; what is null is left as it is.</summary>
public sealed record ConversationChanges
{
    /// <summary>Which.</summary>
    public IReadOnlyList<ConversationId> Ids { get; init; } = [];
    /// <summary>What whoever asks has seen of them: one in which anything was said or moved since is neither closed nor put away, and one that somebody else answers for by now is not given away. Of those not named nothing is asked.</summary>
    public IReadOnlyList<ConversationAsSeen> Seen { get; init; } = [];
    /// <summary>Close them.</summary>
    public bool Close { get; init; }
    /// <summary>Give them to this member.</summary>
    public MemberId? Owner { get; init; }
    /// <summary>Leave them to nobody.</summary>
    public bool Unassign { get; init; }
    /// <summary>Put them away until these words: "tomorrow", "in two weeks", a date.</summary>
    public string? Snooze { get; init; }
    /// <summary>Give them this tag.</summary>
    public string? Tag { get; init; }
    /// <summary>Take this tag away.</summary>
    public string? Untag { get; init; }
}

/// <summary>A conversation as somebody saw it: its newest message, how many there were, and who answered for it; null for nobody.</summary>
public sealed record ConversationAsSeen(ConversationId Id, InteractionId Last, int Count, MemberId? Owner)
{
    internal ConversationSeen Said => new(Last, Count);
}

/// <summary>One that was left as it was, and why.</summary>
public sealed record NotChanged(ConversationId Id, string Code, string Why);

/// <summary>What became of them.</summary>
/// <param name="Changed">How many were changed.</param>
public sealed record ConversationsChanged(int Changed, IReadOnlyList<NotChanged> NotChanged);

/// <summary>Does the same with several conversations, each as if alone: one that refuses does not hold up the others.</summary>
public sealed class ChangeConversations(IServiceScopeFactory scopes, ReadSnooze read)
{
    /// <summary>How many at once: more than a page of a list.</summary>
    public const int Most = 200;

    /// <summary>Changes them; refused whole only for what is wrong with all of them.</summary>
    public async Task<Result<ConversationsChanged>> RunAsync(ConversationChanges changes, Actor by, CancellationToken ct)
    {
        var ids = changes.Ids.Distinct().ToList();
        if (ids.Count == 0) return Refusal.Invalid("ids.empty", "Choose at least one conversation.", "ids");
        if (ids.Count > Most) return Refusal.Invalid("ids.many", $"Choose at most {Most} conversations.", "ids");
        if (changes.Snooze is { } words && (await read.RunAsync(words, (TeamId?)null, ct)).Refusal is { } unclear) return unclear;
        foreach (var name in new[] { changes.Tag, changes.Untag })
            if (name is not null && Tag.KeyOf(name).Refusal is { } wrong) return wrong;

        var left = new List<NotChanged>();
        foreach (var id in ids)
            if (await ChangeAsync(id, changes, by, ct) is { } refusal) left.Add(new(id, refusal.Code, refusal.Message));
        return new ConversationsChanged(ids.Count - left.Count, left);
    }

    // A scope each: a conflict in one leaves nothing behind for the next.
    private async Task<Refusal?> ChangeAsync(ConversationId id, ConversationChanges changes, Actor by, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var seen = changes.Seen.FirstOrDefault(s => s.Id == id);
        Refusal? refusal = null;
        if (changes.Tag is { } tag) refusal ??= await services.GetRequiredService<TagConversation>().AddAsync(id, tag, by, ct);
        if (changes.Untag is { } untag) refusal ??= await services.GetRequiredService<TagConversation>().RemoveAsync(id, untag, by, ct);
        if (changes.Unassign || changes.Owner is not null) refusal ??= await services.GetRequiredService<AssignConversation>().RunAsync(id, changes.Owner, by, ct, seen is null ? null : new(seen.Owner));
        if (changes.Snooze is { } words) refusal ??= (await services.GetRequiredService<ReadSnooze>().RunAsync(words, id, ct)).Succeeded(out var at, out var unclear) ? await services.GetRequiredService<SnoozeConversation>().RunAsync(id, at, by, ct, seen?.Said) : unclear;
        if (changes.Close) refusal ??= await services.GetRequiredService<CloseConversation>().RunAsync(id, by, ct, seen?.Said);
        return refusal;
    }
}
