using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>Whom something was promised, or who promised it, stays when an import is undone; so do the words it was promised with, and the proof.</summary>
internal sealed class HoldByCommitments(RapportDb db) : IHoldParties, IHoldInteractions
{
    public async Task<IReadOnlyCollection<PartyId>> HeldAsync(IReadOnlyCollection<PartyId> parties, CancellationToken ct)
    {
        var with = await db.Set<Commitment>().Where(c => EF.Parameter(parties).Contains(c.With)).Select(c => c.With).Distinct().ToListAsync(ct);
        var customers = await db.Set<Commitment>().Where(c => EF.Parameter(parties).Contains(c.Customer)).Select(c => c.Customer).Distinct().ToListAsync(ct);
        var others = await db.Set<AlsoPromised>().Where(a => EF.Parameter(parties).Contains(a.To)).Select(a => a.To).Distinct().ToListAsync(ct);
        return [.. with.Union(customers).Union(others)];
    }

    public async Task<IReadOnlyCollection<InteractionId>> HeldAsync(IReadOnlyCollection<InteractionId> interactions, CancellationToken ct)
    {
        var ids = interactions.Select(i => (InteractionId?)i).ToList();
        var said = await db.Set<Commitment>().Where(c => EF.Parameter(ids).Contains(c.SaidIn)).Select(c => c.SaidIn).Distinct().ToListAsync(ct);
        var proofs = await db.Set<Commitment>().Where(c => EF.Parameter(ids).Contains(c.ProofIn)).Select(c => c.ProofIn).Distinct().ToListAsync(ct);
        // What was recorded by sending a mail goes with it; but for a promise that took the place of another.
        var sent = db.Set<CommitmentMail>().Join(db.Set<Draft>(), m => m.Draft, d => d.Id, (m, d) => new { m.Commitment, d.SentAs });
        var told = await db.Set<CommitmentEvent>().Where(e => EF.Parameter(ids).Contains(e.Interaction) && !((e.Deed == CommitmentDeed.Renegotiated || e.Deed == CommitmentDeed.Reminded || e.Deed == CommitmentDeed.Confirmed) && sent.Any(s => s.Commitment == e.Commitment && s.SentAs == e.Interaction))).Select(e => e.Interaction).Distinct().ToListAsync(ct);
        return [.. said.Concat(proofs).Concat(told).OfType<InteractionId>().Distinct()];
    }
}
