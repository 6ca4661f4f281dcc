using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Customers;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Commitments.Api;

/// <summary>How promises are kept, over REST.</summary>
internal static class FigureEndpoints
{
    public static void MapFigureApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/commitments/figures").WithTags("Commitments").RequireAuthorization(Policies.Read);
        api.MapGet("", (string? side, PartyId? customer, int? days, HttpContext http, FigureQueries figures, CancellationToken ct) => AnswerAsync(side, customer, days, filter => figures.AllAsync(filter, http.Actor(), ct)))
            .WithSummary("How promises settled within so many days (365) were kept: counts, and from five cases on shares with their intervals");
        api.MapGet("/mine", (string? side, PartyId? customer, int? days, HttpContext http, FigureQueries figures, CancellationToken ct) => AnswerAsync(side, customer, days, filter => figures.OwnAsync(filter, http.Actor(), ct)))
            .WithSummary("How the caller's own were kept; those of other members cannot be asked for");
    }

    private static async Task<Results<Ok<KeptFigures>, ProblemHttpResult>> AnswerAsync(string? side, PartyId? customer, int? days, Func<FigureFilter, Task<KeptFigures>> count)
    {
        if (Words.Unknown<Side>(side, "side") is { } refusal) return refusal.ToProblem();
        if (days is < 1 or > FigureQueries.MostDays) return Refusal.Invalid("figures.days", $"Count 1 to {FigureQueries.MostDays} days.", "days").ToProblem();
        return TypedResults.Ok(await count(new(Words.Of<Side>(side) ?? Side.OursToThem, customer, days ?? FigureQueries.UsualDays)));
    }
}
