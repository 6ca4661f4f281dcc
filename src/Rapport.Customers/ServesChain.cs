using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>Somebody along the chain.</summary>
/// <param name="Depth">1 for those served directly.</param>
/// <param name="Through">Who serves them.</param>
/// <param name="With">With what, in words.</param>
/// <param name="Internal">One of us.</param>
public sealed record ChainStep(PartyId Party, string Name, int Depth, PartyId Through, string With, bool Internal, bool Pays, Standing? Standing);

/// <summary>Whom somebody's work finally reaches.</summary>
/// <param name="Steps">Nearest first; within a step who pays first. Everybody once.</param>
/// <param name="Paying">The paying customers among them.</param>
/// <param name="ReachesOutside">It reaches somebody who is not one of us.</param>
/// <param name="Stopped">Where the walk was cut off, in words; null when it came to its end.</param>
public sealed record ChainReached(IReadOnlyList<ChainStep> Steps, IReadOnlyList<ChainStep> Paying, bool ReachesOutside, string? Stopped);

/// <summary>Follows who serves whom: serves-links and relationships, through circles, within bounds.</summary>
public sealed class ServesChain(RapportDb db, TimeProvider clock)
{
    /// <summary>How many steps are followed.</summary>
    public const int Deepest = 12;

    /// <summary>How many parties are visited.</summary>
    public const int Most = 1_000;

    /// <summary>Whoever serves more than these is asked the other way round: those who come first among all parties, as far as they are served.</summary>
    private const int Few = 2_000;

    /// <summary>Whom this party finally serves.</summary>
    public async Task<ChainReached> FromAsync(PartyId start, CancellationToken ct)
    {
        var (seen, level, steps) = (new HashSet<PartyId> { start }, new List<PartyId> { start }, new List<ChainStep>());
        string? stopped = null;
        for (var depth = 1; level.Count > 0 && stopped is null; depth++)
        {
            var next = (await StepAsync(level, depth, ct)).Where(s => seen.Add(s.Party)).ToList();
            if (next.Count == 0) break;
            if (depth > Deepest) stopped = $"The chain goes on beyond {Deepest} steps.";
            else if (steps.Count + next.Count > Most) stopped = $"More than {Most} are reached; the rest is not shown.";
            if (depth <= Deepest) steps.AddRange(next.Take(Most - steps.Count));
            level = next.ConvertAll(s => s.Party);
        }
        return new(steps, steps.FindAll(s => s.Pays), steps.Exists(s => !s.Internal), stopped);
    }

    private async Task<List<ChainStep>> StepAsync(List<PartyId> level, int depth, CancellationToken ct)
    {
        var today = await db.TodayAsync(clock, ct);
        var links = await db.Set<ServesLink>().Where(s => (s.Until == null || s.Until >= today) && level.Contains(s.Provider))
            .Join(db.Parties(), s => s.Customer, p => p.Id, (s, p) => new { s.Provider, s.With, p.Id, p.Name, p.Who, p.Pays, p.Rank, p.Standing }).OrderBy(x => x.Rank).ThenBy(x => x.Id).Take(Most + 1).ToListAsync(ct);
        var served = db.Set<Relationship>().Where(r => (r.Until == null || r.Until >= today) && level.Contains(r.Provider) && r.Standing != Standing.NotACustomer);
        var parties = db.Parties();
        if (await served.Select(r => r.Id).Take(Few + 1).CountAsync(ct) > Few)
        {
            var first = await parties.Where(p => served.Any(r => r.Customer == p.Id)).OrderBy(p => p.Rank).ThenBy(p => p.SortName).ThenBy(p => p.Id).Select(p => p.Id).Take(Most + 1).ToListAsync(ct);
            (served, parties) = (served.Where(r => first.Contains(r.Customer)), parties.Where(p => first.Contains(p.Id)));
        }
        var customers = await served.Join(parties, r => r.Customer, p => p.Id, (r, p) => new { r.Provider, With = "", p.Id, p.Name, p.Who, p.Pays, p.Rank, p.Standing }).OrderBy(x => x.Rank).ThenBy(x => x.Id).Take(Most + 1).ToListAsync(ct);
        return [.. links.Concat(customers).OrderBy(x => x.Rank).ThenBy(x => x.Id.Value).Select(x => new ChainStep(x.Id, x.Name, depth, x.Provider, x.With, x.Who == Who.OneOfUs, x.Pays, x.Standing))];
    }
}
