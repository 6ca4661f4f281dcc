using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Conversations.Api;

/// <summary>How soon we speak to whom, as a whole.</summary>
public sealed record OurAnswerTimes(IReadOnlyList<AnswerTime> Times);

internal static class AnswerTimeEndpoints
{
    public static void MapAnswerTimeEndpoints(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/answer-times").WithTags("Conversations");
        api.MapGet("", GetAsync).RequireAuthorization(Policies.Read).WithSummary("How soon we answer and speak again, by tier and channel, in working time like 30m, 4h, 2d");
        api.MapPut("", ChangeAsync).RequireAuthorization(Policies.Administer).ChecksVersion().WithSummary("Changes that as a whole; what conversations are due by is worked out anew");
    }

    private static async Task<Ok<OurAnswerTimes>> GetAsync(HttpContext http, RapportDb db, CancellationToken ct) => Answer(http, await db.AnswerTimesAsync(ct));

    private static async Task<Results<Ok<OurAnswerTimes>, ProblemHttpResult>> ChangeAsync(OurAnswerTimes body, HttpContext http, RapportDb db, ChangeAnswerTimes change, CancellationToken ct)
    {
        var times = await db.AnswerTimesAsync(ct);
        if (http.CheckVersion(times) is { } stale) return stale.ToProblem();
        return await change.RunAsync(body.Times ?? [], http.Actor(), ct) is { } refusal ? refusal.ToProblem() : Answer(http, times);
    }

    private static Ok<OurAnswerTimes> Answer(HttpContext http, AnswerTimes times)
    {
        http.WriteVersion(times.Version);
        return TypedResults.Ok(new OurAnswerTimes(times.All));
    }
}
