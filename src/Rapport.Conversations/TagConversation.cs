using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Gives a conversation a tag, or takes one away.</summary>
public sealed class TagConversation(RapportDb db, TimeProvider clock)
{
    /// <summary>Gives it a tag, a new one where there is none of that name; twice is no mistake.</summary>
    public async Task<Refusal?> AddAsync(ConversationId id, string? name, Actor by, CancellationToken ct)
    {
        if (!Tag.KeyOf(name).Succeeded(out var key, out var wrong)) return wrong;
        if (await db.ConversationAsync(id, by, ct) is null) return Refusal.Missing("conversation");
        if (await db.Set<ConversationTag>().AnyAsync(t => t.Conversation == id && t.Tag == key, ct)) return null;
        if (!await db.Set<Tag>().AnyAsync(t => t.Key == key, ct)) db.Add(new Tag { Key = key, Name = name!.Trim() });
        db.Add(new ConversationTag { Conversation = id, Tag = key });
        db.Note("tagged", $"conversations/{id}", new { tag = name!.Trim() });
        db.Happened(new ConversationTurned(id, Turn.Tagged, clock.GetUtcNow()), by);
        return await db.SaveAsync(by, ct);
    }

    /// <summary>Takes it away; the last one of its name goes with it.</summary>
    public async Task<Refusal?> RemoveAsync(ConversationId id, string? name, Actor by, CancellationToken ct)
    {
        if (!Tag.KeyOf(name).Succeeded(out var key, out var wrong)) return wrong;
        if (await db.ConversationAsync(id, by, ct) is null) return Refusal.Missing("conversation");
        if (await db.Set<ConversationTag>().SingleOrDefaultAsync(t => t.Conversation == id && t.Tag == key, ct) is not { } had) return null;
        db.Remove(had);
        if (!await db.Set<ConversationTag>().AnyAsync(t => t.Tag == key && t.Conversation != id, ct)) db.RemoveRange(await db.Set<Tag>().Where(t => t.Key == key).ToListAsync(ct));
        db.Note("untagged", $"conversations/{id}", new { tag = name!.Trim() });
        db.Happened(new ConversationTurned(id, Turn.Tagged, clock.GetUtcNow()), by);
        return await db.SaveAsync(by, ct);
    }
}
