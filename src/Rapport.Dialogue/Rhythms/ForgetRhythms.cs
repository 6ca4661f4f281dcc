using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Dialogue;

/// <summary>When an import is undone: learns anew with whom less was said, forgets who is gone, and holds those of whose silence somebody said something.</summary>
internal sealed class ForgetRhythms(RapportDb db) : IHear<InteractionsTakenBack>, IHear<PartiesTakenBack>, IHoldParties
{
    public Task HearAsync(InteractionsTakenBack happening, Actor by, CancellationToken ct) =>
        db.Set<Rhythm>().Where(r => EF.Parameter(happening.Parties).Contains(r.Party)).ExecuteUpdateAsync(s => s.SetProperty(r => r.Stale, true), ct);

    public Task HearAsync(PartiesTakenBack happening, Actor by, CancellationToken ct) =>
        db.Set<Rhythm>().Where(r => EF.Parameter(happening.Parties).Contains(r.Party) && !db.Set<Party>().Any(p => p.Id == r.Party)).ExecuteDeleteAsync(ct);

    public async Task<IReadOnlyCollection<PartyId>> HeldAsync(IReadOnlyCollection<PartyId> parties, CancellationToken ct) =>
        await db.Set<Rhythm>().Where(r => EF.Parameter(parties).Contains(r.Party) && r.SaidAt != null).Select(r => r.Party).ToListAsync(ct);
}
