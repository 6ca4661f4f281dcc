using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Conversations;

/// <summary>Finds the conversations that something may belong to: those about the same, with the same people, or by words.</summary>
public sealed class OtherConversations(RapportDb db, FindQueries find, ConversationQueries conversations)
{
    /// <summary>The related one and the last ones with the same customer; by words, those with such a subject or with such people.</summary>
    public async Task<IReadOnlyList<ConversationRow>> OfAsync(ConversationDetail here, string? words, int most, Actor by, CancellationToken ct)
    {
        var ids = SearchQuery.Parse(words) is { IsEmpty: false } query ? await FoundAsync(query, most, by, ct) : await NearAsync(here, most, by, ct);
        return await conversations.ByIdAsync([.. ids.Where(id => id != here.Row.Id).Distinct().Take(most)], by, ct);
    }

    private async Task<List<ConversationId>> NearAsync(ConversationDetail here, int most, Actor by, CancellationToken ct)
    {
        List<ConversationId> near = here.Related is { } related ? [related] : [];
        if (here.Row.Customer is { } customer) near.AddRange(await WithAsync([customer.Id], most + 1, by, ct));
        return near;
    }

    private async Task<List<ConversationId>> FoundAsync(SearchQuery query, int most, Actor by, CancellationToken ct)
    {
        var found = await find.FindAsync([SearchKind.Conversation, SearchKind.Person, SearchKind.Organization], query, by, most, ct);
        var people = found[SearchKind.Person].Concat(found[SearchKind.Organization]).Select(h => new Customers.PartyId(h.Key.Ref)).ToList();
        return [.. found[SearchKind.Conversation].Select(h => new ConversationId(h.Key.Ref)), .. people.Count == 0 ? [] : await WithAsync(people, most, by, ct)];
    }

    private Task<List<ConversationId>> WithAsync(List<Customers.PartyId> customers, int most, Actor by, CancellationToken ct) =>
        db.ConversationsFor(by).Where(c => c.Customer != null && EF.Parameter(customers).Contains(c.Customer.Value)).OrderByDescending(c => c.LastAt).Select(c => c.Id).Take(most).ToListAsync(ct);
}
