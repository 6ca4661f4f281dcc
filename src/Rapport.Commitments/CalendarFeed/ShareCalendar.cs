using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Commitments;

/// <summary>Makes, shows and ends the link by which a member's own calendar program reads what they promised. Each member has one at most, and only they see it.</summary>
public sealed class ShareCalendar(RapportDb db, TimeProvider clock)
{
    /// <summary>Where it is read; null while there is none.</summary>
    public async Task<string?> PathAsync(Actor by, CancellationToken ct) =>
        await db.Set<CalendarLink>().AsNoTracking().SingleOrDefaultAsync(l => l.Member == by.Id, ct) is { } link && await db.InstallationAsync(ct) is { } us ? link.PathFor(us) : null;

    /// <summary>A new link; the one before no longer works.</summary>
    public async Task<Refusal?> MakeAsync(Actor by, CancellationToken ct)
    {
        await using var all = await db.Database.BeginTransactionAsync(ct);
        if (await EndAsync(by, ct) is { } refusal) return refusal;
        db.Add(new CalendarLink { Member = by.Id, Id = Ids.New<CalendarLinkId>(clock), MadeAt = clock.GetUtcNow() });
        if (await db.SaveAsync(by, ct) is { } conflict) return conflict;
        await all.CommitAsync(ct);
        return null;
    }

    /// <summary>Ends it: calendars that read it get nothing more.</summary>
    public async Task<Refusal?> EndAsync(Actor by, CancellationToken ct)
    {
        if (await db.Set<CalendarLink>().SingleOrDefaultAsync(l => l.Member == by.Id, ct) is not { } link) return null;
        db.Remove(link);
        return await db.SaveAsync(by, ct);
    }
}
