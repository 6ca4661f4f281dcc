using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Customers;
using Rapport.Design;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Dialogue;

/// <summary>Until when silence is expected.</summary>
/// <param name="Until">A moment ahead; null for never mentioning it again.</param>
public sealed record ExpectedSilence(DateTimeOffset? Until);

internal static class RhythmEndpoints
{
    private const int UsualDays = 30, MostDays = 1000;

    public static void MapRhythms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/do/parties/{party}").ExcludeFromDescription().RequireAuthorization(Policies.Write);
        forms.MapPost("/quiet-until", UntilAsync);
        forms.MapPost("/quiet-never", NeverAsync);
        forms.MapPost("/quiet-undo", UndoAsync);

        var api = routes.MapGroup("/api/parties/{party}/expected-silence").WithTags("Dialogue").RequireAuthorization(Policies.Write);
        api.MapPut("", PutAsync).WithSummary("Say that a party's silence is expected, until a moment or for good");
        api.MapDelete("", DeleteAsync).WithSummary("Mention a party's silence again");
    }

    private static async Task<IResult> UntilAsync(PartyId party, [FromForm] int? days, ExpectSilence silence, LocalTime local, HttpContext http, CancellationToken ct)
    {
        var until = local.Now.AddDays(Math.Clamp(days ?? UsualDays, 1, MostDays));
        return Back(http, party, await silence.UntilAsync(party, until, http.Actor(), ct), $"Quiet until {HumanTime.SayDay(DateOnly.FromDateTime(local.At(until).DateTime), local)}.");
    }

    private static async Task<IResult> NeverAsync(PartyId party, ExpectSilence silence, HttpContext http, CancellationToken ct) =>
        Back(http, party, await silence.NeverAsync(party, http.Actor(), ct), "Their silence is not mentioned any more.");

    private static async Task<IResult> UndoAsync(PartyId party, ExpectSilence silence, HttpContext http, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/", (await silence.UndoAsync(party, http.Actor(), ct))?.Message ?? "Their silence is mentioned again.");

    private static async Task<Results<NoContent, ProblemHttpResult>> PutAsync(PartyId party, ExpectedSilence expected, ExpectSilence silence, HttpContext http, CancellationToken ct) =>
        (expected.Until is { } until ? await silence.UntilAsync(party, until, http.Actor(), ct) : await silence.NeverAsync(party, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(PartyId party, ExpectSilence silence, HttpContext http, CancellationToken ct) =>
        (await silence.UndoAsync(party, http.Actor(), ct)).ToAnswer();

    private static IResult Back(HttpContext http, PartyId party, Refusal? refusal, string said) =>
        ReturnTo.Redirect(http, "/", refusal?.Message ?? said, refusal is null ? $"/do/parties/{party}/quiet-undo" : null);
}
