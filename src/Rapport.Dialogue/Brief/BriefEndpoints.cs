using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Customers;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Dialogue;

internal static class BriefEndpoints
{
    public static void MapBrief(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/parties/{id}/brief", FindAsync).RequireAuthorization(Policies.Read).WithTags("Dialogue").WithSummary("The one page to read before speaking to somebody");

    private static async Task<Results<Ok<Brief>, ProblemHttpResult>> FindAsync(PartyId id, BriefQueries briefs, HttpContext http, CancellationToken ct) =>
        await briefs.RunAsync(id, http.Actor(), ct) is { } brief ? TypedResults.Ok(brief) : Refusal.Missing("party").ToProblem();
}
