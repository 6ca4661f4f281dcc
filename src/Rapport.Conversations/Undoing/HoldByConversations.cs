using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Whoever something was said with stays when the import that made them is undone.</summary>
internal sealed class HoldByConversations(RapportDb db) : IHoldParties
{
    // Whom a conversation is with but who took no part in it, somebody belongs to by this import: that is said anew once they are gone.
    public async Task<IReadOnlyCollection<PartyId>> HeldAsync(IReadOnlyCollection<PartyId> parties, CancellationToken ct) =>
        await db.Set<Party>().Where(p => EF.Parameter(parties).Contains(p.Id) && db.Set<Participant>().Any(x => x.Party == p.Id)).Select(p => p.Id).ToListAsync(ct);
}
