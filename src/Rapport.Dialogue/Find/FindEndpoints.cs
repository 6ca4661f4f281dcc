using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Search;
using Rapport.Members;

namespace Rapport.Dialogue;

internal static class FindEndpoints
{
    private const int Suggested = 5, Usual = 20, Most = 50;

    public static void MapFind(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/find/suggest", SuggestAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        routes.MapGet("/api/find", FindAsync).RequireAuthorization(Policies.Read).WithTags("Find").WithSummary("Find people, organisations, conversations, messages and commitments by any scrap");
    }

    private static async Task<RazorComponentResult> SuggestAsync(string? q, FindAnything find, HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        var found = await find.RunAsync(q, Suggested, http.Actor(), ct);
        return new RazorComponentResult<FindSuggestions>(new { Found = found, Query = SearchQuery.Parse(q) });
    }

    private static async Task<Ok<Found>> FindAsync(string? q, int? size, FindAnything find, HttpContext http, CancellationToken ct) =>
        TypedResults.Ok(await find.RunAsync(q, Math.Clamp(size ?? Usual, 1, Most), http.Actor(), ct));
}
