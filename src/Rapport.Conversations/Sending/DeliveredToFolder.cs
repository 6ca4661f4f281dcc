using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>A mail that was delivered to a folder instead of the network.</summary>
/// <param name="To">Whom it went to, those in copy too.</param>
public sealed record DeliveredRow(InteractionId Interaction, string Subject, IReadOnlyList<string> To, DateTimeOffset At);

/// <summary>Such a mail as its recipients would have got it.</summary>
/// <param name="To">Whom it went to: those in blind copy stand here alone.</param>
/// <param name="Source">The beginning of its bytes, as text.</param>
public sealed record DeliveredCopy(ReadMail Mail, IReadOnlyList<string> To, DateTimeOffset At, long Size, string Source);

/// <summary>Reads what was delivered to a folder: of those mails that the reader may read.</summary>
public sealed class DeliveredToFolder(RapportDb db, DeliveredMails folder)
{
    private const int MostShown = 50, LongestSource = 64 * 1024;

    /// <summary>The newest first; those older than <paramref name="before"/>, and before which the next ones are.</summary>
    public async Task<(IReadOnlyList<DeliveredRow> Rows, InteractionId? Older)> ListAsync(InteractionId? before, Actor by, CancellationToken ct)
    {
        var all = folder.List(MostShown + 1, before);
        var files = all.Take(MostShown).ToList();
        var ids = files.Select(f => f.Interaction).ToList();
        var subjects = await db.InteractionsFor(by).Where(i => EF.Parameter(ids).Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Subject, ct);
        var to = (await db.Set<Dispatch>().Where(d => EF.Parameter(ids).Contains(d.Interaction)).Select(d => new { d.Interaction, d.Address }).ToListAsync(ct)).ToLookup(d => d.Interaction, d => d.Address);
        return ([.. files.Where(f => subjects.ContainsKey(f.Interaction)).Select(f => new DeliveredRow(f.Interaction, subjects[f.Interaction], [.. to[f.Interaction]], f.At))], all.Count > MostShown ? files[^1].Interaction : null);
    }

    /// <summary>One of them; null when it was not delivered, or the reader may not read it.</summary>
    public async Task<DeliveredCopy?> FindAsync(InteractionId id, Actor by, CancellationToken ct)
    {
        if (!await db.InteractionsFor(by).AnyAsync(i => i.Id == id, ct) || folder.At(id) is not { } file || await folder.RawAsync(id, ct) is not { } raw) return null;
        var to = await db.Set<Dispatch>().Where(d => d.Interaction == id).OrderBy(d => d.Kind).ThenBy(d => d.Recipient).Select(d => d.Address).ToListAsync(ct);
        return new(MailReader.Read(raw, file.At), to, file.At, file.Size, System.Text.Encoding.UTF8.GetString(raw, 0, Math.Min(raw.Length, LongestSource)));
    }

    /// <summary>Whether it is still on its way there.</summary>
    public async Task<bool> IsOnItsWayAsync(InteractionId id, Actor by, CancellationToken ct) =>
        await db.InteractionsFor(by).AnyAsync(i => i.Id == id, ct) && await db.Set<Dispatch>().AnyAsync(d => d.Interaction == id && (d.State == DispatchState.Queued || d.State == DispatchState.Claimed), ct);
}
