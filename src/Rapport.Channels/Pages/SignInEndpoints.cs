using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Design;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Channels.Pages;

/// <summary>To a provider and back. They are looked at, not posted to: a form that ends at another site is held back by browsers.</summary>
internal static class SignInEndpoints
{
    private const string Callback = "/settings/mailboxes/signed-in";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/settings/mailboxes").ExcludeFromDescription().RequireAuthorization(Policies.Write);
        pages.MapGet("/{id}/sign-in", BeginAsync);
        pages.MapGet("/signed-in", FinishAsync);
        pages.MapPost("/providers/{id}/remove", RemoveAsync).RequireAuthorization(Policies.Administer);
    }

    /// <summary>Where a provider sends people back to: what it wants to be told when Rapport is registered there.</summary>
    public static string CallbackAddress(this HttpContext http) => http.SiteOfCaller() + Callback;

    private static async Task<IResult> BeginAsync(MailboxId id, HttpContext http, SignInForMailbox deed, CancellationToken ct)
    {
        if (Browser(http) is not { } browser) return Results.Forbid();
        return (await deed.BeginAsync(id, browser, http.Actor(), ct)).Succeeded(out var address, out var refusal) ? Results.Redirect(address) : ReturnTo.Redirect(http, "/settings/mailboxes", refusal.Message);
    }

    private static async Task<IResult> FinishAsync(string? state, string? code, string? error, [FromQuery(Name = "error_description")] string? description, HttpContext http, RapportDb db, SignInForMailbox deed, TryServers servers, MailboxStates states, CancellationToken ct)
    {
        if (Browser(http) is not { } browser) return Results.Forbid();
        var by = http.Actor();
        if (!(await deed.FinishAsync(new(state, code, error, description), browser, by, ct)).Succeeded(out var id, out var refusal)) return ReturnTo.Redirect(http, "/settings/mailboxes", refusal.Message);
        // Both directions are tried at once: now it shows whether it was the right account.
        var tried = await states.FindAsync(id, by, ct) is { } box ? await servers.RunAsync(box.AsConnected(), id, by, ct) : default;
        var said = tried.Value is { } both ? string.Join(' ', new[] { both.Reading, both.Sending }.OfType<ServerTried>().Select(t => t.Trouble?.Sentence ?? t.Said)) : "";
        return ReturnTo.Redirect(http, $"/settings/mailboxes/{id}", $"Signed in. {said}");
    }

    private static async Task<IResult> RemoveAsync(MailProviderId id, HttpContext http, KeepMailProvider deed, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/settings/mailboxes/providers", (await deed.RemoveAsync(id, http.Actor(), ct))?.Message ?? "Removed.");

    private static SigningIn? Browser(HttpContext http) => http.Session() is { } session ? new(session, http.CallbackAddress()) : null;
}
