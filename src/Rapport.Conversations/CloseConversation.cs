using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Puts a conversation away for good, until they write again. What was asked in it counts as answered.</summary>
public sealed class CloseConversation(RapportDb db, TimeProvider clock)
{
    /// <summary>Closes it. What is closed already was looked at, and nothing else. With anything in it that the actor has not seen, it is not closed.</summary>
    public async Task<Refusal?> RunAsync(ConversationId id, Actor by, CancellationToken ct, ConversationSeen? seen = null)
    {
        if (await db.ConversationAsync(id, by, ct) is not { } conversation) return Refusal.Missing("conversation");
        if (await db.MovedOnAsync(conversation, seen, by, ct) is { } unseen) return unseen;
        if (conversation.State == ConversationState.Closed)
        {
            conversation.Look(await new SpokenSince(db).SaidAsync(id, ct));
            return await db.SaveAsync(by, ct);
        }
        var now = clock.GetUtcNow();
        conversation.Put(ConversationState.Closed, by, now);
        await new SpokenSince(db).SettleAsync(conversation, now, ct);
        await new SetClocks(db, clock).RunAsync([conversation], ct);
        db.Note("closed", $"conversations/{id}", new { });
        db.Happened(new ConversationTurned(id, Turn.Closed, now), by);
        return await db.SaveAsync(by, ct);
    }
}

/// <summary>Takes a closed or snoozed conversation up again, with what was asked in it before.</summary>
public sealed class ReopenConversation(RapportDb db, TimeProvider clock)
{
    /// <summary>Opens it.</summary>
    public async Task<Refusal?> RunAsync(ConversationId id, Actor by, CancellationToken ct)
    {
        if (await db.ConversationAsync(id, by, ct) is not { } conversation) return Refusal.Missing("conversation");
        if (conversation.State == ConversationState.Closed && conversation.SettledUntil == conversation.StateAt) conversation.Unsettle();
        var (now, away) = (clock.GetUtcNow(), conversation.State is ConversationState.Closed or ConversationState.Snoozed);
        conversation.Put(ConversationState.Open, by, now);
        var said = await new SpokenSince(db).SaidAsync(id, ct);
        conversation.Look(said);
        conversation.Reckon(said);
        await new SetClocks(db, clock).RunAsync([conversation], ct);
        db.Note("reopened", $"conversations/{id}", new { });
        if (away) db.Happened(new ConversationTurned(id, Turn.Reopened, now), by);
        return await db.SaveAsync(by, ct);
    }
}

/// <summary>How a conversation stops waiting for us without a word of ours.</summary>
public enum Settlement
{
    /// <summary>Nothing was asked that wants an answer.</summary>
    NoReplyNeeded,
    /// <summary>They were answered where Rapport does not see it.</summary>
    AnsweredElsewhere,
}

/// <summary>Says that nobody waits in a conversation any more: no reply is needed, or they were answered elsewhere.</summary>
public sealed class SettleWaiting(RapportDb db, TimeProvider clock)
{
    /// <summary>Settles everything asked so far; with anything in it that the actor has not seen, nothing.</summary>
    public async Task<Refusal?> RunAsync(ConversationId id, Settlement how, Actor by, CancellationToken ct, ConversationSeen? seen = null)
    {
        if (await db.ConversationAsync(id, by, ct) is not { } conversation) return Refusal.Missing("conversation");
        if (await db.MovedOnAsync(conversation, seen, by, ct) is { } unseen) return unseen;
        var now = clock.GetUtcNow();
        await new SpokenSince(db).SettleAsync(conversation, now, ct);
        await new SetClocks(db, clock).RunAsync([conversation], ct);
        db.Note(how == Settlement.NoReplyNeeded ? "no reply needed" : "answered elsewhere", $"conversations/{id}", new { });
        db.Happened(new ConversationTurned(id, how == Settlement.NoReplyNeeded ? Turn.NoReplyNeeded : Turn.AnsweredElsewhere, now), by);
        return await db.SaveAsync(by, ct);
    }

    /// <summary>Takes that back: whoever asked waits again.</summary>
    public async Task<Refusal?> UndoAsync(ConversationId id, Actor by, CancellationToken ct)
    {
        if (await db.ConversationAsync(id, by, ct) is not { } conversation) return Refusal.Missing("conversation");
        conversation.Unsettle();
        conversation.Reckon(await new SpokenSince(db).SaidAsync(id, ct));
        await new SetClocks(db, clock).RunAsync([conversation], ct);
        db.Note("still waiting", $"conversations/{id}", new { });
        db.Happened(new ConversationTurned(id, Turn.StillWaiting, clock.GetUtcNow()), by);
        return await db.SaveAsync(by, ct);
    }
}
