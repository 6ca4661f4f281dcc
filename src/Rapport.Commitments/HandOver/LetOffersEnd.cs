using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Kernel.Jobs;

namespace Rapport.Commitments;

/// <summary>Whoever was asked to take something and says nothing for three working days does not take it: the question ends, and its owner, who answers for it all along, sees that.</summary>
public sealed class LetOffersEnd(RapportDb db, TimeProvider clock) : IJob
{
    /// <summary>How many working days there are to answer.</summary>
    public const int WorkingDays = 3;

    private const int AtOnce = 500;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if ((await db.CalendarAsync(ct)).AddWorkingDays(now, -WorkingDays) is not { } last) return;
        var late = await db.Set<Commitment>().Where(c => c.OfferedTo != null && !db.Set<CommitmentEvent>().Any(e => e.Commitment == c.Id && e.Deed == CommitmentDeed.Offered && e.At >= last)).OrderBy(c => c.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var commitment in late)
        {
            var asked = commitment.OfferedTo!.Value;
            commitment.LetOfferEnd();
            await db.TellAsync(commitment, CommitmentDeed.OfferEnded, Actor.Rapport, now, null, asked, null, ct);
        }
        // Whoever answered meanwhile was faster; the rest comes round again.
        if (late.Count > 0) _ = await db.SaveAsync(Actor.Rapport, ct);
    }
}
