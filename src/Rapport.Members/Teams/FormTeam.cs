using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>A team as somebody describes it.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Members">Everybody who belongs to it.</param>
public sealed record NewTeam(string? Name, IReadOnlyList<MemberId>? Members);

/// <summary>Forms a team, changes it and disbands it. Who joins or leaves sees more or less with their next click.</summary>
internal sealed class FormTeam(RapportDb db, SessionCache cache, TimeProvider clock)
{
    /// <summary>A new team.</summary>
    public async Task<Result<TeamId>> RunAsync(NewTeam given, Actor by, CancellationToken ct)
    {
        var team = new Team { Id = Ids.New<TeamId>(clock), FormedAt = clock.GetUtcNow() };
        db.Add(team);
        return await DescribeAsync(team, given, by, ct) is { } refusal ? refusal : team.Id;
    }

    /// <summary>Gives a team this name and these members, and no others.</summary>
    public async Task<Refusal?> ChangeAsync(TeamId id, NewTeam given, Actor by, CancellationToken ct) =>
        await db.TeamAsync(id, ct) is { } team ? await DescribeAsync(team, given, by, ct) : Refusal.Missing("team");

    /// <summary>Ends it. What was shared with it is then its owners' alone.</summary>
    public async Task<Refusal?> DisbandAsync(TeamId id, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Administrator)) return MemberRules.NotYours;
        if (await db.TeamAsync(id, ct) is not { } team) return Refusal.Missing("team");
        team.DisbandedAt = clock.GetUtcNow();
        if (team.Hours is not null) db.Happened(new TeamHoursChanged(id), by);
        return await SetMembersAsync(team, [], by, ct);
    }

    private async Task<Refusal?> DescribeAsync(Team team, NewTeam given, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Administrator)) return MemberRules.NotYours;
        if (team.Rename(given.Name) is { } unnamed) return unnamed;
        if (await db.Set<Team>().AnyAsync(t => t.SortName == team.SortName && t.Id != team.Id && t.DisbandedAt == null, ct)) return Refusal.Conflict("team.known", $"There is a team called {team.Name} already.");
        var wanted = (given.Members ?? []).Distinct().ToList();
        if (await db.Set<Member>().CountAsync(m => EF.Parameter(wanted).Contains(m.Id), ct) < wanted.Count) return Refusal.Missing("member");
        return await SetMembersAsync(team, wanted, by, ct);
    }

    private async Task<Refusal?> SetMembersAsync(Team team, List<MemberId> wanted, Actor by, CancellationToken ct)
    {
        var had = await db.Set<TeamMember>().Where(t => t.Team == team.Id).ToListAsync(ct);
        var (joined, left) = (wanted.Except(had.Select(h => h.Member)).ToList(), had.Where(h => !wanted.Contains(h.Member)).ToList());
        db.AddRange(joined.Select(m => new TeamMember { Team = team.Id, Member = m }));
        db.RemoveRange(left);
        if (joined.Count + left.Count > 0) db.Note("members of the team", $"teams/{team.Id}", new { Joined = joined, Left = left.ConvertAll(l => l.Member) });
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        foreach (var member in joined.Concat(left.Select(l => l.Member))) cache.Forget(member);
        return null;
    }
}
