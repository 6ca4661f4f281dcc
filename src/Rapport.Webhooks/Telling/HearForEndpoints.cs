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
    public async Task HearAsync(InteractionsTaken happening, Actor by, CancellationToken ct)
    {
        if (await tell.SinceAsync(ct) is not { } since) return;
        var ids = happening.Interactions;
        var said = await db.Set<Interaction>().AsNoTracking().Where(i => EF.Parameter(ids).Contains(i.Id) && i.At >= since).Select(i => new { i.Id, i.Conversation, i.Channel, i.Direction, i.At }).ToListAsync(ct);
        var ours = said.Where(i => i.Channel == Channel.Email && i.Direction != Direction.Inbound).Select(i => i.Id).ToList();
        var leaving = ours.Count == 0 ? [] : (await db.Set<OutgoingMail>().Where(m => EF.Parameter(ours).Contains(m.Interaction)).Select(m => m.Interaction).ToListAsync(ct)).ToHashSet();
        await tell.RunAsync([.. said.Select(i => new News(KindOf(i.Channel, i.Direction), $"interaction:{i.Id}", i.At) { Conversation = i.Conversation, Message = i.Id, WhenLeft = leaving.Contains(i.Id) })], ct);
    }

    public Task HearAsync(ConversationTurned happening, Actor by, CancellationToken ct)
    {
        var kind = happening.Turn switch { Turn.Assigned => EventKind.Assigned, Turn.Closed => EventKind.Closed, Turn.Snoozed => EventKind.Snoozed, Turn.Reopened => EventKind.Reopened };
        return tell.RunAsync([new(kind, $"{kind.Name}:{happening.Conversation}:{happening.At.UtcTicks}", happening.At) { Conversation = happening.Conversation }], ct);
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

    private static EventKind KindOf(Channel channel, Direction direction) => channel switch
    {
        Channel.Note => EventKind.NoteWritten,
        Channel.Email when direction == Direction.Inbound => EventKind.MessageReceived,
        Channel.Email => EventKind.MessageSent,
        _ => EventKind.Recorded,
    };
}
