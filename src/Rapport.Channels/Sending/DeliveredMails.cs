using System.Globalization;

namespace Rapport.Channels;

/// <summary>A mail in the folder for outgoing mail.</summary>
/// <param name="Interaction">Which.</param>
/// <param name="At">When it was put there.</param>
/// <param name="Size">In bytes.</param>
public sealed record DeliveredMail(InteractionId Interaction, DateTimeOffset At, long Size);

/// <summary>What was delivered to the folder for outgoing mail instead of the network: the files that <see cref="FolderWayOut"/> wrote, by the numbers of their mails, and nothing else in that folder or outside it.</summary>
public sealed class DeliveredMails(ChannelsOptions options)
{
    // So many names are looked at; the newest of them are the newest there are as long as the folder holds no more.
    private const int MostNames = 20_000, LargestMegabytes = 30;

    /// <summary>Whether mail is delivered to a folder at all.</summary>
    public bool AreKept => options.DeliverTo is { Length: > 0 };

    /// <summary>The newest first, as many as <paramref name="most"/>, older than <paramref name="before"/>.</summary>
    public IReadOnlyList<DeliveredMail> List(int most, InteractionId? before = null)
    {
        if (!AreKept || !Directory.Exists(options.DeliverTo)) return [];
        var ids = Directory.EnumerateFiles(options.DeliverTo, "*.eml").Take(MostNames).Select(file => Path.GetFileNameWithoutExtension(file))
            .Select(name => IMomentId<InteractionId>.TryParse(name, CultureInfo.InvariantCulture, out var id) && id.ToString() == name ? id : (InteractionId?)null).OfType<InteractionId>();
        return [.. ids.Where(id => before is not { } older || id.Value < older.Value).OrderByDescending(id => id.Value).Take(most).Select(At).OfType<DeliveredMail>()];
    }

    /// <summary>One of them, if it is there.</summary>
    public DeliveredMail? At(InteractionId id)
    {
        if (!AreKept) return null;
        var file = new FileInfo(PathOf(id));
        return file.Exists && file.LinkTarget is null ? new(id, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero), file.Length) : null;
    }

    /// <summary>Its bytes as they were handed over; null when it is not there, or too large to be shown.</summary>
    public async Task<byte[]?> RawAsync(InteractionId id, CancellationToken ct) =>
        At(id) is { Size: <= LargestMegabytes * 1024 * 1024 } ? await File.ReadAllBytesAsync(PathOf(id), ct) : null;

    // A number and nothing else: no name leads out of the folder.
    private string PathOf(InteractionId id) => Path.Combine(options.DeliverTo!, $"{id.Value.ToString(CultureInfo.InvariantCulture)}.eml");
}
