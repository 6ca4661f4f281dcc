using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Kernel.Jobs;

namespace Rapport.Commitments;

/// <summary>What is five working days late is broken, whether anybody says so or not.</summary>
public sealed class BreakLongLate(RapportDb db, TimeProvider clock) : IJob
{
    /// <summary>How many working days something may be late before it counts as broken.</summary>
    public const int WorkingDays = 5;

    private const int AtOnce = 500;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.InstallationAsync(ct) is not { } us) return;
        var now = clock.GetUtcNow();
        if (us.Calendar().AddWorkingDays(now, -WorkingDays) is not { } last) return;
        while (!ct.IsCancellationRequested)
        {
            var late = await db.Set<Commitment>().Where(c => c.State == CommitmentState.Open && c.DueEnd < last).OrderBy(c => c.DueEnd).Take(AtOnce).ToListAsync(ct);
            if (late.Count == 0) return;
            foreach (var commitment in late)
            {
                commitment.Break(now);
                await db.TellAsync(commitment, CommitmentDeed.Broken, Actor.Rapport, now, $"{WorkingDays} working days passed since it was due.", null, null, ct);
                db.Happened(new CommitmentSettled(commitment.Id, commitment.State), Actor.Rapport);
            }
            if (await db.SaveAsync(Actor.Rapport, ct) is not null) return;
            db.ChangeTracker.Clear();
        }
    }
}
