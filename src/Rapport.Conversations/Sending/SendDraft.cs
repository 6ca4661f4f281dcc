using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rapport.Channels;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Sends what a member wrote, now or at a time. However often it is asked for, it is sent once.</summary>
public sealed class SendDraft(RapportDb db, SendMail send, TimeProvider clock)
{
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    /// <summary>Sends it now.</summary>
    public async Task<Result<MailSent>> RunAsync(DraftId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<Draft>().SingleOrDefaultAsync(d => d.Id == id && d.Author == by.Id, ct) is not { } draft) return Refusal.Missing("draft");
        if (draft.SentAs is not null) return Refusal.Conflict("draft.sent", "It is sent already.");
        if (draft.Mailbox is not { } mailbox) return Refusal.Invalid("mailbox.missing", "Choose a mailbox that you may write from.", "mailbox");
        var files = new List<WrittenFile>();
        foreach (var file in await db.FilesOfAsync(id, ct))
        {
            if (await db.OpenBlobAsync(file.Blob, ct) is not { } bytes) return Refusal.Invalid("file.lost", $"“{file.Name}” cannot be found any more. Take it away here, and attach it again.", "files");
            files.Add(new(file.Name, file.Type, bytes));
        }
        var mail = new MailToSend(mailbox, draft.To, draft.Subject, draft.Text)
        {
            Cc = draft.Cc, Bcc = draft.Bcc, Conversation = draft.Conversation, Answers = draft.Answers, Forward = draft.Kind == DraftKind.Forward, Files = files, Seen = draft.Seen,
        };
        return await send.RunAsync(mail, by, ct, draft);
    }

    /// <summary>Sends it at a time; refused when that is over, or what is written could not be sent as it is.</summary>
    public async Task<Refusal?> LaterAsync(DraftId id, DateTimeOffset at, Actor by, CancellationToken ct)
    {
        if (await db.DraftsOf(by).SingleOrDefaultAsync(d => d.Id == id, ct) is not { } draft) return Refusal.Missing("draft");
        var now = clock.GetUtcNow();
        if (at <= now || at > now + Farthest) return Refusal.Invalid("at.past", "Choose a time that is still to come, at most a year ahead.", "sendAt");
        if (SendMail.Check(new(draft.Mailbox ?? default, draft.To, draft.Subject, draft.Text) { Cc = draft.Cc, Bcc = draft.Bcc, Answers = draft.Answers, Forward = draft.Kind == DraftKind.Forward }) is { } wrong) return wrong;
        (draft.SendAt, draft.Stopped) = (at, null);
        return await db.SaveAsync(by, ct);
    }
}

/// <summary>Sends what is to be sent at its time, as its writer would by hand. What came in meanwhile stops it, and its writer is told (V10).</summary>
internal sealed partial class SendWhenDue(RapportDb db, SendDraft send, DatabaseAddress address, TimeProvider clock, ILogger<SendWhenDue> log) : IJob
{
    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var (id, author) in (await db.Set<Draft>().Where(d => d.SendAt != null && d.SendAt <= now && d.SentAs == null).OrderBy(d => d.SendAt).Select(d => new { d.Id, d.Author }).ToListAsync(ct)).Select(d => (d.Id, d.Author)))
        {
            db.ChangeTracker.Clear();
            if (await TryAsync(id, author, ct) is not { } refusal) continue;
            db.ChangeTracker.Clear();
            var said = refusal.Message;
            await db.Set<Draft>().Where(d => d.Id == id && d.SentAs == null).ExecuteUpdateAsync(s => s.SetProperty(d => d.SendAt, (DateTimeOffset?)null).SetProperty(d => d.Stopped, said).SetProperty(d => d.ChangedAt, now), ct);
            LogStopped(id, refusal.Code);
        }
    }

    private async Task<Refusal?> TryAsync(DraftId id, MemberId author, CancellationToken ct)
    {
        try
        {
            return await db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == author, ct) is { LeftAt: null } member
                ? (await send.RunAsync(id, new Actor(author, member.Name, member.Roles) { Teams = await db.TeamsOfAsync(author, ct) }, ct)).Refusal
                : Refusal.Conflict("member.left", "Whoever wrote it is no longer here.");
        }
        // One that cannot be sent holds up nobody else's; a database that is away holds up all, and they are tried again.
        catch (Exception failure) when (failure is not OperationCanceledException && DatabaseTrouble.Of(failure, address) is null)
        {
            LogFailed(failure, id);
            return Refusal.Conflict("draft.failed", "Rapport failed while it sent this; its log says more. Look at it and at its files, then send it again.");
        }
    }

    [LoggerMessage(LogLevel.Error, "Draft {Draft} could not be sent at its time")]
    private partial void LogFailed(Exception failure, DraftId draft);

    [LoggerMessage(LogLevel.Warning, "Draft {Draft} was not sent at its time ({Code}); its writer sees why")]
    private partial void LogStopped(DraftId draft, string code);
}

/// <summary>Forgets drafts once they are out and cannot be taken back any more.</summary>
internal sealed class ForgetSentDrafts(RapportDb db, TimeProvider clock) : IJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Kept;
        var gone = await db.Set<Draft>().Where(d => d.SentAs != null && d.ChangedAt < before).Select(d => d.Id).Take(500).ToListAsync(ct);
        if (gone.Count == 0) return;
        var blobs = await db.Set<DraftFile>().Where(f => EF.Parameter(gone).Contains(f.Draft)).Select(f => f.Blob).ToListAsync(ct);
        await db.Set<Draft>().Where(d => EF.Parameter(gone).Contains(d.Id)).ExecuteDeleteAsync(ct);
        await db.ForgetBlobsAsync(blobs, ct);
    }
}
