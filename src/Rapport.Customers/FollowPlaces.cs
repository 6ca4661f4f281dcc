using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Jobs;

namespace Rapport.Customers;

/// <summary>Says that somebody belongs elsewhere on the day on which a place begins or ends, where that was written down beforehand.</summary>
internal sealed class FollowPlaces(RapportDb db, TimeProvider clock) : IJob
{
    // So long may nothing run without a day being missed; who is named again stays where they are.
    private const int Days = 7;

    public async Task RunAsync(CancellationToken ct)
    {
        var today = await db.TodayAsync(clock, ct);
        var since = today.AddDays(-Days);
        var moved = await db.Set<Affiliation>().Where(a => a.Organization != OurOrganization.Id && (a.From > since && a.From <= today || a.Until > since && a.Until <= today)).Select(a => a.Person).Distinct().ToListAsync(ct);
        if (moved.Count == 0) return;
        db.Happened(new PlacesChanged(moved), Actor.Rapport);
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
    }
}
