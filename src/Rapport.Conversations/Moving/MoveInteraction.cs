using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Messages are in another conversation now.</summary>
/// <param name="Move">By it this is undone.</param>
/// <param name="Conversation">Where they are.</param>
/// <param name="Messages">How many.</param>
public sealed record Moved(ConversationMoveId Move, ConversationId Conversation, int Messages);

/// <summary>Moves a message by hand to where it belongs. Replies to it follow it there, because they find the message, not the conversation (V5).</summary>
public sealed class MoveInteraction(RapportDb db, TimeProvider clock)
{
    /// <summary>Moves it; to a new conversation of its own when <paramref name="to"/> is null.</summary>
    /// <param name="id">The message.</param>
    /// <param name="to">Where it belongs.</param>
    /// <param name="withAnswers">The answers to it that are here go along.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<Moved>> RunAsync(InteractionId id, ConversationId? to, bool withAnswers, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        if (await db.InteractionsFor(by).SingleOrDefaultAsync(i => i.Id == id, ct) is not { } head) return Refusal.Missing("interaction");
        if (await db.ConversationAsync(head.Conversation, by, ct) is not { } from) return Refusal.Missing("interaction");
        if (to == from.Id) return Refusal.Conflict("conversation.same", "It is in this conversation already.");
        List<InteractionId> messages = [id, .. withAnswers ? await AnswersAsync(id, from.Id, by, ct) : []];
        if (to is null && messages.Count == from.Count) return Refusal.Conflict("conversation.only", "Nothing would stay behind: this conversation is its own already.");
        if (await TargetAsync(to, head, from, by, ct) is not { } target) return Refusal.Missing("conversation");
        if (to is not null && await new MayMeet(db).CheckAsync(messages, from, target, ct) is { } apart) return apart;

        var move = new ConversationMove { Id = Ids.New<ConversationMoveId>(clock), Kind = to is null ? MoveKind.Split : MoveKind.Move, From = from.Id, To = target.Id, Head = id, HeadBecause = head.JoinedBecause, At = clock.GetUtcNow() };
        db.Add(move);
        db.AddRange(messages.Select(m => new MovedInteraction { Move = move.Id, Interaction = m }));
        (head.Conversation, head.JoinedBecause) = (target.Id, to is null ? $"{by.Name} gave it a conversation of its own." : $"{by.Name} moved it here.");
        db.Note(to is null ? "split off" : "moved away", $"conversations/{from.Id}", new { move = move.Id, other = target.Id, message = id, messages = messages.Count });
        db.Note(to is null ? "was split off" : "moved here", $"conversations/{target.Id}", new { move = move.Id, other = from.Id, message = id, messages = messages.Count });
        db.Happened(new ConversationTurned(target.Id, to is null ? Turn.Split : Turn.MovedHere, move.At) { Other = from.Id, Message = to is null ? null : id }, by);
        if (await new Relocation(db, clock).RunAsync(messages, from, target, move, by, ct) is { } refusal) return refusal;
        await transaction.CommitAsync(ct);
        return new Moved(move.Id, target.Id, messages.Count);
    }

    /// <summary>The answers to a message that are in its conversation and would go along with it.</summary>
    public async Task<IReadOnlyList<InteractionId>> AnswersAsync(InteractionId id, ConversationId conversation, Actor by, CancellationToken ct) =>
        await new AnswersTo(db, clock).FindAsync([id], conversation, by, ct);

    // What its owners said of sharing the old one holds for what is split off.
    private async Task<Conversation?> TargetAsync(ConversationId? to, Interaction head, Conversation from, Actor by, CancellationToken ct)
    {
        if (to is { } wanted) return await db.ConversationAsync(wanted, by, ct);
        var made = new Conversation { Id = Ids.New<ConversationId>(clock), Subject = MailSubject.Base(head.Subject), OnlyFor = head.OnlyFor, Outlined = head.Outlined, Related = from.Id, Customer = from.Customer, Owner = from.Owner, ListId = from.ListId };
        made.SettleAsIn(from);
        if (made.Subject.Length == 0) made.Subject = from.Subject;
        db.Add(made);
        foreach (var said in await db.Set<ConversationSharing>().AsNoTracking().Where(s => s.Conversation == from.Id).ToListAsync(ct))
            db.Add(new ConversationSharing { Conversation = made.Id, Owner = said.Owner, Visibility = said.Visibility, Team = said.Team });
        return made;
    }
}
