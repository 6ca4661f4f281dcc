using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Design;
using Rapport.Members;

namespace Rapport.Webhooks.Pages;

/// <summary>One-click deeds of an endpoint's page.</summary>
internal static class WebhookFormEndpoints
{
    public static void MapWebhookForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/do/webhooks/{id}").ExcludeFromDescription().RequireAuthorization(Policies.Administer);
        forms.MapPost("/pause", PauseAsync);
        forms.MapPost("/resume", ResumeAsync);
        forms.MapPost("/test", TestAsync);
        forms.MapPost("/rotate", RotateAsync);
        forms.MapPost("/replay", ReplaySinceAsync);
        forms.MapPost("/replay/{delivery}", ReplayAsync);
        forms.MapPost("/remove", RemoveAsync);
    }

    private static async Task<IResult> PauseAsync(WebhookId id, HttpContext http, PauseWebhook deed, CancellationToken ct) =>
        Back(http, id, await deed.RunAsync(id, http.Actor(), ct), "Paused. What happens meanwhile is told when you go on.", "resume");

    private static async Task<IResult> ResumeAsync(WebhookId id, HttpContext http, PauseWebhook deed, CancellationToken ct) =>
        Back(http, id, await deed.ResumeAsync(id, http.Actor(), ct), "It is told again, from what waited on.");

    private static async Task<IResult> TestAsync(WebhookId id, HttpContext http, ReplayDeliveries deed, CancellationToken ct) =>
        Back(http, id, (await deed.TestAsync(id, http.Actor(), ct)).Refusal, "A test is on its way. Look at this page again in a moment.");

    private static async Task<IResult> RotateAsync(WebhookId id, HttpContext http, KeepWebhook deed, CancellationToken ct) =>
        Back(http, id, (await deed.RotateAsync(id, http.Actor(), ct)).Refusal, "It has a new secret. For a day what is told is signed by both.");

    private static async Task<IResult> ReplaySinceAsync(WebhookId id, [FromForm] string? hours, HttpContext http, ReplayDeliveries deed, TimeProvider clock, CancellationToken ct)
    {
        if (!int.TryParse(hours, out var back) || back is < 1 or > 24 * 365) return Back(http, id, Refusal.Invalid("webhook.hours", "Choose since when."), "");
        return (await deed.SinceAsync(id, clock.GetUtcNow().AddHours(-back), http.Actor(), ct)).Succeeded(out var count, out var refusal)
            ? Back(http, id, null, count == 1 ? "One event is told again." : $"{count:N0} events are told again.") : Back(http, id, refusal, "");
    }

    private static async Task<IResult> ReplayAsync(WebhookId id, WebhookEventId delivery, HttpContext http, ReplayDeliveries deed, CancellationToken ct) =>
        Back(http, id, await deed.OneAsync(id, delivery, http.Actor(), ct), "It is told again now.");

    private static async Task<IResult> RemoveAsync(WebhookId id, HttpContext http, KeepWebhook deed, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/settings/webhooks", (await deed.RemoveAsync(id, http.Actor(), ct))?.Message ?? "Removed, with its log.");

    private static IResult Back(HttpContext http, WebhookId id, Refusal? refusal, string said, string? undo = null) =>
        ReturnTo.Redirect(http, $"/settings/webhooks/{id}", refusal?.Message ?? said, refusal is null && undo is not null ? $"/do/webhooks/{id}/{undo}" : null);
}
