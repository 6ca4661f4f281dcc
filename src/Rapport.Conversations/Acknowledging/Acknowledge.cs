using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>An acknowledgement named a time by when there will be an answer, because a member had accepted that it does.</summary>
/// <param name="Said">The acknowledgement.</param>
/// <param name="To">To whom it was said.</param>
/// <param name="Owner">Who accepted it.</param>
/// <param name="Due">The time.</param>
/// <param name="Words">As it named it.</param>
public sealed record AnswerPromised(InteractionId Said, PartyId To, MemberId Owner, DateTimeOffset Due, string Words) : IHappening;

/// <summary>Tells people that their mail has arrived, from mailboxes where that is wanted (RFC 3834): once in a conversation, before anything of ours was said in it, and only where a machine may answer.</summary>
internal sealed partial class Acknowledge(RapportDb db, QueueMail queue, FillText texts, ChannelsOptions options, TimeProvider clock, ILogger<Acknowledge> log) : IHear<InteractionsTaken>
{
    // What is older was read late, or imported: nobody waits to hear that it arrived.
    private static readonly TimeSpan Recent = TimeSpan.FromHours(24);

    private sealed record Found(InteractionId Interaction, MailboxId Mailbox, byte[] Raw);

    public async Task HearAsync(InteractionsTaken happening, Actor by, CancellationToken ct)
    {
        if (!await db.Set<Outbox>().AnyAsync(o => o.AcknowledgesSince != null, ct)) return;
        var (ids, since) = (happening.Interactions, clock.GetUtcNow() - Recent);
        var found = await (from i in db.Set<Interaction>()
                           where EF.Parameter(ids).Contains(i.Id) && i.Direction == Direction.Inbound && i.Voice == Voice.Human && i.Channel == Channel.Email && i.At > since
                           join n in db.Set<Intake>() on (InteractionId?)i.Id equals n.Interaction
                           where n.Import == null && !n.Sent
                           join o in db.Set<Outbox>() on n.Mailbox equals o.Mailbox
                           where o.AcknowledgesSince != null && i.At >= o.AcknowledgesSince
                           orderby i.Id, n.Id
                           select new Found(i.Id, n.Mailbox, n.Raw)).ToListAsync(ct);
        // What keeps one from being answered keeps none behind it; whoever delivers tries again, and who was answered is not answered twice.
        var failures = new List<Exception>();
        foreach (var one in found.DistinctBy(f => f.Interaction))
        {
            db.ChangeTracker.Clear();
            try
            {
                await AnswerAsync(one, ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add(failure);
            }
        }
        if (failures.Count > 0) throw new AggregateException(failures);
    }

    private async Task AnswerAsync(Found found, CancellationToken ct)
    {
        if (await db.InstallationAsync(ct) is not { } us || await db.OpenBlobAsync(found.Raw, ct) is not { } raw) return;
        var now = clock.GetUtcNow();
        var mail = new OurMarks(us).Check(MailReader.Read(raw, now), out _);
        var box = await db.Set<Mailbox>().AsNoTracking().SingleAsync(m => m.Id == found.Mailbox, ct);
        if (await db.ConnectionAsync(box.Id, ct) is not { } connection || connection.Sending is null && options.DeliverTo is null or "") return;
        if (!MayAnswer(mail, connection.Address, us) || EmailAddresses.Key(mail.From!.Address) is not { } address || (await db.SuppressedAsync([address], ct)).Count > 0) return;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        if (await db.Set<AutomaticAnswer>().AnyAsync(a => a.Answers == found.Interaction, ct)) return;
        var asked = await db.Set<Interaction>().AsNoTracking().SingleAsync(i => i.Id == found.Interaction, ct);
        if (await db.Set<Interaction>().AnyAsync(i => i.Conversation == asked.Conversation && (i.Direction == Direction.Outbound || i.Direction == Direction.Mutual) && i.Voice == Voice.Human, ct)) return;
        address = Brake.AddressOf(address);
        var held = await new Brake(db, options, clock).HoldsAsync(address, asked.Conversation, ct);
        var sent = held is null ? await SendAsync(asked, mail, box, connection.Address, us, now, ct) : null;
        if (held is null && sent is null) return;
        db.Add(new AutomaticAnswer { Answers = asked.Id, Mailbox = box.Id, Address = address, At = now, SentAs = sent, Held = held });
        if (held is not null) LogHeld(asked.Id, box.Id);
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
        await transaction.CommitAsync(ct);
        queue.Wake();
    }

    // Addressed to the mailbox itself, by a person who is none of ours, in a way that machines may answer.
    private static bool MayAnswer(ReadMail mail, string address, OurInstallation us) =>
        mail is { MayAutoAnswer: true, Kind: MailKind.Human, From: { } from } && !us.IsOurs(from.Address)
        && mail.To.Concat(mail.Cc).Select(c => c.Address).Concat(mail.DeliveredTo).Any(a => EmailAddresses.Key(a) == EmailAddresses.Key(address));

    private async Task<InteractionId?> SendAsync(Interaction asked, ReadMail mail, Mailbox box, string address, OurInstallation us, DateTimeOffset now, CancellationToken ct)
    {
        var outbox = await db.OutboxAsync(box.Id, ct);
        var conversation = await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == asked.Conversation, ct);
        var calendar = (await db.CalendarsAsync(ct)).Of(conversation.Team);
        var promise = await PromiseAsync(outbox, conversation, calendar, now, ct);
        if (!(await texts.AcknowledgementAsync(outbox.AcknowledgementText, mail.From!, await WhoAsync(conversation, ct), promise?.Words, calendar, ct)).Succeeded(out var text, out var refusal))
        {
            LogUnfilled(box.Id, refusal.Code);
            return null;
        }
        var mark = new OurMarks(us).New();
        var ours = new WrittenMail(OurMarks.MessageId(mark, address), new(outbox.SenderName.Length > 0 ? outbox.SenderName : us.Name, address), [mail.From!], [], $"Re: {MailSubject.Base(mail.Subject)}", text, now)
        {
            InReplyTo = mail.MessageId, References = [.. mail.References.Append(mail.MessageId).Distinct()], Automatic = true, Mark = outbox.MarksText ? mark : null,
        };
        var sent = await new SayByMail(db, queue, clock).RunAsync(box, ours, MailBytes.Of(ours), [], new(asked.Conversation, null, null, now), now, "acknowledged", Actor.Rapport, ct);
        if (promise is var (due, words) && asked.Author is { } to && outbox.AcknowledgementText.Contains("answer.by", StringComparison.Ordinal))
            db.Happened(new AnswerPromised(sent.Interaction, to, outbox.AnswerPromisedBy!.Value, due, words), Actor.Rapport);
        db.Note("mail.acknowledged", $"interactions/{asked.Id}", new { asked.Conversation, sent.Interaction });
        return sent.Interaction;
    }

    // A time is named only when a clock says which, and whoever has accepted it can keep it: they read the mailbox, and are not away when it comes.
    private async Task<(DateTimeOffset Due, string Words)?> PromiseAsync(Outbox outbox, Conversation conversation, BusinessCalendar calendar, DateTimeOffset now, CancellationToken ct)
    {
        if (outbox.AnswerPromisedBy is not { } member || conversation.DueAt is not { } due || due <= now) return null;
        if (!await db.MayReadAsync(outbox.Mailbox, member, ct) || (await db.AwayAsync(due, ct)).ContainsKey(member)) return null;
        return (due, TimeZoneInfo.ConvertTime(due, calendar.Zone).ToString("dddd, d MMMM, HH:mm", Design.LocalTime.DefaultCulture));
    }

    // Whoever answers for it; the team whose mailbox it is, as long as nobody does.
    private async Task<string?> WhoAsync(Conversation conversation, CancellationToken ct) =>
        conversation.Owner is { } owner ? await db.Set<Member>().Where(m => m.Id == owner && m.LeftAt == null).Select(m => m.Name).SingleOrDefaultAsync(ct)
        : conversation.Team is { } team ? await db.Set<Team>().Where(t => t.Id == team).Select(t => t.Name).SingleOrDefaultAsync(ct) : null;

    [LoggerMessage(LogLevel.Warning, "Mail {Interaction} in mailbox {Mailbox} is not acknowledged: the brake on automatic answers holds")]
    private partial void LogHeld(InteractionId interaction, MailboxId mailbox);

    [LoggerMessage(LogLevel.Warning, "Mailbox {Mailbox} cannot acknowledge: its text cannot be filled in ({Code})")]
    private partial void LogUnfilled(MailboxId mailbox, string code);
}
