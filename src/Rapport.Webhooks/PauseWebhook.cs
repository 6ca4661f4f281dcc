using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Webhooks;

/// <summary>Stops telling an endpoint for a while, and goes on: what happened meanwhile is told then.</summary>
internal sealed class PauseWebhook(RapportDb db, TimeProvider clock, [FromKeyedServices(WebhookRounds.Queued)] WorkSignal queued)
{
    /// <summary>Pauses it.</summary>
    public async Task<Refusal?> RunAsync(WebhookId id, Actor by, CancellationToken ct)
    {
        if (await db.WebhookAsync(id, by, ct) is not { } webhook) return Refusal.Missing("webhook");
        webhook.PausedAt ??= clock.GetUtcNow();
        return await db.SaveAsync(by, ct);
    }

    /// <summary>Takes it up again, whether it was paused or turned off because it failed.</summary>
    public async Task<Refusal?> ResumeAsync(WebhookId id, Actor by, CancellationToken ct)
    {
        if (await db.WebhookAsync(id, by, ct) is not { } webhook) return Refusal.Missing("webhook");
        webhook.TurnOn();
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        queued.Wake();
        return null;
    }
}
