using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Customers;

/// <summary>A relationship whose last day is over is a former one from then on, without anybody touching it.</summary>
internal sealed class LetRelationshipsEnd(RapportDb db, TimeProvider clock, SettleParties settle) : IJob
{
    private const int AtOnce = 200;

    public async Task RunAsync(CancellationToken ct)
    {
        var today = await db.TodayAsync(clock, ct);
        while (!ct.IsCancellationRequested)
        {
            var ended = await db.Set<Relationship>().Where(r => r.Until != null && r.Until < today && r.Standing != Standing.Former).Select(r => r.Customer).Distinct().Take(AtOnce).ToListAsync(ct);
            if (ended.Count == 0 || await settle.SaveAsync(ended, Actor.Rapport, ct) is not null) return;
            db.ChangeTracker.Clear();
        }
    }
}
