using Microsoft.EntityFrameworkCore;
using Rapport.Customers.Import;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>A mail as it came.</summary>
/// <param name="Source">Where it was: a file name, a position in an mbox.</param>
/// <param name="Bytes">All of it, without an mbox "From " line.</param>
/// <param name="Import">The import that brings it, which can be undone.</param>
/// <param name="Sent">It lay where what its owner sent lies, so it is ours, from whatever address (V13).</param>
public sealed record NewMail(string Source, ReadOnlyMemory<byte> Bytes, ImportId? Import = null, bool Sent = false);

/// <summary>What became of mails that were to be stored.</summary>
/// <param name="Stored">New here, and on the disk.</param>
/// <param name="AlreadyHere">The same bytes came into this mailbox before.</param>
public readonly record struct MailStored(int Stored, int AlreadyHere);

/// <summary>Stores mails in a mailbox before anybody tries to read them (V1). What it reports as stored survives a crash.</summary>
public sealed class StoreMail(RapportDb db, TimeProvider clock)
{
    private const int LongestSource = 400;

    /// <summary>Stores them in one transaction, in the order given.</summary>
    public async Task<Result<MailStored>> RunAsync(MailboxId mailbox, IReadOnlyList<NewMail> mails, Actor by, CancellationToken ct)
    {
        if (await db.MailboxAsync(mailbox, by, ct) is null) return Refusal.Missing("mailbox");
        var blobs = mails.Select(m => Blob.Of(m.Bytes.Span)).ToList();
        var hashes = blobs.Select(b => b.Hash).ToList();
        var stored = (await db.Set<Blob>().Where(b => EF.Parameter(hashes).Contains(b.Hash)).Select(b => b.Hash).ToListAsync(ct)).Select(Convert.ToHexString).ToHashSet();
        var here = (await db.Set<Intake>().Where(i => i.Mailbox == mailbox && EF.Parameter(hashes).Contains(i.Raw)).Select(i => i.Raw).ToListAsync(ct)).Select(Convert.ToHexString).ToHashSet();

        var now = clock.GetUtcNow();
        var count = 0;
        foreach (var (blob, mail) in blobs.Zip(mails))
        {
            var hash = Convert.ToHexString(blob.Hash);
            if (stored.Add(hash)) db.Add(blob);
            if (!here.Add(hash)) continue;
            var source = mail.Source.Length > LongestSource ? mail.Source[^LongestSource..] : mail.Source;
            db.Add(new Intake { Id = Ids.New<IntakeId>(clock), Mailbox = mailbox, Import = mail.Import, Source = source, Raw = blob.Hash, ReceivedAt = now, Sent = mail.Sent });
            count++;
        }
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        db.ChangeTracker.Clear();
        return new MailStored(count, mails.Count - count);
    }
}
