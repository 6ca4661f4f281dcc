using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Webhooks;

/// <summary>Hears what happens on the floors beneath, and passes it on to whoever asked for it.</summary>
internal sealed class HearForEndpoints(RapportDb db, TellEndpoints tell, TimeProvider clock) : IHear<InteractionsTaken>, IHear<ConversationTurned>, IHear<DispatchSettled>, IHear<CommitmentMade>, IHear<CommitmentSettled>, IHear<CommitmentJudged>
{
    // What is so much older than its mailbox is connected lay there before, and is no news.
    private static readonly TimeSpan LaidThere = TimeSpan.FromDays(5);

    // News by when it was taken in: a mail that was read late was not told before. Imported mail is none.
    public async Task HearAsync(InteractionsTaken happening, Actor by, CancellationToken ct)
    {
        if (!await tell.IsHeardAsync(ct)) return;
        var (ids, now) = (happening.Interactions, clock.GetUtcNow());
        var taken = await (from i in db.Set<Interaction>().AsNoTracking()
                           where EF.Parameter(ids).Contains(i.Id)
                           join x in db.Set<Intake>() on i.Intake equals (IntakeId?)x.Id into came
                           from x in came.DefaultIfEmpty()
                           where x == null || x.Import == null
                           join c in db.Set<MailboxConnection>() on (x == null ? null : (MailboxId?)x.Mailbox) equals (MailboxId?)c.Mailbox into connected
                           from c in connected.DefaultIfEmpty()
                           select new { i.Id, i.Conversation, i.Channel, i.Direction, i.At, TakenAt = x == null ? (DateTimeOffset?)null : x.ReceivedAt, ConnectedAt = c == null ? (DateTimeOffset?)null : c.ConnectedAt }).ToListAsync(ct);
        var said = taken.FindAll(i => i.ConnectedAt is not { } since || i.At >= since - LaidThere);
        var ours = said.Where(i => i.Channel == Channel.Email && i.Direction != Direction.Inbound).Select(i => i.Id).ToList();
        var leaving = ours.Count == 0 ? [] : (await db.Set<OutgoingMail>().Where(m => EF.Parameter(ours).Contains(m.Interaction)).Select(m => m.Interaction).ToListAsync(ct)).ToHashSet();
        await tell.RunAsync([.. said.Select(i => new News(KindOf(i.Channel, i.Direction), $"interaction:{i.Id}", i.TakenAt ?? now) { Conversation = i.Conversation, Message = i.Id, WhenLeft = leaving.Contains(i.Id) })], ct);
    }

    public Task HearAsync(ConversationTurned happening, Actor by, CancellationToken ct)
    {
        var (kind, state) = KindOf(happening.Turn);
        return tell.RunAsync([new(kind, $"{kind.Name}:{happening.Conversation}:{happening.At.UtcTicks}{state}", happening.At) { Conversation = happening.Conversation, Other = happening.Other, Message = happening.Message, State = state }], ct);
    }

    public async Task HearAsync(DispatchSettled happening, Actor by, CancellationToken ct)
    {
        var kind = happening.State == DispatchState.Failed ? EventKind.Failed : EventKind.Delivered;
        var conversation = await db.Set<Interaction>().Where(i => i.Id == happening.Interaction).Select(i => (ConversationId?)i.Conversation).SingleOrDefaultAsync(ct);
        if (conversation is not null) await tell.RunAsync([new(kind, $"{kind.Name}:{happening.Interaction}:{happening.At.UtcTicks}", happening.At) { Conversation = conversation, Message = happening.Interaction }], ct);
    }

    public Task HearAsync(CommitmentMade happening, Actor by, CancellationToken ct) =>
        tell.RunAsync([new(EventKind.Made, $"{EventKind.Made.Name}:{happening.Commitment}", clock.GetUtcNow()) { Commitment = happening.Commitment }], ct);

    public Task HearAsync(CommitmentSettled happening, Actor by, CancellationToken ct) => BecameAsync(EventKind.Settled, happening.Commitment, happening.State.ToString(), ct);

    public Task HearAsync(CommitmentJudged happening, Actor by, CancellationToken ct) => BecameAsync(EventKind.Judged, happening.Commitment, happening.Verdict.ToString(), ct);

    // It may be settled or judged, and again otherwise: its version tells them apart, and stays when this is heard twice.
    private async Task BecameAsync(EventKind kind, CommitmentId commitment, string became, CancellationToken ct)
    {
        if (await db.Set<Commitment>().AsNoTracking().Where(c => c.Id == commitment).Select(c => (int?)c.Version).SingleOrDefaultAsync(ct) is not { } version) return;
        var state = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(became);
        await tell.RunAsync([new(kind, $"{kind.Name}:{commitment}:{version}:{state}", clock.GetUtcNow()) { Commitment = commitment, State = state }], ct);
    }

    private static (EventKind Kind, string? State) KindOf(Turn turn) => turn switch
    {
        Turn.Assigned => (EventKind.Assigned, null),
        Turn.Closed => (EventKind.Closed, null),
        Turn.Snoozed => (EventKind.Snoozed, null),
        Turn.Reopened => (EventKind.Reopened, null),
        Turn.Tagged => (EventKind.Tagged, null),
        Turn.NoReplyNeeded => (EventKind.NoLongerWaits, "noReplyNeeded"),
        Turn.AnsweredElsewhere => (EventKind.NoLongerWaits, "answeredElsewhere"),
        Turn.StillWaiting => (EventKind.NoLongerWaits, "stillWaiting"),
        Turn.Merged => (EventKind.Merged, null),
        Turn.Split => (EventKind.Split, null),
        Turn.MovedHere => (EventKind.Moved, null),
    };

    private static EventKind KindOf(Channel channel, Direction direction) => channel switch
    {
        Channel.Note => EventKind.NoteWritten,
        Channel.Email when direction == Direction.Inbound => EventKind.MessageReceived,
        Channel.Email => EventKind.MessageSent,
        _ => EventKind.Recorded,
    };
}
