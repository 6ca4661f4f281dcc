using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Conversations;

/// <summary>Puts messages from one conversation into another and says anew what both show. Message-IDs lead to messages, not to conversations, so that replies follow by themselves; what was only mentioned is found where its conversation went.</summary>
internal sealed class Relocation(RapportDb db, TimeProvider clock)
{
    /// <summary>Puts them there. A conversation in which nothing stays becomes a part of the other one, and what it was is kept in the move. Saves, in the caller's transaction.</summary>
    public async Task<Refusal?> RunAsync(IReadOnlyList<InteractionId> messages, Conversation from, Conversation to, ConversationMove? move, Actor by, CancellationToken ct)
    {
        await db.Set<Interaction>().Where(i => EF.Parameter(messages).Contains(i.Id)).ExecuteUpdateAsync(s => s.SetProperty(i => i.Conversation, to.Id), ct);
        await MoveNudgesAsync(messages, to.Id, ct);
        to.MergedInto = null;
        var empty = !await db.Set<Interaction>().AnyAsync(i => i.Conversation == from.Id, ct);
        if (empty) await BecomePartAsync(from, to, move, ct);
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;

        await new RecountConversations(db, clock).RunAsync(empty ? [to.Id] : [to.Id, from.Id], ct);
        if (await db.SaveAsync(by, ct) is { } other) return other;
        await new SettleAudience(db, clock).ConversationsAsync([to.Id, from.Id], by, ct);
        return null;
    }

    private async Task BecomePartAsync(Conversation from, Conversation to, ConversationMove? move, CancellationToken ct)
    {
        from.MergedInto = to.Id;
        db.Unindex(new(SearchKind.Conversation, from.Id.Value));
        if (move is null) return;
        var before = to.Condition;
        to.TakeUp(from);
        var had = await db.Set<ConversationTag>().Where(t => t.Conversation == from.Id || t.Conversation == to.Id).ToListAsync(ct);
        // The tags of what is taken up stay with it, for when it is taken out again.
        var tags = had.Where(t => t.Conversation == from.Id && !had.Exists(o => o.Conversation == to.Id && o.Tag == t.Tag)).Select(t => t.Tag).ToList();
        db.AddRange(tags.Select(t => new ConversationTag { Conversation = to.Id, Tag = t }));
        await db.Set<Nudge>().Where(n => n.Conversation == from.Id).ExecuteUpdateAsync(s => s.SetProperty(n => n.Conversation, to.Id), ct);
        move.Memory = JsonSerializer.Serialize(new MoveMemory(before, to.Condition, tags), Json.Options);
    }

    // A mention goes where the note is that makes it.
    private Task<int> MoveNudgesAsync(IReadOnlyList<InteractionId> messages, ConversationId to, CancellationToken ct)
    {
        var notes = messages.Select(m => (InteractionId?)m).ToList();
        return db.Set<Nudge>().Where(n => n.Note != null && EF.Parameter(notes).Contains(n.Note)).ExecuteUpdateAsync(s => s.SetProperty(n => n.Conversation, to), ct);
    }
}
