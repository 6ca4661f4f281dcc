using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Webhooks;

/// <summary>Tells an endpoint again what it was told, or was to be told, under the same ids; and tests it.</summary>
internal sealed class ReplayDeliveries(RapportDb db, TellEndpoints tell, TimeProvider clock, [FromKeyedServices(WebhookRounds.Queued)] WorkSignal queued)
{
    private static readonly Refusal NotNow = Refusal.Conflict("webhook.off", "This endpoint is paused or turned off. Turn it on first.");

    /// <summary>One event, now.</summary>
    public async Task<Refusal?> OneAsync(WebhookId id, WebhookEventId what, Actor by, CancellationToken ct)
    {
        if (await db.WebhookAsync(id, by, ct) is not { } webhook || await db.Set<WebhookDelivery>().SingleOrDefaultAsync(d => d.Webhook == id && d.Event == what, ct) is not { } delivery) return Refusal.Missing("delivery");
        if (IsOff(webhook)) return NotNow;
        delivery.Replay(clock.GetUtcNow());
        db.Note("told again", $"webhooks/{id}", new { @event = what });
        return await SavedAsync(by, ct);
    }

    /// <summary>Everything that happened since a time. Returns how much.</summary>
    public async Task<Result<int>> SinceAsync(WebhookId id, DateTimeOffset since, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.WebhookAsync(id, by, ct) is not { } webhook) return Refusal.Missing("webhook");
        if (since >= now) return Refusal.Invalid("since.future", "Give a time that is past.", "since");
        if (IsOff(webhook)) return NotNow;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var replayed = await db.Set<WebhookDelivery>().Where(d => d.Webhook == id && db.Set<WebhookEvent>().Any(e => e.Id == d.Event && e.At >= since && e.Kind != EventKind.Test.Name))
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DeliveryState.Waiting).SetProperty(d => d.DueAt, now).SetProperty(d => d.Tries, 0).SetProperty(d => d.ChangedAt, now), ct);
        db.Note("told again", $"webhooks/{id}", new { since, replayed });
        if (await SavedAsync(by, ct) is { } refusal) return refusal;
        await transaction.CommitAsync(ct);
        queued.Wake();
        return replayed;
    }

    /// <summary>Sends a test, signed as everything is.</summary>
    public async Task<Result<WebhookEventId>> TestAsync(WebhookId id, Actor by, CancellationToken ct)
    {
        if (await db.WebhookAsync(id, by, ct) is not { } webhook) return Refusal.Missing("webhook");
        if (IsOff(webhook)) return NotNow;
        var test = tell.AddTest(id);
        return await SavedAsync(by, ct) is { } refusal ? refusal : test.Id;
    }

    private static bool IsOff(Webhook webhook) => webhook.PausedAt is not null || webhook.OffAt is not null;

    private async Task<Refusal?> SavedAsync(Actor by, CancellationToken ct)
    {
        var refusal = await db.SaveAsync(by, ct);
        if (refusal is null) queued.Wake();
        return refusal;
    }
}
