using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Commitments.Pages;

/// <summary>
/// Where whom it was promised to says whether it was kept. Only a POST does: mail scanners open every link. It needs neither an account nor a cookie;
/// the link itself is what allows it, and nobody who cannot read it can make one up.
/// </summary>
internal static class RecipientEndpoints
{
    public static void MapRecipientForms(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/promised/{token}", JudgeAsync).AllowAnonymous().DisableAntiforgery().WithOrder(-1).ExcludeFromDescription();

    private static async Task<IResult> JudgeAsync(string token, [FromForm] string? verdict, [FromForm] string? words, HttpContext http, JudgeCommitment judge, CancellationToken ct)
    {
        // A member looks at what they see, and does not answer for them.
        var refusal = http.User.ActorOrNull() is not null ? Refusal.Forbidden("commitment.member", "")
            : Words.Of<Verdict>(verdict) is { } said ? await judge.RunAsync(token, said, string.IsNullOrWhiteSpace(words) ? null : words.Trim(), ct)
            : Refusal.Invalid("commitment.verdict", "", "verdict");
        return Results.LocalRedirect($"/promised/{Uri.EscapeDataString(token)}{(refusal is null ? "" : $"?refused={refusal.Code}")}");
    }
}
