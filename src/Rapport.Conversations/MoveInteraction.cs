using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Moves a message by hand to where it belongs. Replies to it follow it there, because they find the message, not the conversation (V5).</summary>
public sealed class MoveInteraction(RapportDb db, TimeProvider clock)
{
    /// <summary>Moves it; to a new conversation of its own when <paramref name="to"/> is null. Gives the conversation it is in now.</summary>
    public async Task<Result<ConversationId>> RunAsync(InteractionId id, ConversationId? to, Actor by, CancellationToken ct)
    {
        if (await db.InteractionsFor(by).SingleOrDefaultAsync(i => i.Id == id, ct) is not { } interaction) return Refusal.Missing("interaction");
        if (await db.ConversationAsync(interaction.Conversation, by, ct) is not { } from) return Refusal.Missing("interaction");
        if (to == from.Id) return from.Id;
        if (to is null && from.Count == 1) return Refusal.Conflict("conversation.only", "It is alone in its conversation already.");
        var target = to is { } wanted ? await db.ConversationAsync(wanted, by, ct) : Split(interaction, from);
        if (target is null) return Refusal.Missing("conversation");

        (interaction.Conversation, interaction.JoinedBecause) = (target.Id, $"{by.Name} moved it here.");
        target.Take(interaction, target.Subject);
        await RecountAsync(from, without: id, ct);
        var spoken = new SpokenSince(db);
        var own = new Said(id, interaction.At, interaction.Direction, interaction.Asks, interaction.Thanks, interaction.Author);
        target.Reckon([.. (await spoken.SaidAsync(target.Id, ct)).Where(s => s.Id != id), .. interaction is { Voice: Voice.Human, Channel: not Channel.Note } ? [own] : Array.Empty<Said>()]);
        from.Reckon([.. (await spoken.SaidAsync(from.Id, ct)).Where(s => s.Id != id)]);
        if (from.Count == 0) from.MergedInto = target.Id;
        if (from.Count == 0) db.Unindex(new(Kernel.Search.SearchKind.Conversation, from.Id.Value));
        db.Note("moved", $"interactions/{id}", new { from = from.Id, to = target.Id });
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        await new SettleAudience(db).ConversationsAsync([target.Id, from.Id], by, ct);
        await transaction.CommitAsync(ct);
        return target.Id;
    }

    private Conversation Split(Interaction interaction, Conversation from)
    {
        var made = new Conversation { Id = Ids.New<ConversationId>(clock), Subject = MailSubject.Base(interaction.Subject), OnlyFor = interaction.OnlyFor, Outlined = interaction.Outlined, Related = from.Id, Customer = from.Customer, Owner = from.Owner };
        if (made.Subject.Length == 0) made.Subject = from.Subject;
        db.Add(made);
        return made;
    }

    private async Task RecountAsync(Conversation from, InteractionId without, CancellationToken ct)
    {
        var rest = db.Set<Interaction>().Where(i => i.Conversation == from.Id && i.Id != without);
        from.Count = await rest.CountAsync(ct);
        if (from.Count == 0) return;
        from.First = await rest.OrderBy(i => i.Id).Select(i => i.Id).FirstAsync(ct);
        var last = await rest.OrderByDescending(i => i.Id).Select(i => new { i.Id, i.At }).FirstAsync(ct);
        (from.Last, from.LastAt) = (last.Id, last.At);
    }
}
