using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Kernel.Database;

namespace Rapport.Webhooks;

/// <summary>Delivers to one endpoint what is due, the oldest first, as long as no other node does.</summary>
internal sealed class WebhookSession(IServiceScopeFactory scopes, PostWebhook post, WebhookSecrets secrets, TimeProvider clock)
{
    /// <summary>How long it may hold an endpoint without a sign of life: longer than one attempt can take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5), Later = TimeSpan.FromMinutes(1);

    /// <summary>Delivers until nothing is due.</summary>
    public async Task RunAsync(WebhookId id, Guid session, CancellationToken ct)
    {
        try
        {
            while (await OneAsync(id, session, ct))
                ct.ThrowIfCancellationRequested();
        }
        finally
        {
            await InDatabaseAsync(db => db.Set<Webhook>().Where(w => w.Id == id && w.Holder == session).ExecuteUpdateAsync(s => s.SetProperty(w => w.Holder, (Guid?)null).SetProperty(w => w.HeldUntil, (DateTimeOffset?)null), CancellationToken.None));
        }
    }

    private Task<bool> OneAsync(WebhookId id, Guid session, CancellationToken ct) => InDatabaseAsync(async db =>
    {
        if (!await HoldAsync(db, id, session, ct) || await db.Set<Webhook>().AsNoTracking().SingleOrDefaultAsync(w => w.Id == id && w.PausedAt == null && w.OffAt == null, ct) is not { } webhook) return false;
        var now = clock.GetUtcNow();
        var delivery = await db.Set<WebhookDelivery>().Where(d => d.Webhook == id && d.State == DeliveryState.Waiting && d.DueAt <= now).OrderBy(d => d.DueAt).ThenBy(d => d.Event).FirstOrDefaultAsync(ct);
        if (delivery is null) return false;
        var what = await db.Set<WebhookEvent>().AsNoTracking().SingleAsync(e => e.Id == delivery.Event, ct);
        if (await MaySayAsync(db, webhook, what, delivery, now, ct))
        {
            var told = await TellAsync(webhook, what, now, ct);
            now = clock.GetUtcNow();
            delivery.Tried(told.Taken, now);
            db.Add(new WebhookAttempt { Webhook = id, Event = what.Id, Number = delivery.Attempts, At = now, Status = told.Status, Milliseconds = told.Milliseconds, Said = told.Said });
            await StandingAsync(db, webhook, told, now, ct);
        }
        // What was told and could not be written down is told again: at least once.
        return await db.SaveAsync(Actor.Rapport, ct) is null;
    });

    private async Task<bool> HoldAsync(RapportDb db, WebhookId id, Guid session, CancellationToken ct)
    {
        var until = clock.GetUtcNow() + Lease;
        return await db.Set<Webhook>().Where(w => w.Id == id && w.Holder == session).ExecuteUpdateAsync(s => s.SetProperty(w => w.HeldUntil, until), ct) > 0;
    }

    // It may have become private since, and a mail may be taken back until it leaves.
    private static async Task<bool> MaySayAsync(RapportDb db, Webhook webhook, WebhookEvent what, WebhookDelivery delivery, DateTimeOffset now, CancellationToken ct)
    {
        var may = new MayHear(db);
        if (await may.AsWhomAsync(webhook.Owner, ct) is not { } by || (await may.OfAsync([what], by, ct)).Count == 0)
        {
            delivery.Withhold(now);
            return false;
        }
        if (!what.WhenLeft) return true;
        var states = await db.Set<Dispatch>().Where(d => d.Interaction == what.Interaction).Select(d => d.State).Distinct().ToListAsync(ct);
        if (states.Exists(s => s is DispatchState.HandedOver or DispatchState.Delivered)) return true;
        if (states.TrueForAll(s => s == DispatchState.Failed)) delivery.Withhold(now);
        else delivery.PutOff(now + (now - what.At < Later ? Soon : Later));
        return false;
    }

    private Task<Told> TellAsync(Webhook webhook, WebhookEvent what, DateTimeOffset now, CancellationToken ct)
    {
        var keys = webhook.Secrets(now).Select(secrets.Open).OfType<string>().ToList();
        return keys.Count > 0 ? post.RunAsync(webhook.Url, what, keys, now, ct) : Task.FromResult(new Told(null, 0, "Its secret was sealed with keys that are no longer here. Make a new secret."));
    }

    // What failed before a time in which nothing was tried says nothing of how it is now.
    // Past its version: whoever changes its settings meanwhile is not told of a clash.
    private static async Task StandingAsync(RapportDb db, Webhook webhook, Told told, DateTimeOffset now, CancellationToken ct)
    {
        var row = db.Set<Webhook>().Where(w => w.Id == webhook.Id);
        if (told.Taken)
        {
            if (webhook.FailingSince is not null) await row.ExecuteUpdateAsync(s => s.SetProperty(w => w.FailingSince, (DateTimeOffset?)null), ct);
            return;
        }
        var lately = now - WebhookDelivery.LongestPause - WebhookDelivery.LongestPause;
        var since = webhook.FailingSince is { } first && await db.Set<WebhookAttempt>().AnyAsync(a => a.Webhook == webhook.Id && a.At >= lately, ct) ? first : now;
        if (webhook.FailingSince != since) await row.ExecuteUpdateAsync(s => s.SetProperty(w => w.FailingSince, now), ct);
        if (!told.Gone && now - since < Webhook.Patience) return;
        var because = told.Gone ? "It answered that it is not there any more (410)." : $"It has failed for {Webhook.Patience.TotalDays:0} days; the last word was: {(told.Said.Length > 0 ? told.Said : $"status {told.Status}")}";
        await row.ExecuteUpdateAsync(s => s.SetProperty(w => w.OffAt, now).SetProperty(w => w.OffBecause, because).SetProperty(w => w.Version, w => w.Version + 1), ct);
        db.Note("turned off", $"webhooks/{webhook.Id}", new { told.Status });
    }

    private async Task<T> InDatabaseAsync<T>(Func<RapportDb, Task<T>> run)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<RapportDb>());
    }
}
