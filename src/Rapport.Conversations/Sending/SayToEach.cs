using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Conversations;

/// <summary>A mail to one of many who are told the same.</summary>
/// <param name="To">To whom.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">The words.</param>
public sealed record MailToEach(Correspondent To, string Subject, string Text)
{
    /// <summary>Who answers for the conversation that it opens.</summary>
    public MemberId? Owner { get; init; }
    /// <summary>The mail of ours that it follows: it goes where that one is, whatever became of it since.</summary>
    public InteractionId? Follows { get; init; }
    /// <summary>Nothing is left to do about it: its conversation is closed from the beginning.</summary>
    public bool Closed { get; init; }
    /// <summary>Where one click unsubscribes (RFC 8058); null where there is nothing to unsubscribe from.</summary>
    public string? Unsubscribe { get; init; }
}

/// <summary>
/// Says the same to many, to each by a mail and in a conversation of their own, so that strangers who answer it never meet (V4).
/// It is marked as nothing to answer automatically, counts as no dialogue, and comes back when it does not arrive.
/// Within the caller's transaction, who saves.
/// </summary>
public sealed class SayToEach(RapportDb db, QueueMail queue, ChannelsOptions options, TimeProvider clock)
{
    /// <summary>So many at most in one transaction.</summary>
    public const int AtOnce = 100;

    /// <summary>Whether a mailbox has a way out now.</summary>
    public async Task<bool> MaySendFromAsync(MailboxId box, CancellationToken ct) =>
        await db.ConnectionAsync(box, ct) is { } connection && (connection.Sending is not null || options.DeliverTo is not (null or ""));

    /// <summary>What was said to each, in the order they were given; the caller has asked <see cref="MaySendFromAsync"/>.</summary>
    public async Task<IReadOnlyList<InteractionId>> RunAsync(MailboxId from, IReadOnlyList<MailToEach> mails, Actor by, CancellationToken ct)
    {
        var box = await db.Set<Mailbox>().AsNoTracking().SingleAsync(m => m.Id == from, ct);
        var address = (await db.ConnectionAsync(from, ct))!.Address;
        var outbox = await db.OutboxAsync(from, ct);
        // Rapport itself signs nothing.
        var signature = by.Id == default ? "" : await FillText.SignatureAsync(db, outbox.Signature, by, ct);
        var marks = new OurMarks((await db.InstallationAsync(ct))!);
        var followed = await FollowedAsync(mails, ct);
        var (now, sender) = (clock.GetUtcNow(), new Correspondent(outbox.SenderName.Length > 0 ? outbox.SenderName : by.Name, address));

        var batch = new List<(Intake Intake, ReadMail Read, WrittenMail Mail, MailToEach Given)>();
        foreach (var given in mails)
        {
            var (mark, before) = (marks.New(), given.Follows is { } id ? followed.GetValueOrDefault(id) : null);
            var mail = new WrittenMail(OurMarks.MessageId(mark, address), sender, [given.To], [], given.Subject, given.Text, now)
            {
                ReplyTo = outbox.MarksReplyAddress ? OurMarks.ReplyAddress(mark, address) : null, Mark = outbox.MarksText ? mark : null, Signature = signature,
                InReplyTo = before, References = before is null ? [] : [before], Automatic = true, ComesBack = true, Unsubscribe = given.Unsubscribe,
            };
            var bytes = MailBytes.Of(mail);
            var intake = new Intake { Id = Ids.New<IntakeId>(clock), Mailbox = from, Source = "told to many", Raw = await db.StoreBlobAsync(bytes, ct), ReceivedAt = now, Sent = true };
            db.Add(intake);
            batch.Add((intake, MailBytes.WithoutMark(MailReader.Read(bytes, now), mail), mail, given));
        }
        await PlaceAsync(box, batch, by, now, ct);
        foreach (var (intake, _, mail, _) in batch) await queue.AddAsync(intake, mail, intake.Interaction!.Value, [], now, ct);
        return [.. batch.Select(b => b.Intake.Interaction!.Value)];
    }

    private async Task PlaceAsync(Mailbox box, List<(Intake Intake, ReadMail Read, WrittenMail Mail, MailToEach Given)> batch, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var me = await db.KnownMemberAsync(by, ct);
        var place = new PlaceMail(db, clock, box, null);
        await place.LoadAsync([.. batch.Select(b => (b.Intake, b.Read))], ct);
        foreach (var (intake, read, _, given) in batch) await place.TakeAsync(intake, read, ct, new(null, me, by.Id == default ? null : by.Id, now) { Owner = given.Owner });
        await place.FinishAsync(by, ct);
        var closed = batch.Where(b => b.Given.Closed).Select(b => b.Intake.Interaction!.Value).ToHashSet();
        var conversations = db.Set<Interaction>().Local.Where(i => closed.Contains(i.Id)).Select(i => i.Conversation).ToHashSet();
        foreach (var conversation in db.Set<Conversation>().Local.Where(c => conversations.Contains(c.Id) && c.State != ConversationState.Closed)) conversation.Put(ConversationState.Closed, by, now);
    }

    private async Task<Dictionary<InteractionId, string>> FollowedAsync(IReadOnlyList<MailToEach> mails, CancellationToken ct)
    {
        var ids = mails.Select(m => m.Follows).OfType<InteractionId>().ToList();
        return ids.Count == 0 ? [] : await db.Set<OutgoingMail>().Where(m => EF.Parameter(ids).Contains(m.Interaction)).ToDictionaryAsync(m => m.Interaction, m => m.MessageId, ct);
    }
}
