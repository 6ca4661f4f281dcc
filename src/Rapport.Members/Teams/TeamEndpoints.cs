using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Members;

/// <summary>Teams in the API.</summary>
internal static class TeamEndpoints
{
    public static void MapTeamApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/teams").WithTags("Members");
        api.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Teams with their members, by name");
        api.MapGet("/{id}", GetAsync).RequireAuthorization(Policies.Read).WithSummary("One team");
        api.MapPost("", FormAsync).RequireAuthorization(Policies.Administer).WithSummary("Forms a team");
        api.MapPut("/{id}", ChangeAsync).RequireAuthorization(Policies.Administer).ChecksVersion<TeamId, Team>((db, _, id, ct) => db.TeamAsync(id, ct)).WithSummary("Gives a team this name and these members, and no others");
        api.MapPut("/{id}/hours", SetHoursAsync).RequireAuthorization(Policies.Administer).ChecksVersion<TeamId, Team>((db, _, id, ct) => db.TeamAsync(id, ct)).WithSummary("Gives a team hours of its own, by which its clocks run; what is left out is as in the organisation");
        api.MapDelete("/{id}/hours", DropHoursAsync).RequireAuthorization(Policies.Administer).ChecksVersion<TeamId, Team>((db, _, id, ct) => db.TeamAsync(id, ct)).WithSummary("The organisation's hours count for a team again");
        api.MapDelete("/{id}", DisbandAsync).RequireAuthorization(Policies.Administer).ChecksVersion<TeamId, Team>((db, _, id, ct) => db.TeamAsync(id, ct)).WithSummary("Disbands a team; what was shared with it is its owners' alone");
    }

    private static async Task<Ok<List<TeamRow>>> ListAsync(RapportDb db, CancellationToken ct) => TypedResults.Ok(await db.TeamsAsync(ct));

    private static async Task<Results<Ok<TeamRow>, ProblemHttpResult>> GetAsync(TeamId id, HttpContext http, RapportDb db, CancellationToken ct)
    {
        if (await db.TeamAsync(id, ct) is not { } team) return Refusal.Missing("team").ToProblem();
        http.WriteVersion(team.Version);
        return TypedResults.Ok((await db.TeamsAsync(ct)).Single(t => t.Id == id));
    }

    private static async Task<Results<Created<TeamRow>, ProblemHttpResult>> FormAsync(NewTeam body, HttpContext http, RapportDb db, FormTeam form, CancellationToken ct) =>
        (await form.RunAsync(body, http.Actor(), ct)).Succeeded(out var id, out var refusal)
            ? TypedResults.Created($"/api/teams/{id}", (await db.TeamsAsync(ct)).Single(t => t.Id == id))
            : refusal.ToProblem();

    private static async Task<Results<Ok<TeamRow>, ProblemHttpResult>> ChangeAsync(TeamId id, NewTeam body, HttpContext http, RapportDb db, FormTeam form, CancellationToken ct)
    {
        return await form.ChangeAsync(id, body, http.Actor(), ct) is { } refusal ? refusal.ToProblem() : await GetAsync(id, http, db, ct);
    }

    private static async Task<Results<Ok<TeamRow>, ProblemHttpResult>> SetHoursAsync(TeamId id, TeamHours body, HttpContext http, RapportDb db, ChangeTeamHours hours, CancellationToken ct)
    {
        return await hours.RunAsync(id, body, http.Actor(), ct) is [var refusal, ..] ? refusal.ToProblem() : await GetAsync(id, http, db, ct);
    }

    private static Task<Results<Ok<TeamRow>, ProblemHttpResult>> DropHoursAsync(TeamId id, HttpContext http, RapportDb db, ChangeTeamHours hours, CancellationToken ct) =>
        SetHoursAsync(id, new(), http, db, hours, ct);

    private static async Task<Results<NoContent, ProblemHttpResult>> DisbandAsync(TeamId id, HttpContext http, FormTeam form, CancellationToken ct) =>
        (await form.DisbandAsync(id, http.Actor(), ct)).ToAnswer();
}
