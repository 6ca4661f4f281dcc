using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Somebody who is away at a moment.</summary>
/// <param name="Member">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="Until">The last day they are away.</param>
/// <param name="Deputy">Who stands in: whom they named, or whom that one named while being away too; null when nobody does any more.</param>
/// <param name="DeputyName">The name of that one.</param>
public sealed record Away(MemberId Member, string Name, DateOnly Until, MemberId? Deputy, string? DeputyName);

/// <summary>An absence as lists show it.</summary>
public sealed record AbsenceRow(AbsenceId Id, MemberId Member, string Name, DateOnly FirstDay, DateOnly LastDay, MemberId Deputy, string DeputyName, bool HasBegun);

/// <summary>Reads who is away, and who stands in.</summary>
public static class AbsenceQueries
{
    private const int MostListed = 500;

    /// <summary>Who is away at a moment.</summary>
    public static async Task<IReadOnlyDictionary<MemberId, Away>> AwayAsync(this RapportDb db, DateTimeOffset at, CancellationToken ct)
    {
        var known = (await (from a in db.Set<Absence>()
                            where a.From <= at && a.Until > at
                            join m in db.Set<Member>() on a.Member equals m.Id
                            join d in db.Set<Member>() on a.Deputy equals d.Id
                            where m.LeftAt == null
                            orderby m.SortName, a.Id
                            select new { a.Member, m.Name, a.LastDay, a.Deputy, DeputyName = d.Name, IsHere = d.LeftAt == null }).ToListAsync(ct)).DistinctBy(a => a.Member).ToDictionary(a => a.Member);
        var away = new Dictionary<MemberId, Away>();
        foreach (var absent in known.Values)
        {
            // Who becomes absent later than they were named is stood in for themselves: whom they named does that for both. A ring of such ends with nobody.
            var (last, hops) = (absent, 0);
            while (hops++ < known.Count && known.TryGetValue(last.Deputy, out var next)) last = next;
            var nobody = !last.IsHere || known.ContainsKey(last.Deputy);
            away.Add(absent.Member, new(absent.Member, absent.Name, absent.LastDay, nobody ? null : last.Deputy, nobody ? null : last.DeputyName));
        }
        return away;
    }

    /// <summary>Those for whom a member stands in at a moment, by name.</summary>
    public static async Task<IReadOnlyList<Away>> StoodInForAsync(this RapportDb db, MemberId deputy, DateTimeOffset at, CancellationToken ct) =>
        [.. (await db.AwayAsync(at, ct)).Values.Where(a => a.Deputy == deputy)];

    /// <summary>Whether a member stands in for another at a moment.</summary>
    public static async Task<bool> StandsInForAsync(this RapportDb db, MemberId deputy, MemberId absent, DateTimeOffset at, CancellationToken ct) =>
        (await db.AwayAsync(at, ct)).TryGetValue(absent, out var away) && away.Deputy == deputy;

    /// <summary>Who is away or will be, who goes first on top.</summary>
    public static Task<List<AbsenceRow>> AbsencesAsync(this RapportDb db, DateTimeOffset now, CancellationToken ct) =>
        (from a in db.Set<Absence>()
         where a.Until > now
         join m in db.Set<Member>() on a.Member equals m.Id
         join d in db.Set<Member>() on a.Deputy equals d.Id
         where m.LeftAt == null
         orderby a.From, m.SortName, a.Id
         select new AbsenceRow(a.Id, a.Member, m.Name, a.FirstDay, a.LastDay, a.Deputy, d.Name, a.From <= now)).Take(MostListed).ToListAsync(ct);
}
