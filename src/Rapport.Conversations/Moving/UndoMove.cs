using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Takes back that messages were merged, split off or moved. What answered them since goes back with them.</summary>
public sealed class UndoMove(RapportDb db, TimeProvider clock)
{
    private static readonly Refusal Later = Refusal.Conflict("move.later", "Something was moved again since. Undo that first.");

    /// <summary>Puts them back; what was moved on since stays where it is.</summary>
    public async Task<Result<Moved>> RunAsync(ConversationMoveId id, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        if (await db.Set<ConversationMove>().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } move) return Refusal.Missing("move");
        if (await FindAsync(move, by, ct) is not ({ } from, { } to)) return Refusal.Missing("move");
        if (move.UndoneAt is not null) return Refusal.Conflict("move.undone", "It was undone already.");
        var tookUp = from.MergedInto == to.Id && move.Memory is not null;
        if (to.MergedInto is not null || from.MergedInto is not null && !tookUp) return Later;
        if (!tookUp && await new MayMeet(db).CheckBackAsync(from, to, ct) is { } apart) return apart;

        var back = await db.Set<MovedInteraction>().Where(m => m.Move == id && db.Set<Interaction>().Any(i => i.Id == m.Interaction && i.Conversation == to.Id)).Select(m => m.Interaction).ToListAsync(ct);
        if (back.Count == 0) return Later;
        back.AddRange(await new AnswersTo(db, clock).SinceAsync(back, to.Id, move.At, ct));
        if (await db.Set<Interaction>().SingleOrDefaultAsync(i => i.Id == move.Head && i.Conversation == to.Id, ct) is { } head) (head.Conversation, head.JoinedBecause) = (from.Id, move.HeadBecause);
        if (move.Memory is { } kept) await RestoreAsync(to, JsonSerializer.Deserialize<MoveMemory>(kept, Json.Options)!, ct);
        var now = clock.GetUtcNow();
        move.UndoneAt = now;
        db.Happened(Back(move, now), by);
        foreach (var one in new[] { from.Id, to.Id }) db.Note("moved back", $"conversations/{one}", new { move = id, messages = back.Count });
        if (await new Relocation(db, clock).RunAsync(back, to, from, null, by, ct) is { } refusal) return refusal;
        await transaction.CommitAsync(ct);
        return new Moved(id, from.Id, back.Count);
    }

    // Whoever undoes it reads where the messages are, and where they go back to when that is a conversation still.
    private async Task<(Conversation? From, Conversation? To)> FindAsync(ConversationMove move, Actor by, CancellationToken ct)
    {
        if (await db.NowAsync(move.To, ct) is var now && !await db.ConversationsFor(by).AnyAsync(c => c.Id == now, ct)) return default;
        var both = await db.Set<Conversation>().Where(c => c.Id == move.From || c.Id == move.To).ToListAsync(ct);
        var (from, to) = (both.Find(c => c.Id == move.From), both.Find(c => c.Id == move.To));
        return from is { MergedInto: null } && !await db.ConversationsFor(by).AnyAsync(c => c.Id == from.Id, ct) ? default : (from, to);
    }

    // What was merged is apart again, what was apart is merged, what was moved away is here.
    private static ConversationTurned Back(ConversationMove move, DateTimeOffset now) => move.Kind switch
    {
        MoveKind.Merge => new(move.From, Turn.Split, now) { Other = move.To },
        MoveKind.Split => new(move.From, Turn.Merged, now) { Other = move.To },
        MoveKind.Move => new(move.From, Turn.MovedHere, now) { Other = move.To, Message = move.Head },
    };

    private async Task RestoreAsync(Conversation to, MoveMemory memory, CancellationToken ct)
    {
        to.Restore(memory.Before, memory.After);
        db.RemoveRange(await db.Set<ConversationTag>().Where(t => t.Conversation == to.Id && EF.Parameter(memory.Tags).Contains(t.Tag)).ToListAsync(ct));
    }
}
