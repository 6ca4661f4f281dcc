using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>Computes standings anew from what is stored, also of those whose payer changed, and copies them to where lists read them.</summary>
/// <remarks>Who pays for whom may form a cycle: then nobody in it is known to pay. Each relationship is computed once, the walk is bounded.</remarks>
public sealed class ComputeStandings(RapportDb db, TimeProvider clock)
{
    /// <summary>How many steps from payer to payer are followed, either way.</summary>
    public const int MostSteps = 10;

    /// <summary>How many relationships one change may reach; the nightly job reaches the rest.</summary>
    public const int Most = 10_000;

    /// <summary>The parties that were looked at: those given and those they pay for. Tracked, the caller saves.</summary>
    public async Task<IReadOnlyCollection<PartyId>> RunAsync(IReadOnlyCollection<PartyId> parties, CancellationToken ct)
    {
        var today = await db.TodayAsync(clock, ct);
        var (seen, next) = (new HashSet<PartyId>(parties), parties.ToList());
        for (var step = 0; step < MostSteps && next.Count > 0 && seen.Count < Most; step++)
        {
            await ComputeAsync(next, today, ct);
            var payers = next.Select(p => (PartyId?)p).ToList();
            var paidFor = await db.Set<Relationship>().Where(r => payers.Contains(r.Payer)).Select(r => r.Customer).Take(Most).ToListAsync(ct);
            next = paidFor.Where(seen.Add).ToList();
        }
        return seen;
    }

    private async Task ComputeAsync(List<PartyId> customers, DateOnly today, CancellationToken ct)
    {
        var relationships = await db.Set<Relationship>().Where(r => customers.Contains(r.Customer)).ToListAsync(ct);
        var ids = relationships.Select(r => r.Id).ToList();
        var judgements = (await db.Set<Judgement>().AsNoTracking().Where(j => ids.Contains(j.Relationship)).ToListAsync(ct)).ToLookup(j => j.Relationship);
        foreach (var relationship in relationships)
            relationship.Standing = StandingRule.Compute(await KnownAsync(relationship, today, ct), judgements[relationship.Id]);

        var best = relationships.GroupBy(r => r.Customer).ToDictionary(g => g.Key, g => g.MinBy(Shown)!);
        foreach (var party in await db.Parties().Where(p => customers.Contains(p.Id)).ToListAsync(ct))
            party.Show(best.GetValueOrDefault(party.Id));
    }

    /// <summary>What the rule needs to know of a relationship.</summary>
    internal async Task<StandingRule.Known> KnownAsync(Relationship relationship, DateOnly today, CancellationToken ct)
    {
        var servedForSomebodyElse = relationship.Payer is not null || relationship is { Internal: true, Primary: false };
        return new(today, relationship.Until, relationship.HasBought, servedForSomebodyElse, servedForSomebodyElse ? await PayerStandingAsync(relationship, today, ct) : null);
    }

    // Up the chain of payers to the one who pays for themselves.
    private async Task<Standing?> PayerStandingAsync(Relationship relationship, DateOnly today, CancellationToken ct)
    {
        var (seen, payer) = (new HashSet<PartyId> { relationship.Customer }, relationship.Payer);
        for (var step = 0; step < MostSteps && payer is { } who && seen.Add(who); step++)
        {
            var theirs = (await db.Set<Relationship>().Where(r => r.Customer == who).ToListAsync(ct)).MinBy(Shown);
            if (theirs is null) return null;
            if (theirs.Payer is null)
            {
                if (theirs is { Internal: true, Primary: false }) return null;
                var judgements = await db.Set<Judgement>().AsNoTracking().Where(j => j.Relationship == theirs.Id).ToListAsync(ct);
                return StandingRule.Compute(new(today, theirs.Until, theirs.HasBought, false, null), judgements);
            }
            payer = theirs.Payer;
        }
        return null;
    }

    // Of several relationships lists show the one with the whole of us, then the one that matters most.
    private static (int, int, int, Guid) Shown(Relationship r) =>
        (r.Standing == Standing.Former ? 1 : 0, r.Provider == OurOrganization.Id ? 0 : 1, CustomerRank.Of(r.Tier, r.Primary), r.Id.Value);
}
