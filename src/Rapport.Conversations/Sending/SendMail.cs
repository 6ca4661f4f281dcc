using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Sends a mail: it is said at once, and leaves a little later, so that it can be taken back. What was said and the rows of the ledger it goes out by land in one transaction (U7).</summary>
public sealed class SendMail(RapportDb db, QueueMail queue, ChannelsOptions options, IEnumerable<IGoWithMail> goes, TimeProvider clock)
{
    private const int MostRecipients = 200, MostFiles = 50;

    private sealed record Ready(Mailbox Box, WrittenMail Mail, IReadOnlyList<Correspondent> Bcc, ConversationId? Into, WrittenHere Written);

    /// <summary>Sends it; refused with a sentence beside the field to mend, and then nothing is lost but time.</summary>
    /// <param name="given">What is to be sent.</param>
    /// <param name="by">Who sends it.</param>
    /// <param name="ct">Stops it.</param>
    /// <param name="draft">What it was written as, tracked: it is marked as sent in the same transaction.</param>
    public async Task<Result<MailSent>> RunAsync(MailToSend given, Actor by, CancellationToken ct, Draft? draft = null)
    {
        if (!(await ReadAsync(given, by, ct)).Succeeded(out var ready, out var wrong)) return wrong;
        var bytes = MailBytes.Of(ready.Mail);
        if (bytes.Length > options.LargestWrittenMegabytes * 1024L * 1024) return Refusal.Invalid("files.large", $"With its attachments the mail has {bytes.Length / 1024 / 1024 + 1} MB; most servers take no more than {options.LargestWrittenMegabytes}. Leave some out, or send a link.", "files");

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // From here on nobody else writes, so that nothing comes between looking and sending (V10).
        await db.Dialect.LockJournalAsync(db, ct);
        if (given.Seen is { } seen && ready.Into is { } conversation && await ConversationSeen.OfAsync(db, conversation, by, ct) != seen)
            return Refusal.Conflict("conversation.moved-on", "Something was said or moved in this conversation since you began to write. Read it first; then send it all the same, or change it.");
        if (draft is not null && await HeldAsync(draft.Id, ct) is { } held) return held;
        var due = ready.Written.At.AddSeconds(options.UndoSeconds);
        var sent = await new SayByMail(db, queue, clock).RunAsync(ready.Box, ready.Mail, bytes, ready.Bcc, ready.Written, due, "written here", by, ct);
        if (ready.Into is not null && given is { Forward: false, Automatic: false }) await TakeAsync(sent.Conversation, by, ct);
        if (draft is not null)
        {
            (draft.SentAs, draft.SendAt, draft.ChangedAt) = (sent.Interaction, null, ready.Written.At);
            foreach (var each in goes) await each.SentAsync(draft.Id, sent.Interaction, by, ct);
        }
        db.Note("mail.sent", $"interactions/{sent.Interaction}", new { sent.Conversation, ready.Mail.MessageId });
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        await transaction.CommitAsync(ct);
        queue.Wake();
        return sent;
    }

    // Whoever answers what nobody had has it from then on, and what they say to that comes to somebody.
    private async Task TakeAsync(ConversationId id, Actor by, CancellationToken ct)
    {
        var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == id, ct);
        if (conversation.Owner is not null || by.Id == default) return;
        conversation.Owner = by.Id;
        db.Note("assigned", $"conversations/{id}", new { before = (MemberId?)null, after = by.Id });
        db.Happened(new ConversationTurned(id, Turn.Assigned, clock.GetUtcNow()), by);
    }

    private async Task<Refusal?> HeldAsync(DraftId draft, CancellationToken ct)
    {
        foreach (var each in goes)
            if (await each.MayAsync(draft, ct) is { } refusal) return refusal;
        return null;
    }

    /// <summary>What is wrong with what was written, by itself; whether its mailbox may send it only sending tells.</summary>
    internal static Refusal? Check(MailToSend given) => Check(given, out _, out _, out _);

    private async Task<Result<Ready>> ReadAsync(MailToSend given, Actor by, CancellationToken ct)
    {
        // Of mail that is sent at a time, its writer may have become one since.
        if (!by.May(Roles.Member)) return Refusal.Forbidden("mail.read-only", "Readers cannot send mail. Ask somebody who serves customers.");
        if (await db.MailboxesToWriteFrom(by).AsNoTracking().SingleOrDefaultAsync(m => m.Id == given.Mailbox, ct) is not { } box) return Refusal.Invalid("mailbox.missing", "Choose a mailbox that you may write from.", "mailbox");
        if (await db.ConnectionAsync(box.Id, ct) is not { } connection || connection.Sending is null && options.DeliverTo is null or "") return Refusal.Invalid("mailbox.reads-only", $"{box.Name} has no server for sending. Write one in its settings, or choose another mailbox.", "mailbox");
        if (Check(given, out var to, out var cc, out var bcc) is { } wrong) return wrong;
        if (await SuppressedAsync([("to", to), ("cc", cc), ("bcc", bcc)], ct) is { } unwanted) return unwanted;
        var answered = given.Answers is { } id ? await AnsweredMail.FindAsync(db, id, by, clock, ct) : null;
        if (given.Answers is not null && answered is null) return Refusal.Missing("interaction");
        var into = given.Conversation ?? answered?.Interaction.Conversation;
        if (into is { } conversation && (into = await HomeAsync(conversation, by, ct)) is null) return Refusal.Missing("conversation");

        var now = clock.GetUtcNow();
        var installation = (await db.InstallationAsync(ct))!;
        var marks = new OurMarks(installation);
        var mark = marks.New();
        var outbox = await db.Set<Outbox>().AsNoTracking().SingleOrDefaultAsync(o => o.Mailbox == box.Id, ct);
        var mail = new WrittenMail(OurMarks.MessageId(mark, connection.Address), new(outbox?.SenderName is { Length: > 0 } name ? name : by.Name, connection.Address), to, cc, SubjectOf(given, answered), given.Text ?? "", now)
        {
            ReplyTo = outbox is { MarksReplyAddress: true } ? OurMarks.ReplyAddress(mark, connection.Address) : null,
            Mark = outbox is { MarksText: true } ? mark : null,
            InReplyTo = given.Forward ? null : answered?.Mail?.MessageId,
            References = answered?.References ?? [],
            Signature = await FillText.SignatureAsync(db, outbox?.Signature ?? "", by, ct),
            Before = given.Quote || given.Forward ? answered?.Before(given.Forward) : null,
            Files = given.Files,
            Calendar = given.Calendar,
            Automatic = given.Automatic,
        };
        return new Ready(box, mail, bcc, into, new(into, await db.KnownMemberAsync(by, ct), by.Id == default ? null : by.Id, now));
    }

    // To whom mail came back for good, or who complained or asked for none, nothing is sent until somebody says otherwise (U9).
    private async Task<Refusal?> SuppressedAsync(IReadOnlyList<(string Field, IReadOnlyList<Correspondent> All)> recipients, CancellationToken ct)
    {
        var suppressed = await db.SuppressedAsync([.. recipients.SelectMany(r => r.All).Select(c => c.Address)], ct);
        if (suppressed.Count == 0) return null;
        var (field, one) = recipients.SelectMany(r => r.All.Select(c => (r.Field, Key: EmailAddresses.Key(c.Address)!))).First(r => suppressed.ContainsKey(r.Key));
        return Refusal.Invalid("recipient.suppressed", $"Nothing is sent to {one}: {suppressed[one].Words}. Leave it out, or say on their page that it may be written to again.", field);
    }

    private static Refusal? Check(MailToSend given, out IReadOnlyList<Correspondent> to, out IReadOnlyList<Correspondent> cc, out IReadOnlyList<Correspondent> bcc)
    {
        (to, cc, bcc) = ([], [], []);
        if (!RecipientText.Read(given.To, "to").Succeeded(out to!, out var wrong) || !RecipientText.Read(given.Cc, "cc").Succeeded(out cc!, out wrong) || !RecipientText.Read(given.Bcc, "bcc").Succeeded(out bcc!, out wrong)) return wrong;
        if (to.Count == 0) return Refusal.Invalid("to.empty", "Write whom it goes to.", "to");
        if (to.Count + cc.Count + bcc.Count > MostRecipients) return Refusal.Invalid("to.many", $"A mail goes to at most {MostRecipients} people. To reach more, send a notice.", "to");
        if (string.IsNullOrWhiteSpace(given.Text) && !given.Forward) return Refusal.Invalid("text.empty", "Write what you have to say.", "text");
        if (given.Text?.Length > Interaction.LongestText) return Refusal.Invalid("text.long", $"Write at most {Interaction.LongestText:N0} characters, or attach a file.", "text");
        if (given.Subject?.Length > Conversation.LongestSubject) return Refusal.Invalid("subject.long", $"Write at most {Conversation.LongestSubject} characters.", "subject");
        if (string.IsNullOrWhiteSpace(given.Subject) && given.Answers is null) return Refusal.Invalid("subject.empty", "Write what it is about: mail without a subject is easily taken for spam.", "subject");
        if (given.Files.Count > MostFiles) return Refusal.Invalid("files.many", $"Attach at most {MostFiles} files.", "files");
        return null;
    }

    private static string SubjectOf(MailToSend given, AnsweredMail? answered) => string.IsNullOrWhiteSpace(given.Subject) ? answered!.Subject(given.Forward) : given.Subject.Trim();

    // One that became a part of another is there now.
    private async Task<ConversationId?> HomeAsync(ConversationId id, Actor by, CancellationToken ct)
    {
        id = await db.NowAsync(id, ct);
        return await db.ConversationsFor(by).AnyAsync(c => c.Id == id, ct) ? id : null;
    }
}
