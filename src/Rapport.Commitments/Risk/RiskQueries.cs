using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>A commitment that another depends on, as the other's page shows it.</summary>
public sealed record DependsOn(CommitmentId Id, Side Side, string Words, string WithName, DateTimeOffset? DueEnd, CommitmentState State);

/// <summary>Tells which commitments are at risk: a step, or what they depend on, is late.</summary>
public static class RiskQueries
{
    /// <summary>The steps of a commitment in order.</summary>
    public static Task<List<StepRow>> StepsOfAsync(this RapportDb db, CommitmentId id, CancellationToken ct) => db.Set<Step>().Where(s => s.Commitment == id).OrderBy(s => s.Place)
        .Select(s => new StepRow(s.Commitment, s.Place, s.Words, s.DueEnd, s.DueWords, s.DoneAt, s.DoneBy)).ToListAsync(ct);

    /// <summary>What a commitment depends on, what is due first on top.</summary>
    public static async Task<List<DependsOn>> DependsOnAsync(this RapportDb db, CommitmentId id, CancellationToken ct) =>
        [.. (await (from d in db.Set<Dependency>()
                    where d.Commitment == id
                    join c in db.Set<Commitment>() on d.On equals c.Id
                    join p in db.Set<Party>() on c.With equals p.Id
                    select new DependsOn(c.Id, c.Side, c.Words, p.Name, c.DueEnd, c.State)).ToListAsync(ct)).OrderBy(d => d.DueEnd ?? DateTimeOffset.MaxValue)];

    /// <summary>Those of these that are at risk without being late themselves.</summary>
    internal static IQueryable<Commitment> AtRisk(this IQueryable<Commitment> commitments, RapportDb db, DateTimeOffset now)
    {
        var late = db.Set<Step>().Where(s => s.DoneAt == null && s.DueEnd < now).Select(s => s.Commitment);
        // Asked of each commitment of a member what it depends on: asked the other way round, SQLite would walk all that anybody owes.
        return commitments.Where(c => c.State == CommitmentState.Open && (c.DueEnd == null || c.DueEnd >= now) && (late.Contains(c.Id)
            || db.Set<Dependency>().Any(d => d.Commitment == c.Id && db.Set<Commitment>().Any(other => other.Id == d.On
                && (other.State == CommitmentState.Broken || other.State == CommitmentState.Open && (other.DueEnd < now || other.DueEnd > c.DueEnd))))));
    }

    /// <summary>Why those of these that stand and are not late are at risk, each reason a sentence.</summary>
    internal static async Task<ILookup<CommitmentId, string>> RisksOfAsync(this RapportDb db, IReadOnlyList<Commitment> commitments, DateTimeOffset now, CancellationToken ct)
    {
        var standing = commitments.Where(c => c.IsOpen && !c.IsLate(now)).ToDictionary(c => c.Id, c => c.DueEnd);
        if (standing.Count == 0) return Enumerable.Empty<(CommitmentId, string)>().ToLookup(r => r.Item1, r => r.Item2);
        var ids = standing.Keys.ToList();
        var steps = await db.Set<Step>().Where(s => EF.Parameter(ids).Contains(s.Commitment) && s.DoneAt == null && s.DueEnd < now).OrderBy(s => s.Place).Select(s => new { s.Commitment, s.Words }).ToListAsync(ct);
        // Asked which of them still matter, SQLite would walk all that ever were broken.
        var others = await (from d in db.Set<Dependency>()
                            where EF.Parameter(ids).Contains(d.Commitment)
                            join c in db.Set<Commitment>() on d.On equals c.Id
                            join p in db.Set<Party>() on c.With equals p.Id
                            select new { d.Commitment, On = new DependsOn(c.Id, c.Side, c.Words, p.Name, c.DueEnd, c.State) }).ToListAsync(ct);
        return steps.Select(s => (s.Commitment, Why: $"The step “{s.Words}” is late."))
            .Concat(others.Where(o => o.On.State is CommitmentState.Broken or CommitmentState.Open).Select(o => (o.Commitment, Why: WhyOf(o.On, standing[o.Commitment], now))).Where(o => o.Why is not null).Select(o => (o.Commitment, Why: o.Why!)))
            .ToLookup(r => r.Commitment, r => r.Why);
    }

    private static string? WhyOf(DependsOn on, DateTimeOffset? due, DateTimeOffset now)
    {
        var what = on.Side == Side.TheirsToUs ? $"What {on.WithName} promised us, “{on.Words}”," : $"What it depends on, “{on.Words}”,";
        return on.State == CommitmentState.Broken ? $"{what} was not kept." : on.DueEnd < now ? $"{what} is late." : on.DueEnd > due ? $"{what} is due only after it." : null;
    }
}
