using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Members;

namespace Rapport.Dialogue;

internal static class TodayEndpoints
{
    public static void MapToday(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/today/count", () => new RazorComponentResult<TodayBadge>()).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        routes.MapGet("/api/today", FindAsync).RequireAuthorization(Policies.Read).WithTags("Dialogue").WithSummary("Who waits, what is promised, who has gone quiet, who is new");
    }

    private static async Task<Ok<TodayPicture>> FindAsync(TodayQueries today, HttpContext http, CancellationToken ct) => TypedResults.Ok(await today.RunAsync(http.Actor(), ct));
}
