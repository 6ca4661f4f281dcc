using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Rapport.Updates.Pages;

/// <summary>
/// Where one click unsubscribes. Only a POST does: mail programs and scanners open every link (RFC 8058, 3.1). It needs neither an account nor a form of ours,
/// since mail programs send it by themselves; the link itself is what allows it.
/// </summary>
internal static class UnsubscribeEndpoints
{
    public static void MapNoticeForms(this IEndpointRouteBuilder routes)
    {
        // Before the page of the same address, which answers GET.
        routes.MapPost("/unsubscribe/{token}", UnsubscribeAsync).AllowAnonymous().DisableAntiforgery().WithOrder(-1).ExcludeFromDescription();
        routes.MapPost("/unsubscribe/{token}/undone", UndoAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> UnsubscribeAsync(string token, HttpContext http, Unsubscribe unsubscribe, CancellationToken ct)
    {
        var refused = await unsubscribe.RunAsync(token, ct) is not null;
        // A mail program is answered where it asked: it may not be sent elsewhere (RFC 8058, 3.2).
        if (http.Request.HasFormContentType && (await http.Request.ReadFormAsync(ct))["List-Unsubscribe"] == "One-Click") return refused ? Results.NotFound() : Results.Ok();
        return Results.LocalRedirect($"/unsubscribe/{Uri.EscapeDataString(token)}");
    }

    private static async Task<IResult> UndoAsync(string token, Unsubscribe unsubscribe, CancellationToken ct)
    {
        await unsubscribe.UndoAsync(token, ct);
        return Results.LocalRedirect($"/unsubscribe/{Uri.EscapeDataString(token)}");
    }
}
