using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Puts a conversation away for good, until they write again. What was asked in it counts as answered.</summary>
public sealed class CloseConversation(RapportDb db, TimeProvider clock)
{
    /// <summary>Closes it; closing twice is no mistake.</summary>
    public async Task<Refusal?> RunAsync(ConversationId id, Actor by, CancellationToken ct)
    {
        if (await db.ConversationAsync(id, by, ct) is not { } conversation) return Refusal.Missing("conversation");
        var now = clock.GetUtcNow();
        (conversation.State, conversation.StateAt, conversation.SnoozedUntil) = (ConversationState.Closed, now, null);
        await new SpokenSince(db).ReckonAsync(conversation, now, ct);
        db.Note("closed", $"conversations/{id}", new { });
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
        if (conversation.State == ConversationState.Closed && conversation.SettledUntil == conversation.StateAt) conversation.SettledUntil = null;
        (conversation.State, conversation.StateAt, conversation.SnoozedUntil) = (ConversationState.Open, clock.GetUtcNow(), null);
        conversation.Reckon(await new SpokenSince(db).SaidAsync(id, ct));
        db.Note("reopened", $"conversations/{id}", new { });
        return await db.SaveAsync(by, ct);
    }
}

/// <summary>Puts a conversation away until a time, or until they write again.</summary>
public sealed class SnoozeConversation(RapportDb db, TimeProvider clock)
{
    /// <summary>Snoozes it.</summary>
    public async Task<Refusal?> RunAsync(ConversationId id, DateTimeOffset until, Actor by, CancellationToken ct)
    {
        if (await db.ConversationAsync(id, by, ct) is not { } conversation) return Refusal.Missing("conversation");
        var now = clock.GetUtcNow();
        if (until <= now || until > now.AddYears(2)) return Refusal.Invalid("until.range", "Give a time that is ahead, at most two years.", "until");
        if (conversation.State == ConversationState.Closed) return Refusal.Conflict("conversation.closed", "This conversation is closed. Reopen it first.");
        (conversation.State, conversation.StateAt, conversation.SnoozedUntil) = (ConversationState.Snoozed, now, until);
        db.Note("snoozed", $"conversations/{id}", new { until });
        return await db.SaveAsync(by, ct);
    }
}

/// <summary>Gives a conversation to the one member who answers for it.</summary>
public sealed class AssignConversation(RapportDb db)
{
    /// <summary>Gives it; to nobody when null.</summary>
    public async Task<Refusal?> RunAsync(ConversationId id, MemberId? owner, Actor by, CancellationToken ct)
    {
        if (await db.ConversationAsync(id, by, ct) is not { } conversation) return Refusal.Missing("conversation");
        if (owner is not null && owner != by.Id && !await db.Set<Customers.Person>().AnyAsync(p => p.Member == owner, ct)) return Refusal.Invalid("owner.unknown", "There is no such member.", "owner");
        if (owner is { } other && other != by.Id && !await MayReadAsync(id, other, ct)) return Refusal.Conflict("conversation.private", "They cannot see this conversation. Share it with them first.");
        var before = conversation.Owner;
        conversation.Owner = owner;
        db.Note("assigned", $"conversations/{id}", new { before, after = owner });
        return await db.SaveAsync(by, ct);
    }

    private async Task<bool> MayReadAsync(ConversationId id, MemberId member, CancellationToken ct) =>
        await db.ConversationAsync(id, new Actor(member, "", Roles.Reader) { Teams = await db.TeamsOfAsync(member, ct) }, ct) is not null;
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
    /// <summary>Settles everything asked so far.</summary>
    public async Task<Refusal?> RunAsync(ConversationId id, Settlement how, Actor by, CancellationToken ct)
    {
        if (await db.ConversationAsync(id, by, ct) is not { } conversation) return Refusal.Missing("conversation");
        await new SpokenSince(db).ReckonAsync(conversation, clock.GetUtcNow(), ct);
        db.Note(how == Settlement.NoReplyNeeded ? "no reply needed" : "answered elsewhere", $"conversations/{id}", new { });
        return await db.SaveAsync(by, ct);
    }

    /// <summary>Takes that back: whoever asked waits again.</summary>
    public async Task<Refusal?> UndoAsync(ConversationId id, Actor by, CancellationToken ct)
    {
        if (await db.ConversationAsync(id, by, ct) is not { } conversation) return Refusal.Missing("conversation");
        conversation.SettledUntil = null;
        conversation.Reckon(await new SpokenSince(db).SaidAsync(id, ct));
        db.Note("still waiting", $"conversations/{id}", new { });
        return await db.SaveAsync(by, ct);
    }
}
