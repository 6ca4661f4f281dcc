using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Live;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Whether a member who looks at a conversation is writing an answer.</summary>
public sealed record StayPresent(bool Writing);

internal static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/live", OpenAsync).ExcludeFromDescription().RequireAuthorization(Policies.Read);
        routes.MapPut("/api/live/{line}", StayAsync).ExcludeFromDescription().RequireAuthorization(Policies.Read);
    }

    // The browser comes back with the id of the last word it heard; the page that opens it knows since when it may be wrong.
    private static async Task<IResult> OpenAsync(string? on, long? since, HttpContext http, LiveLines lines, LiveLine line, RapportDb db, CancellationToken ct)
    {
        if (http.Session() is not { } session) return Refusal.Forbidden("live.session", "This is for the pages of a browser. A program asks the API again.").ToProblem();
        if (lines.Open(session) is not { } counted) return TypedResults.Problem(statusCode: StatusCodes.Status429TooManyRequests, title: "Too many windows", detail: "Pages in this many windows follow what happens already; this one is right again when it is looked at.");
        http.Response.RegisterForDispose(counted);
        var heard = long.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : (long?)null;
        ConversationId? conversation = IId<ConversationId>.TryParse(on, null, out var id) ? await db.NowAsync(id, ct) : null;
        var page = new LivePage(conversation, on == "list", Guid.TryParse(on, out var thing) ? thing : null, heard ?? since ?? await db.ChangesNowAsync(ct));
        return TypedResults.ServerSentEvents(line.RunAsync(page, session, ct));
    }

    private static async Task<IResult> StayAsync(LineId line, StayPresent body, HttpContext http, Presences presences, CancellationToken ct) =>
        (await presences.StayAsync(line, body.Writing, http.Actor(), ct)).ToAnswer();
}
