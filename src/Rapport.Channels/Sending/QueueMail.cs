using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Channels;

/// <summary>Puts a mail into the ledger, one row for each recipient, in the transaction of whoever writes it. From there it is sent by itself.</summary>
public sealed class QueueMail(RapportDb db, ChannelsOptions options, TimeProvider clock, [FromKeyedServices(HandOverMail.Queued)] WorkSignal queued)
{
    /// <summary>Adds it to what the next save stores.</summary>
    /// <param name="intake">Its bytes, stored as all mail is.</param>
    /// <param name="mail">What it says.</param>
    /// <param name="interaction">What was said by it.</param>
    /// <param name="bcc">Who is in copy without the others seeing it.</param>
    /// <param name="due">Not handed over before then.</param>
    /// <param name="ct">Stops it.</param>
    public async Task AddAsync(Intake intake, WrittenMail mail, InteractionId interaction, IReadOnlyList<Mail.Correspondent> bcc, DateTimeOffset due, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var outbox = await db.OutboxAsync(intake.Mailbox, ct);
        var keeps = !outbox.ServerKeepsCopy && string.IsNullOrEmpty(options.DeliverTo) && await db.Set<MailboxConnection>().AnyAsync(c => c.Mailbox == intake.Mailbox, ct);
        db.Add(new OutgoingMail
        {
            Interaction = interaction, Mailbox = intake.Mailbox, MessageId = mail.MessageId, Raw = intake.Raw, EnvelopeSender = EnvelopeOf(mail, outbox), QueuedAt = now,
            Copy = keeps ? SentCopy.Wanted : SentCopy.None,
        });
        var seen = new HashSet<string>();
        foreach (var (recipient, kind) in mail.To.Select(r => (r, RecipientKind.To)).Concat(mail.Cc.Select(r => (r, RecipientKind.Cc))).Concat(bcc.Select(r => (r, RecipientKind.Bcc))))
        {
            var key = EmailAddresses.Key(recipient.Address)!;
            if (seen.Add(key)) db.Add(new Dispatch { Interaction = interaction, Recipient = key, Address = recipient.Address, Kind = kind, Mailbox = intake.Mailbox, State = DispatchState.Queued, StateAt = now, DueAt = due });
        }
    }

    // Automatic mail is sent so that nothing answers it (V6).
    private static string EnvelopeOf(WrittenMail mail, Outbox outbox) =>
        mail is { Automatic: true, ComesBack: false } ? "" : outbox.MarksEnvelopeSender && OurMarks.ReplyAddress(mail.MessageId[..mail.MessageId.LastIndexOf('@')], mail.From.Address) is { } marked ? marked : mail.From.Address;

    /// <summary>Tells the senders of this node that there is something to do.</summary>
    public void Wake() => queued.Wake();
}

/// <summary>How to reach what goes out.</summary>
public static class OutboxSets
{
    /// <summary>The mailboxes that the actor may write from: their own, their teams' and everyone's; never another member's, however it is shared.</summary>
    public static IQueryable<Mailbox> MailboxesToWriteFrom(this RapportDb db, Actor by) => db.MailboxesFor(by).Where(m => m.Owner == by.Id || m.Owner == Mailbox.Nobody);

    /// <summary>How a mailbox sends, tracked; with what is usual where nobody said otherwise.</summary>
    public static async Task<Outbox> OutboxAsync(this RapportDb db, MailboxId mailbox, CancellationToken ct)
    {
        // Also one that was added and is not saved yet.
        if (await db.FindAsync<Outbox>([mailbox], ct) is { } there) return there;
        var outbox = new Outbox { Mailbox = mailbox };
        db.Add(outbox);
        return outbox;
    }

    /// <summary>These are out, whoever says so: where a copy is wanted in the Sent folder, it is put there then.</summary>
    public static Task CopyOnceOutAsync(this RapportDb db, IEnumerable<InteractionId> mails, DateTimeOffset due, CancellationToken ct) => LedgerStatements.CopyAsync(db, mails, due, ct);
}
