using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Webhooks;

/// <summary>How an endpoint stands.</summary>
public enum WebhookStanding
{
    /// <summary>It takes what it is told.</summary>
    Working,
    /// <summary>It did not, the last time; it is tried again.</summary>
    Failing,
    /// <summary>A member paused it.</summary>
    Paused,
    /// <summary>Rapport turned it off, because it failed for too long or is gone.</summary>
    Off,
}

/// <summary>An endpoint as lists show it.</summary>
/// <param name="Owner">Whose private conversations it hears of; null when it hears what everybody may see.</param>
/// <param name="Kinds">What it hears of; empty for everything.</param>
/// <param name="Waiting">How much waits to be told.</param>
/// <param name="Because">Why it is turned off.</param>
/// <param name="OldSecretUntil">Until then what is told is signed by the secret before as well.</param>
public sealed record WebhookRow(WebhookId Id, string Name, string Url, MemberId? Owner, IReadOnlyList<string> Kinds, WebhookStanding Standing, int Waiting, DateTimeOffset? FailingSince, DateTimeOffset? OffAt, string? Because, DateTimeOffset? OldSecretUntil, DateTimeOffset MadeAt, int Version);

/// <summary>One attempt to tell something.</summary>
public sealed record AttemptRow(int Number, DateTimeOffset At, int? Status, int Milliseconds, string Said);

/// <summary>The telling of one event, with its last attempts, the newest first.</summary>
public sealed record DeliveryRow(WebhookEventId Event, string Kind, DateTimeOffset At, DeliveryState State, DateTimeOffset? NextAt, int Attempts, string Body, IReadOnlyList<AttemptRow> Log);

/// <summary>Reads endpoints and their logs.</summary>
internal sealed class WebhookQueries(RapportDb db, WebhookSecrets secrets, TimeProvider clock)
{
    private const int MostAttempts = 12;

    /// <summary>The administrators' and the actor's own, by name.</summary>
    public async Task<IReadOnlyList<WebhookRow>> ListAsync(Actor by, CancellationToken ct)
    {
        var rows = await db.WebhooksFor(by).AsNoTracking().ToListAsync(ct);
        var waiting = await db.Set<WebhookDelivery>().Where(d => d.State == DeliveryState.Waiting).GroupBy(d => d.Webhook).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. rows.OrderBy(w => w.Name, StringComparer.OrdinalIgnoreCase).Select(w => Row(w, waiting.GetValueOrDefault(w.Id)))];
    }

    /// <summary>One of them; null when there is none, or it is another member's.</summary>
    public async Task<WebhookRow?> FindAsync(WebhookId id, Actor by, CancellationToken ct) =>
        await db.WebhooksFor(by).AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, ct) is { } webhook ? Row(webhook, await db.Set<WebhookDelivery>().CountAsync(d => d.Webhook == id && d.State == DeliveryState.Waiting, ct)) : null;

    /// <summary>Its secret in the clear; null when there is none to be read.</summary>
    public async Task<string?> SecretAsync(WebhookId id, Actor by, CancellationToken ct) =>
        await db.WebhooksFor(by).Where(w => w.Id == id).Select(w => w.Secret).SingleOrDefaultAsync(ct) is { } stored ? secrets.Open(stored) : null;

    /// <summary>What it was told, the newest first.</summary>
    public async Task<Page<DeliveryRow>> LogAsync(WebhookId id, DeliveryState? state, string? after, int size, Actor by, CancellationToken ct)
    {
        if (!await db.WebhooksFor(by).AnyAsync(w => w.Id == id, ct)) return new([], null);
        size = Math.Clamp(size, 1, Page<DeliveryRow>.Most);
        var deliveries = db.Set<WebhookDelivery>().AsNoTracking().Where(d => d.Webhook == id && (state == null || d.State == state));
        if (Cursor.Parse(after, 1) is { Values: [var text] } && IId<WebhookEventId>.TryParse(text, null, out var last)) deliveries = deliveries.Where(d => d.Event < last);
        var rows = await deliveries.OrderByDescending(d => d.Event).Take(size + 1).Join(db.Set<WebhookEvent>().AsNoTracking(), d => d.Event, e => e.Id, (d, e) => new { Delivery = d, Event = e }).ToListAsync(ct);
        rows.Sort((a, b) => b.Event.Id.CompareTo(a.Event.Id));
        var ids = rows.ConvertAll(r => r.Event.Id);
        var attempts = (await db.Set<WebhookAttempt>().AsNoTracking().Where(a => a.Webhook == id && EF.Parameter(ids).Contains(a.Event)).ToListAsync(ct)).ToLookup(a => a.Event);
        return Page<DeliveryRow>.Of(rows.ConvertAll(r => new DeliveryRow(r.Event.Id, r.Event.Kind, r.Event.At, r.Delivery.State, r.Delivery.State == DeliveryState.Waiting ? r.Delivery.DueAt : null, r.Delivery.Attempts, r.Event.Body,
            [.. attempts[r.Event.Id].OrderByDescending(a => a.Number).Take(MostAttempts).Select(a => new AttemptRow(a.Number, a.At, a.Status, a.Milliseconds, a.Said))])), size, row => new Cursor(row.Event.ToString()));
    }

    private WebhookRow Row(Webhook w, int waiting) => new(w.Id, w.Name, w.Url, w.Owner, w.Kinds.Length == 0 ? [] : w.Kinds.Split(' '),
        w.OffAt is not null ? WebhookStanding.Off : w.PausedAt is not null ? WebhookStanding.Paused : w.FailingSince is not null ? WebhookStanding.Failing : WebhookStanding.Working,
        waiting, w.FailingSince, w.OffAt, w.OffBecause, w.OldSecretUntil > clock.GetUtcNow() ? w.OldSecretUntil : null, w.MadeAt, w.Version);
}
