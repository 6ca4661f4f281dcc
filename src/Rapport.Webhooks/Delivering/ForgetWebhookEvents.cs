using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Webhooks;

/// <summary>What was told long ago leaves the log; what still waits, too: nobody wants to hear of it any more.</summary>
internal sealed class ForgetWebhookEvents(RapportDb db, WebhooksOptions options, TimeProvider clock) : IJob
{
    private const int AtOnce = 500;

    public async Task RunAsync(CancellationToken ct)
    {
        var old = clock.GetUtcNow().AddDays(-options.KeepDays);
        while (!ct.IsCancellationRequested)
        {
            var events = await db.Set<WebhookEvent>().Where(e => e.At < old).OrderBy(e => e.At).Take(AtOnce).Select(e => e.Id).ToListAsync(ct);
            if (events.Count == 0) return;
            await db.Set<WebhookAttempt>().Where(a => EF.Parameter(events).Contains(a.Event)).ExecuteDeleteAsync(ct);
            await db.Set<WebhookDelivery>().Where(d => EF.Parameter(events).Contains(d.Event)).ExecuteDeleteAsync(ct);
            await db.Set<WebhookEvent>().Where(e => EF.Parameter(events).Contains(e.Id)).ExecuteDeleteAsync(ct);
        }
    }
}
