using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>What became of the promises of a kind that were settled lately.</summary>
internal sealed class History
{
    /// <summary>So many of them are looked at, the latest first: enough to tell, and as many as are read in a blink.</summary>
    private const int Most = 500;

    /// <summary>Four of five: with nine of ten nobody would offer a date, and one that holds in two of three cases nobody trusts.</summary>
    private const int Safe = 4, Of = 5;

    private readonly List<Past> all;
    private readonly BusinessCalendar calendar;

    private History(List<Past> all, BusinessCalendar calendar) => (this.all, this.calendar) = (all, calendar);

    private sealed record Past(DateTimeOffset SaidAt, DateTimeOffset? FirstDue, DateTimeOffset ClosedAt, CommitmentState State, MemberId Owner)
    {
        public bool IsDone => State is CommitmentState.Kept or CommitmentState.KeptLate;
    }

    /// <summary>Our own of a kind. What was let go by whom it was made to says nothing either way.</summary>
    public static async Task<History> OfAsync(RapportDb db, PromiseKind kind, BusinessCalendar calendar, Actor by, CancellationToken ct) => new(await db.CommitmentsFor(by).AsNoTracking()
        .Where(c => c.Side == Side.OursToThem && c.Kind == kind && c.ClosedAt != null && c.State != CommitmentState.Released).OrderByDescending(c => c.ClosedAt).Take(Most)
        .Select(c => new Past(c.SaidAt, c.FirstDue, c.ClosedAt!.Value, c.State, c.Owner)).ToListAsync(ct), calendar);

    /// <summary>How many that were made at such a notice were kept on time.</summary>
    public Rate Kept(NoticeGiven notice, MemberId? owner = null)
    {
        var like = all.Where(p => Notices.Of(p.SaidAt, p.FirstDue, calendar.Zone) == notice && (owner is null || p.Owner == owner)).ToList();
        return new(like.Count(p => p.State == CommitmentState.Kept), like.Count);
    }

    /// <summary>Within how many working days four of five were done, and how many that were; null where too few are known or too few were done at all, with how many were.</summary>
    public (int? WorkingDays, Rate Done) TakenDays()
    {
        var taken = all.Where(p => p.IsDone).Select(p => Math.Max(0, calendar.WorkingDaysBetween(On(p.SaidAt), On(p.ClosedAt)))).Order().ToList();
        var done = new Rate(taken.Count, all.Count);
        if (!done.IsTold || taken.Count * Of < all.Count * Safe) return (null, done);
        var days = taken[(all.Count * Safe + Of - 1) / Of - 1];
        return (days, new(taken.Count(d => d <= days), all.Count));
    }

    private DateOnly On(DateTimeOffset at) => Kernel.Calendar.LocalTime.DateOf(at, calendar.Zone);
}
