using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Conversations;

/// <summary>Puts a conversation away until a time, or until they write again.</summary>
public sealed class SnoozeConversation(RapportDb db, TimeProvider clock)
{
    /// <summary>Snoozes it, unless there is anything in it that the actor has not seen.</summary>
    public async Task<Refusal?> RunAsync(ConversationId id, DateTimeOffset until, Actor by, CancellationToken ct, ConversationSeen? seen = null)
    {
        if (await db.ConversationAsync(id, by, ct) is not { } conversation) return Refusal.Missing("conversation");
        if (await db.MovedOnAsync(conversation, seen, by, ct) is { } unseen) return unseen;
        var now = clock.GetUtcNow();
        if (until <= now || until > now.AddYears(2)) return Refusal.Invalid("until.range", "Give a time that is ahead, at most two years.", "until");
        if (conversation.State == ConversationState.Closed) return Refusal.Conflict("conversation.closed", "This conversation is closed. Reopen it first.");
        conversation.Put(ConversationState.Snoozed, by, now, until);
        db.Note("snoozed", $"conversations/{id}", new { until });
        db.Happened(new ConversationTurned(id, Turn.Snoozed, now), by);
        return await db.SaveAsync(by, ct);
    }
}

/// <summary>Conversations that were put away come back when their time has come.</summary>
public sealed class BringBack(RapportDb db, TimeProvider clock) : IJob
{
    private const int AtOnce = 200;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        while (!ct.IsCancellationRequested)
        {
            var due = await db.Set<Conversation>().Where(c => c.SnoozedUntil != null && c.SnoozedUntil <= now).OrderBy(c => c.SnoozedUntil).Take(AtOnce).ToListAsync(ct);
            if (due.Count == 0) return;
            var said = await db.SaidInAsync([.. due.Select(c => c.Id)], ct);
            foreach (var conversation in due)
            {
                if ((conversation.Owner ?? conversation.StateBy) is { } member) db.Add(new Nudge { Id = Ids.New<NudgeId>(clock), Member = member, Conversation = conversation.Id, Kind = NudgeKind.CameBack, At = now });
                conversation.Put(ConversationState.Open, Actor.Rapport, now);
                conversation.Look([.. said[conversation.Id]]);
                db.Note("came back", $"conversations/{conversation.Id}", new { });
                db.Happened(new ConversationTurned(conversation.Id, Turn.Reopened, now), Actor.Rapport);
            }
            // Somebody else changed one of them meanwhile: the next round finds what is left.
            if (await db.SaveAsync(Actor.Rapport, ct) is not null) return;
            db.ChangeTracker.Clear();
        }
    }
}
