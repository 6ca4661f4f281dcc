using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Conversations;

/// <summary>Conversations by their subject, to whom may see them.</summary>
internal sealed class NameConversations(RapportDb db) : INameThings
{
    public async Task<IReadOnlyList<NamedThing>> OfAsync(IReadOnlyCollection<Guid> ids, Actor by, CancellationToken ct)
    {
        var conversations = ids.Select(ConversationId.From).ToList();
        return [.. (await db.ConversationsFor(by).Where(c => conversations.Contains(c.Id)).Select(c => new { c.Id, c.Subject }).ToListAsync(ct)).Select(c => new NamedThing(c.Id.Value, c.Subject is { Length: > 0 } subject ? subject : "A conversation", $"/conversations/{c.Id}"))];
    }
}
