using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>A team with who belongs to it.</summary>
public sealed record TeamRow(TeamId Id, string Name, IReadOnlyList<TeamMate> Members)
{
    /// <summary>The hours of its own; null where the organisation's count.</summary>
    public TeamHours? Hours { get; init; }
}

/// <summary>Somebody who belongs to a team.</summary>
public sealed record TeamMate(MemberId Id, string Name);

/// <summary>How to reach the teams.</summary>
public static class TeamQueries
{
    /// <summary>The teams there are, by name.</summary>
    public static async Task<List<TeamRow>> TeamsAsync(this RapportDb db, CancellationToken ct)
    {
        var mates = (await (from t in db.Set<TeamMember>()
                            join m in db.Set<Member>() on t.Member equals m.Id
                            orderby m.SortName, m.EmailKey
                            select new { t.Team, Mate = new TeamMate(m.Id, m.Name) }).ToListAsync(ct)).ToLookup(t => t.Team, t => t.Mate);
        var teams = await db.Set<Team>().AsNoTracking().Where(t => t.DisbandedAt == null).OrderBy(t => t.SortName).ThenBy(t => t.Id).ToListAsync(ct);
        return teams.ConvertAll(t => new TeamRow(t.Id, t.Name, [.. mates[t.Id]]) { Hours = t.Hours });
    }

    /// <summary>A team that is there, or null.</summary>
    public static Task<Team?> TeamAsync(this RapportDb db, TeamId id, CancellationToken ct) => db.Set<Team>().SingleOrDefaultAsync(t => t.Id == id && t.DisbandedAt == null, ct);

    /// <summary>The teams a member belongs to, as readers.</summary>
    public static async Task<IReadOnlyList<ReaderId>> TeamsOfAsync(this RapportDb db, MemberId member, CancellationToken ct) =>
        (await db.Set<TeamMember>().Where(t => t.Member == member).Select(t => t.Team).ToListAsync(ct)).ConvertAll(t => t.AsReader);

    /// <summary>The others who belong to a team of a member, each once.</summary>
    public static Task<List<MemberId>> TeamMatesAsync(this RapportDb db, MemberId member, CancellationToken ct) =>
        db.Set<TeamMember>().Where(t => t.Member == member).Join(db.Set<TeamMember>(), t => t.Team, other => other.Team, (t, other) => other.Member).Where(other => other != member).Distinct().ToListAsync(ct);

    /// <summary>Names of teams, disbanded ones too.</summary>
    public static async Task<Dictionary<TeamId, string>> NamesOfTeamsAsync(this RapportDb db, IEnumerable<TeamId?> teams, CancellationToken ct)
    {
        var ids = teams.OfType<TeamId>().Distinct().ToList();
        return ids.Count == 0 ? [] : await db.Set<Team>().Where(t => EF.Parameter(ids).Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct);
    }
}
