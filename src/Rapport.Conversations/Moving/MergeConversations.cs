using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Makes one conversation a part of another, when both are about one matter. Replies to any of its messages come in where they are now; its address leads there (V5).</summary>
public sealed class MergeConversations(RapportDb db, TimeProvider clock)
{
    /// <summary>Puts all of it into the other one, which keeps its subject, its state and its owner where it has them, and needs us as soon as either did.</summary>
    public async Task<Result<Moved>> RunAsync(ConversationId id, ConversationId into, Actor by, CancellationToken ct)
    {
        if (id == into) return Refusal.Invalid("conversation.same", "Choose another conversation: this is the same one.", "into");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        if (await db.ConversationAsync(id, by, ct) is not { } from || await db.ConversationAsync(into, by, ct) is not { } to) return Refusal.Missing("conversation");
        if (await new MayMeet(db).CheckAsync(from, to, ct) is { } apart) return apart;

        var messages = await db.Set<Interaction>().Where(i => i.Conversation == id).OrderBy(i => i.Id).Select(i => i.Id).ToListAsync(ct);
        var head = await db.Set<Interaction>().SingleAsync(i => i.Id == from.First, ct);
        var move = new ConversationMove { Id = Ids.New<ConversationMoveId>(clock), Kind = MoveKind.Merge, From = id, To = into, Head = head.Id, HeadBecause = head.JoinedBecause, At = clock.GetUtcNow() };
        db.Add(move);
        db.AddRange(messages.Select(m => new MovedInteraction { Move = move.Id, Interaction = m }));
        (head.Conversation, head.JoinedBecause) = (into, $"{by.Name} put it here, with the rest of its conversation.");
        db.Note("merged", $"conversations/{into}", new { move = move.Id, other = id, messages = messages.Count });
        db.Note("became a part", $"conversations/{id}", new { move = move.Id, other = into, messages = messages.Count });
        db.Happened(new ConversationTurned(into, Turn.Merged, move.At) { Other = id }, by);
        if (await new Relocation(db, clock).RunAsync(messages, from, to, move, by, ct) is { } refusal) return refusal;
        await transaction.CommitAsync(ct);
        return new Moved(move.Id, into, messages.Count);
    }
}
