using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Webhooks;

/// <summary>An endpoint that was turned off.</summary>
public sealed record WebhookAlarm(WebhookId Id, string Name, string Because);

/// <summary>What administrators have to look after.</summary>
public sealed class WebhookAlarms(RapportDb db)
{
    /// <summary>The endpoints that failed for too long or are gone; none for anybody else.</summary>
    public Task<List<WebhookAlarm>> ListAsync(Actor by, CancellationToken ct) =>
        db.WebhooksFor(by).AsNoTracking().Where(w => w.OffAt != null).OrderBy(w => w.OffAt).Select(w => new WebhookAlarm(w.Id, w.Name, w.OffBecause ?? "")).ToListAsync(ct);
}

/// <summary>Endpoints by name, for the journal.</summary>
internal sealed class NameWebhooks(RapportDb db) : INameThings
{
    public async Task<IReadOnlyList<NamedThing>> OfAsync(IReadOnlyCollection<Guid> ids, Actor by, CancellationToken ct)
    {
        var webhooks = ids.Select(WebhookId.From).ToList();
        return [.. (await db.WebhooksFor(by).Where(w => webhooks.Contains(w.Id)).Select(w => new { w.Id, w.Name }).ToListAsync(ct)).Select(w => new NamedThing(w.Id.Value, w.Name, $"/settings/webhooks/{w.Id}"))];
    }
}
