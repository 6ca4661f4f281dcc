using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Rapport.Design;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>The link to one's promises as a calendar.</summary>
/// <param name="Url">For any calendar program; null while there is none.</param>
internal sealed record CalendarLinkAnswer(string? Url);

/// <summary>The calendar itself, read by programs without an account, and its link for the member whose it is.</summary>
internal static class CalendarEndpoints
{
    public static void MapCalendar(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/calendar/{token}.ics", ReadAsync).AllowAnonymous().ExcludeFromDescription();
        var api = routes.MapGroup("/api/calendar-link").WithTags("Commitments").RequireAuthorization(Policies.Read);
        api.MapGet("", LinkAsync).WithSummary("The secret link by which a calendar program reads what one answers for");
        api.MapPut("", MakeAsync).WithSummary("A new link; the one before no longer works");
        api.MapDelete("", EndAsync).WithSummary("Ends the link");
        routes.MapPost("/do/calendar-link/made", async (HttpContext http, ShareCalendar share, CancellationToken ct) => Back(http, await share.MakeAsync(http.Actor(), ct), "Here is your link.")).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        routes.MapPost("/do/calendar-link/ended", async (HttpContext http, ShareCalendar share, CancellationToken ct) => Back(http, await share.EndAsync(http.Actor(), ct), "The link no longer works.")).RequireAuthorization(Policies.Read).ExcludeFromDescription();
    }

    // Calendar programs ask every few minutes: what did not change is not sent again (RFC 9110, 13.1.2).
    private static async Task<IResult> ReadAsync(string token, HttpContext http, PromiseCalendar calendar, CancellationToken ct)
    {
        if (await calendar.ReadAsync(token, http.Site(), ct) is not { } text) return Refusal.Missing("calendar").ToProblem();
        var bytes = Encoding.UTF8.GetBytes(text);
        http.Response.Headers.CacheControl = "private, no-cache";
        return Results.Bytes(bytes, "text/calendar; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\""));
    }

    private static async Task<Ok<CalendarLinkAnswer>> LinkAsync(HttpContext http, ShareCalendar share, CancellationToken ct) =>
        TypedResults.Ok(new CalendarLinkAnswer(await share.PathAsync(http.Actor(), ct) is { } path ? http.Site() + path : null));

    private static async Task<Results<Ok<CalendarLinkAnswer>, ProblemHttpResult>> MakeAsync(HttpContext http, ShareCalendar share, CancellationToken ct) =>
        await share.MakeAsync(http.Actor(), ct) is { } refusal ? refusal.ToProblem() : await LinkAsync(http, share, ct);

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(HttpContext http, ShareCalendar share, CancellationToken ct) =>
        (await share.EndAsync(http.Actor(), ct)).ToAnswer();

    private static IResult Back(HttpContext http, Refusal? refusal, string said) => ReturnTo.Redirect(http, "/settings/calendar", refusal?.Message ?? said);
}
