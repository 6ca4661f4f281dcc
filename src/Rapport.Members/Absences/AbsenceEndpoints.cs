using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Design;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Members;

/// <summary>Absences in the API, and the button of their page.</summary>
internal static class AbsenceEndpoints
{
    public static void MapAbsences(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/absences").WithTags("Members");
        api.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Who is away or will be, and who stands in");
        api.MapPost("", SayAsync).RequireAuthorization(Policies.Write).WithSummary("Says from which day to which one is away and who stands in; managers also for others");
        api.MapDelete("/{id}", TakeBackAsync).RequireAuthorization(Policies.Write).WithSummary("Takes an absence back; one that has begun ends now");
        routes.MapPost("/do/absences/{id}/taken-back", TakeBackFromPageAsync).RequireAuthorization(Policies.Write).ExcludeFromDescription();
    }

    private static async Task<Ok<List<AbsenceRow>>> ListAsync(RapportDb db, TimeProvider clock, CancellationToken ct) => TypedResults.Ok(await db.AbsencesAsync(clock.GetUtcNow(), ct));

    private static async Task<Results<Created<AbsenceRow>, ProblemHttpResult>> SayAsync(NewAbsence body, HttpContext http, RapportDb db, SayAbsence say, TimeProvider clock, CancellationToken ct) =>
        (await say.RunAsync(body, http.Actor(), ct)).Succeeded(out var id, out var refusal)
            ? TypedResults.Created($"/api/absences/{id}", (await db.AbsencesAsync(clock.GetUtcNow(), ct)).Find(a => a.Id == id))
            : refusal.ToProblem();

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeBackAsync(AbsenceId id, HttpContext http, SayAbsence say, CancellationToken ct) =>
        (await say.TakeBackAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<IResult> TakeBackFromPageAsync(AbsenceId id, HttpContext http, SayAbsence say, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/settings/absence", (await say.TakeBackAsync(id, http.Actor(), ct))?.Message ?? "Taken back. Nobody stands in any more.");
}
