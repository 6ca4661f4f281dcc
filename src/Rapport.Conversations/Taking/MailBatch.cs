using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Conversations;

/// <summary>Reads one batch of stored mails and writes it in one transaction. What it needs to know it asks for all of them at once.</summary>
internal sealed partial class MailBatch(RapportDb db, TimeProvider clock, ILogger<MailBatch> log)
{
    private const long MostBytes = 32 * 1024 * 1024;

    private sealed record Raw(IntakeId Intake, byte[] Hash, long? Size);

    /// <summary>Null when nothing waits any more.</summary>
    public async Task<MailTaken?> RunAsync(MailboxId mailbox, int most, Actor by, CancellationToken ct)
    {
        var box = await db.Set<Mailbox>().AsNoTracking().SingleAsync(m => m.Id == mailbox, ct);
        var marks = await db.InstallationAsync(ct) is { } installation ? new OurMarks(installation, await db.Set<MailboxConnection>().Select(c => c.Address).ToListAsync(ct)) : null;
        if (await ReadAsync(mailbox, most, marks, ct) is not { Count: > 0 } mails) return null;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        var ids = mails.Keys.ToList();
        var intakes = await db.Set<Intake>().Where(i => EF.Parameter(ids).Contains(i.Id) && i.State == IntakeState.Stored).ToListAsync(ct);
        var place = new PlaceMail(db, clock, box, marks);
        await place.LoadAsync([.. from i in intakes let mail = mails[i.Id] where IsMail(mail) select (i, mail)], ct);
        var taken = new MailTaken();
        foreach (var intake in intakes.OrderBy(i => mails[i.Id]?.Date ?? i.ReceivedAt).ThenBy(i => i.Id.Value))
            taken += await TakeAsync(place, intake, mails[intake.Id], ct);

        taken += await place.FinishAsync(by, ct);
        var now = clock.GetUtcNow();
        await db.Set<Mailbox>().Where(m => m.Id == mailbox).ExecuteUpdateAsync(s => s.SetProperty(m => m.LastTakenAt, now), ct);
        await db.SaveOrThrowAsync(by, ct);
        if (place.Introduced.Count > 0)
        {
            await new PartyDocuments(db, clock).IndexAsync(place.Introduced, ct);
            await db.SaveOrThrowAsync(by, ct);
        }
        await transaction.CommitAsync(ct);
        return taken;
    }

    private static async Task<MailTaken> TakeAsync(PlaceMail place, Intake intake, ReadMail? mail, CancellationToken ct)
    {
        if (!IsMail(mail))
        {
            (intake.State, intake.Problem) = (IntakeState.Unreadable, mail is null ? "Its bytes are not in the database any more, so that nothing of it can be shown." : Sentence(mail.Problems.Append("It names neither a sender nor a date.")));
            return new MailTaken() with { Unreadable = 1 };
        }
        var isNew = await place.TakeAsync(intake, mail, ct);
        return isNew ? new MailTaken() with { Read = 1 } : new MailTaken() with { Duplicates = 1 };
    }

    private static bool IsMail([NotNullWhen(true)] ReadMail? mail) => mail?.MessageId.Length > 0 && (mail.From is not null || mail.Date is not null);

    internal static string? Sentence(IEnumerable<string> problems) => string.Join(' ', problems) is { Length: > 0 } all ? all.Length > 1000 ? all[..1000] : all : null;

    // Outside the transaction, null for a mail whose bytes are not there any more: reading takes longer than writing, and others want to write.
    private async Task<Dictionary<IntakeId, ReadMail?>> ReadAsync(MailboxId mailbox, int most, OurMarks? marks, CancellationToken ct)
    {
        var waiting = await (from i in db.Set<Intake>()
                             where i.State == IntakeState.Stored && i.Mailbox == mailbox
                             orderby i.Id
                             join b in db.Set<Blob>() on i.Raw equals b.Hash into kept
                             from b in kept.DefaultIfEmpty()
                             select new Raw(i.Id, i.Raw, b == null ? null : b.Size)).Take(most).ToListAsync(ct);
        var size = 0L;
        var now = clock.GetUtcNow();
        var batch = waiting.TakeWhile((raw, i) => (size += raw.Size ?? 0) <= MostBytes || i == 0).ToList();
        var hashes = batch.Select(r => r.Hash).ToList();
        var blobs = (await db.Set<Blob>().AsNoTracking().Where(b => EF.Parameter(hashes).Contains(b.Hash)).ToListAsync(ct)).ToDictionary(b => Convert.ToHexString(b.Hash));
        return batch.AsParallel().WithDegreeOfParallelism(Math.Min(4, Environment.ProcessorCount)).WithCancellation(ct)
            .Select(raw => (raw.Intake, Mail: blobs.TryGetValue(Convert.ToHexString(raw.Hash), out var blob) ? Check(MailReader.Read(blob.Open(), now), raw.Intake, marks) : null))
            .ToDictionary(r => r.Intake, r => r.Mail);
    }

    private ReadMail Check(ReadMail mail, IntakeId intake, OurMarks? marks)
    {
        if (marks is null) return mail;
        var check = marks.Check(mail, out var forged);
        if (forged > 0) LogForged(forged, intake);
        return check;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} marks of ours in intake {Intake} bear a wrong hash and are ignored: somebody made them up, or a mail system changed them")]
    private partial void LogForged(int count, IntakeId intake);
}
