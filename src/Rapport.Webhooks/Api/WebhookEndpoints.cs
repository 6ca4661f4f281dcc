using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Webhooks.Api;

/// <summary>From when on everything is told again.</summary>
public sealed record ReplayBody(DateTimeOffset Since);

/// <summary>How much is told again.</summary>
public sealed record Replayed(int Count);

/// <summary>Endpoints of other programs in the API.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhookApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/webhooks").WithTags("Webhooks").RequireAuthorization(Policies.Administer);
        api.MapGet("", ListAsync).WithSummary("The endpoints that are told what happens: the administrators' and your own");
        api.MapPost("", MakeAsync).WithSummary("Makes an endpoint; the answer holds its secret");
        api.MapGet("/{id}", FindAsync).WithSummary("One of them, and how it stands");
        api.MapPut("/{id}", ChangeAsync).ChecksVersion<WebhookId, Webhook>(StandsAsync).WithSummary("Changes what it is called, where it is and what it hears of");
        api.MapDelete("/{id}", RemoveAsync).ChecksVersion<WebhookId, Webhook>(StandsAsync).WithSummary("Removes it with its log");
        api.MapPost("/{id}/secrets", RotateAsync).WithSummary("Gives it another secret; for a day the one before signs as well");
        api.MapPut("/{id}/paused", PauseAsync).ChecksVersion<WebhookId, Webhook>(StandsAsync).WithSummary("Stops telling it for a while; what happens meanwhile waits");
        api.MapDelete("/{id}/paused", ResumeAsync).ChecksVersion<WebhookId, Webhook>(StandsAsync).WithSummary("Goes on, also when it was turned off because it failed");
        api.MapPost("/{id}/tests", TestAsync).WithSummary("Sends it a test, signed as everything is");
        api.MapGet("/{id}/deliveries", LogAsync).WithSummary("What it was told, the newest first, with every attempt and what it answered");
        api.MapPut("/{id}/deliveries/{delivery}/replayed", ReplayAsync).WithSummary("Tells it one event again, under the same id");
        api.MapPost("/{id}/replays", ReplaySinceAsync).WithSummary("Tells it everything again that happened since a time");
    }

    private static Task<Webhook?> StandsAsync(RapportDb db, HttpContext http, WebhookId id, CancellationToken ct) => db.WebhookAsync(id, http.Actor(), ct);

    private static async Task<Ok<IReadOnlyList<WebhookRow>>> ListAsync(HttpContext http, WebhookQueries webhooks, CancellationToken ct) => TypedResults.Ok(await webhooks.ListAsync(http.Actor(), ct));

    private static async Task<Results<Created<WebhookKey>, ProblemHttpResult>> MakeAsync(NewWebhook body, HttpContext http, KeepWebhook keep, CancellationToken ct) =>
        (await keep.MakeAsync(body, http.Actor(), ct)).Succeeded(out var made, out var refusal) ? TypedResults.Created($"/api/webhooks/{made.Id}", made) : refusal.ToProblem();

    private static async Task<Results<Ok<WebhookRow>, ProblemHttpResult>> FindAsync(WebhookId id, HttpContext http, WebhookQueries webhooks, CancellationToken ct)
    {
        if (await webhooks.FindAsync(id, http.Actor(), ct) is not { } row) return Refusal.Missing("webhook").ToProblem();
        http.WriteVersion(row.Version);
        return TypedResults.Ok(row);
    }

    private static async Task<Results<Ok<WebhookRow>, ProblemHttpResult>> ChangeAsync(WebhookId id, NewWebhook body, HttpContext http, KeepWebhook keep, WebhookQueries webhooks, CancellationToken ct)
    {
        if (await keep.ChangeAsync(id, body, http.Actor(), ct) is { } refusal) return refusal.ToProblem();
        return await FindAsync(id, http, webhooks, ct);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(WebhookId id, HttpContext http, KeepWebhook keep, CancellationToken ct) => (await keep.RemoveAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<Created<WebhookKey>, ProblemHttpResult>> RotateAsync(WebhookId id, HttpContext http, KeepWebhook keep, CancellationToken ct) =>
        (await keep.RotateAsync(id, http.Actor(), ct)).Succeeded(out var made, out var refusal) ? TypedResults.Created($"/api/webhooks/{id}", made) : refusal.ToProblem();

    private static async Task<Results<NoContent, ProblemHttpResult>> PauseAsync(WebhookId id, HttpContext http, PauseWebhook deed, CancellationToken ct) => (await deed.RunAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> ResumeAsync(WebhookId id, HttpContext http, PauseWebhook deed, CancellationToken ct) => (await deed.ResumeAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> TestAsync(WebhookId id, HttpContext http, ReplayDeliveries deed, CancellationToken ct) => (await deed.TestAsync(id, http.Actor(), ct)).Refusal.ToAnswer();

    private static async Task<Results<Ok<Page<DeliveryRow>>, ProblemHttpResult>> LogAsync(WebhookId id, HttpContext http, RapportDb db, WebhookQueries webhooks, CancellationToken ct, string? state = null, string? after = null, int size = Page<DeliveryRow>.Usual)
    {
        if (Words.Unknown<DeliveryState>(state, "state") is { } wrong) return wrong.ToProblem();
        if (await db.WebhookAsync(id, http.Actor(), ct) is null) return Refusal.Missing("webhook").ToProblem();
        return TypedResults.Ok(await webhooks.LogAsync(id, Words.Of<DeliveryState>(state), after, size, http.Actor(), ct));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ReplayAsync(WebhookId id, WebhookEventId delivery, HttpContext http, ReplayDeliveries deed, CancellationToken ct) => (await deed.OneAsync(id, delivery, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<Ok<Replayed>, ProblemHttpResult>> ReplaySinceAsync(WebhookId id, ReplayBody body, HttpContext http, ReplayDeliveries deed, CancellationToken ct) =>
        (await deed.SinceAsync(id, body.Since, http.Actor(), ct)).Succeeded(out var count, out var refusal) ? TypedResults.Ok(new Replayed(count)) : refusal.ToProblem();
}
