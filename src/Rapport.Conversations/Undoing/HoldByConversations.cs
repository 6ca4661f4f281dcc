using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Whoever something was said with stays when the import that made them is undone.</summary>
internal sealed class HoldByConversations(RapportDb db) : IHoldParties
{
    public async Task<IReadOnlyCollection<PartyId>> HeldAsync(IReadOnlyCollection<PartyId> parties, CancellationToken ct)
    {
        var maybe = parties.Select(p => (PartyId?)p).ToList();
        var spoken = await db.Set<Party>().Where(p => EF.Parameter(parties).Contains(p.Id) && db.Set<Participant>().Any(x => x.Party == p.Id)).Select(p => p.Id).ToListAsync(ct);
        var customers = await db.Set<Conversation>().Where(c => EF.Parameter(maybe).Contains(c.Customer)).Select(c => c.Customer).Distinct().ToListAsync(ct);
        return [.. spoken, .. customers.OfType<PartyId>()];
    }
}
