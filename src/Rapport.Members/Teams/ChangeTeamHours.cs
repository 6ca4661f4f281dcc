using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Gives a team hours of its own, or the organisation's again. Clocks of its conversations are set anew by a job, soon.</summary>
internal sealed class ChangeTeamHours(RapportDb db)
{
    /// <summary>Everything that is wrong, a field each; empty when it is done.</summary>
    public async Task<IReadOnlyList<Refusal>> RunAsync(TeamId id, TeamHours given, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Administrator)) return [MemberRules.NotYours];
        if (await db.TeamAsync(id, ct) is not { } team) return [Refusal.Missing("team")];
        var wanted = given.Tidy();
        if (wanted.Problems() is { Count: > 0 } problems) return problems;
        team.Keep(wanted);
        db.Happened(new TeamHoursChanged(id), by);
        return await db.SaveAsync(by, ct) is { } refusal ? [refusal] : [];
    }
}
