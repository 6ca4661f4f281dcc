using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>A mail that could not be read; its bytes are kept.</summary>
public sealed record UnreadableMail(IntakeId Id, string Mailbox, string Source, DateTimeOffset ReceivedAt, string Problem, long Size);

/// <summary>Lists mails that could not be read (V1): visible to who may see their mailbox, never dropped.</summary>
public sealed class UnreadableMails(RapportDb db)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<UnreadableMail>> ListAsync(int most, Actor by, CancellationToken ct) =>
        await (from i in db.Set<Intake>()
               where i.State == IntakeState.Unreadable
               join m in db.MailboxesFor(@by) on i.Mailbox equals m.Id
               join b in db.Set<Blob>() on i.Raw equals b.Hash
               orderby i.Id descending
               select new UnreadableMail(i.Id, m.Name, i.Source, i.ReceivedAt, i.Problem ?? "", b.Size)).Take(most).ToListAsync(ct);

    /// <summary>The bytes of such a mail as it came; null when there is none that the reader may know of. Who may read one that was read is said by its interaction, not by its mailbox.</summary>
    public async Task<byte[]?> RawAsync(IntakeId id, Actor by, CancellationToken ct)
    {
        var raw = await db.Set<Intake>().Where(i => i.Id == id && i.State == IntakeState.Unreadable && db.MailboxesFor(by).Any(m => m.Id == i.Mailbox)).Select(i => i.Raw).SingleOrDefaultAsync(ct);
        return raw is null ? null : await db.OpenBlobAsync(raw, ct);
    }
}
