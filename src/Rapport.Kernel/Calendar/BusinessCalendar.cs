using System.Collections.Concurrent;

namespace Rapport.Kernel.Calendar;

/// <summary>The open time of an installation or a team: weekly hours on the wall clock of a zone, less holidays. Immutable and thread-safe.
/// Where the clock changes, open time is what really passes: a 24-hour day can have 23 or 25 hours.
/// Every search ends after <see cref="Reach"/> days, without an answer where nothing is open. Counting goes over whole years by their sums:
/// whoever writes "99999 business hours" a hundred times over costs no more than a table.</summary>
public sealed class BusinessCalendar(BusinessHours hours, TimeZoneInfo zone, Holidays? holidays = null)
{
    /// <summary>How far the calendar looks for open time, in days: a hundred years.</summary>
    public const int Reach = 36_525;

    private readonly ConcurrentDictionary<int, BusinessYear> years = [];

    /// <summary>Monday to Friday from nine to five in a zone, without holidays.</summary>
    public static BusinessCalendar Standard(TimeZoneInfo zone) => new(BusinessHours.Standard, zone);

    /// <summary>The hours of each day of the week.</summary>
    public BusinessHours Hours { get; } = hours;
    /// <summary>Whose clock they are read on.</summary>
    public TimeZoneInfo Zone { get; } = zone;
    /// <summary>The days without hours.</summary>
    public Holidays Holidays { get; } = holidays ?? Holidays.None;

    /// <summary>How many years were looked at day by day so far.</summary>
    internal int YearsLaidOut => years.Count;

    /// <summary>The same hours and holidays on the clocks of another zone: office hours of the person a promise was made to.</summary>
    public BusinessCalendar In(TimeZoneInfo other) => other.Equals(Zone) ? this : new(Hours, other, Holidays);

    /// <summary>Whether the date has any open time.</summary>
    public bool IsWorkingDay(DateOnly date) => Hours.On(date.DayOfWeek).Length > 0 && !Holidays.Contains(date);

    /// <summary>Whether it is open at the moment; the closing moment itself is closed.</summary>
    public bool IsOpen(DateTimeOffset at) => Openings(DateOf(at)).Any(open => open.Start <= at && at < open.End);

    /// <summary>The moment itself when open, else the next opening; null where there is none.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset at)
    {
        foreach (var open in From(DateOf(at)))
            if (open.End > at) return open.Start > at ? open.Start : LocalTime.View(at, Zone);
        return null;
    }

    /// <summary>When business ends on a date; null when it is closed that day.</summary>
    public DateTimeOffset? EndOfBusiness(DateOnly date) => Openings(date) is [.., var last] ? last.End : null;

    /// <summary>When business begins on a date; null when it is closed that day.</summary>
    public DateTimeOffset? StartOfBusiness(DateOnly date) => Openings(date) is [var first, ..] ? first.Start : null;

    /// <summary>The n-th working day after the date (before it when negative); for zero the date itself or the next working day. Null beyond reach.</summary>
    public DateOnly? AddWorkingDays(DateOnly date, int n)
    {
        if (!Hours.AnyOpen || (n > 0 && date == DateOnly.MaxValue)) return null;
        var (from, after) = n > 0 ? (date.AddDays(1), n) : n == 0 ? (date, 1) : (date, n + 1L);
        return Reached(from, Year(from.Year).WorkingDays[from.DayOfYear - 1] + after, year => year.WorkingDays, date);
    }

    /// <summary>The same time of day on the n-th working day after a moment; null beyond reach.</summary>
    public DateTimeOffset? AddWorkingDays(DateTimeOffset at, int n) =>
        AddWorkingDays(DateOf(at), n) is { } date ? LocalTime.In(Zone, date.ToDateTime(TimeOnly.FromDateTime(LocalTime.View(at, Zone).DateTime))) : null;

    /// <summary>The moment by which so much open time has passed since <paramref name="at"/> (before it when negative). Null beyond reach.</summary>
    public DateTimeOffset? AddBusinessTime(DateTimeOffset at, TimeSpan time) => time < TimeSpan.Zero ? Back(at, time.Negate()) : Forward(at, time);

    /// <summary>The open time between two moments, negative when the second is earlier; at most a hundred years are counted.</summary>
    public TimeSpan BusinessTimeBetween(DateTimeOffset a, DateTimeOffset b)
    {
        if (b < a) return BusinessTimeBetween(b, a).Negate();
        if (!Hours.AnyOpen) return TimeSpan.Zero;
        var (first, last) = (DateOf(a), DateOf(b));
        var until = last.DayNumber - first.DayNumber <= Reach ? OpenBefore(b) : Year((last = first.AddDays(Reach)).Year).OpenTicks[last.DayOfYear];
        return TimeSpan.FromTicks(Between(first.Year, OpenBefore(a), last.Year, until, year => year.OpenTicks));
    }

    /// <summary>How many working days after <paramref name="a"/> the date <paramref name="b"/> is: those later than a, up to and with b; negative when b is earlier. At most a hundred years are counted.</summary>
    public int WorkingDaysBetween(DateOnly a, DateOnly b)
    {
        if (!Hours.AnyOpen) return 0;
        if (b.DayNumber - a.DayNumber > Reach) b = a.AddDays(Reach);
        if (a.DayNumber - b.DayNumber > Reach) b = a.AddDays(-Reach);
        // Later than a and up to b; looking back, b and up to the day before a.
        var end = b < a ? 0 : 1;
        long Before(DateOnly date) => Year(date.Year).WorkingDays[date.DayOfYear - 1 + end];
        return (int)(b < a ? -Between(b.Year, Before(b), a.Year, Before(a), year => year.WorkingDays) : Between(a.Year, Before(a), b.Year, Before(b), year => year.WorkingDays));
    }

    /// <summary>The open stretches of a date as moments, earliest first.</summary>
    public IReadOnlyList<(DateTimeOffset Start, DateTimeOffset End)> Openings(DateOnly date)
    {
        if (!IsWorkingDay(date)) return [];
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        var open = new List<(DateTimeOffset Start, DateTimeOffset End)>();
        foreach (var each in Hours.On(date.DayOfWeek))
        {
            var (start, end) = (LocalTime.Beginning(Zone, Minutes(midnight, each.From)), LocalTime.Ending(Zone, Minutes(midnight, each.Until)));
            // In a repeated hour two neighbours overlap; the second gives way.
            if (open.Count > 0 && start < open[^1].End) start = open[^1].End;
            if (start < end) open.Add((start, end));
        }
        return open;
    }

    private DateTimeOffset? Forward(DateTimeOffset at, TimeSpan left)
    {
        if (left == TimeSpan.Zero) return LocalTime.View(at, Zone);
        if (!Hours.AnyOpen || Reached(DateOf(at), OpenBefore(at) + left.Ticks, year => year.OpenTicks, DateOf(at), out var rest) is not { } date) return null;
        foreach (var open in Openings(date))
        {
            if (rest <= (open.End - open.Start).Ticks) return LocalTime.View(open.Start.AddTicks(rest), Zone);
            rest -= (open.End - open.Start).Ticks;
        }
        return null;
    }

    // The latest moment before which as much is open: an opening, rather than the closing before it.
    private DateTimeOffset? Back(DateTimeOffset at, TimeSpan left)
    {
        if (!Hours.AnyOpen || Reached(DateOf(at), OpenBefore(at) - left.Ticks + 1, year => year.OpenTicks, DateOf(at), out var rest) is not { } date) return null;
        rest--;
        foreach (var open in Openings(date))
        {
            if (rest < (open.End - open.Start).Ticks) return LocalTime.View(open.Start.AddTicks(rest), Zone);
            rest -= (open.End - open.Start).Ticks;
        }
        return null;
    }

    private BusinessYear Year(int year) => years.GetOrAdd(year, number => new BusinessYear(this, number));

    /// <summary>How much is open in the year of a moment before it.</summary>
    private long OpenBefore(DateTimeOffset at)
    {
        var date = DateOf(at);
        return Year(date.Year).OpenTicks[date.DayOfYear - 1] + Openings(date).Sum(open => Math.Max(0, ((open.End < at ? open.End : at) - open.Start).Ticks));
    }

    private DateOnly? Reached(DateOnly from, long wanted, Func<BusinessYear, long[]> sumsOf, DateOnly asked) => Reached(from, wanted, sumsOf, asked, out _);

    /// <summary>The day with which the sum, counted from the beginning of the year of a date (below one: in the years before), reaches so much, and how much of that is its own; null further than <see cref="Reach"/> from where it was asked.</summary>
    private DateOnly? Reached(DateOnly from, long wanted, Func<BusinessYear, long[]> sumsOf, DateOnly asked, out long rest)
    {
        rest = 0;
        var year = from.Year;
        for (; wanted < 1; wanted += sumsOf(Year(year))[^1])
            if (--year < DateOnly.MinValue.Year || from.Year - year > Reach / 365) return null;
        for (; wanted > sumsOf(Year(year))[^1]; wanted -= sumsOf(Year(year++))[^1])
            if (year == DateOnly.MaxValue.Year || year - from.Year > Reach / 365) return null;
        var sums = sumsOf(Year(year));
        var date = Year(year).FirstReaching(sums, wanted);
        rest = wanted - sums[date.DayOfYear - 1];
        return Math.Abs(date.DayNumber - asked.DayNumber) <= Reach ? date : null;
    }

    private long Between(int first, long before, int last, long until, Func<BusinessYear, long[]> sumsOf)
    {
        for (var year = first; year < last; year++) until += sumsOf(Year(year))[^1];
        return until - before;
    }

    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> From(DateOnly date)
    {
        if (!Hours.AnyOpen) yield break;
        for (var day = 0; day <= Reach; day++, date = date.AddDays(1))
        {
            foreach (var open in Openings(date)) yield return open;
            if (date == DateOnly.MaxValue) yield break;
        }
    }

    private DateOnly DateOf(DateTimeOffset at) => LocalTime.DateOf(at, Zone);

    private static DateTime Minutes(DateTime midnight, int minutes) =>
        minutes == 1440 && midnight.Date == DateTime.MaxValue.Date ? DateTime.MaxValue : midnight.AddMinutes(minutes);
}
