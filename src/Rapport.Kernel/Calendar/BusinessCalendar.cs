namespace Rapport.Kernel.Calendar;

/// <summary>The open time of an installation or a team: weekly hours on the wall clock of a zone, less holidays. Immutable and thread-safe.
/// Where the clock changes, open time is what really passes: a 24-hour day can have 23 or 25 hours.
/// Every search ends after <see cref="Reach"/> days, without an answer where nothing is open.</summary>
public sealed class BusinessCalendar(BusinessHours hours, TimeZoneInfo zone, Holidays? holidays = null)
{
    /// <summary>How far the calendar looks for open time, in days: a hundred years.</summary>
    public const int Reach = 36_525;

    /// <summary>Monday to Friday from nine to five in a zone, without holidays.</summary>
    public static BusinessCalendar Standard(TimeZoneInfo zone) => new(BusinessHours.Standard, zone);

    public BusinessHours Hours { get; } = hours;
    public TimeZoneInfo Zone { get; } = zone;
    public Holidays Holidays { get; } = holidays ?? Holidays.None;

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
        if (!Hours.AnyOpen) return null;
        var step = n < 0 ? -1 : 1;
        var left = Math.Abs((long)n);
        for (var day = 0; day <= Reach; day++, date = date.AddDays(step))
        {
            if ((day > 0 || n == 0) && IsWorkingDay(date) && --left <= 0) return date;
            if (date == (step < 0 ? DateOnly.MinValue : DateOnly.MaxValue)) return null;
        }
        return null;
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
        var total = TimeSpan.Zero;
        foreach (var open in From(DateOf(a)))
        {
            if (open.Start >= b) break;
            var (start, end) = (open.Start > a ? open.Start : a, open.End < b ? open.End : b);
            if (end > start) total += end - start;
        }
        return total;
    }

    /// <summary>How many working days after <paramref name="a"/> the date <paramref name="b"/> is: those later than a, up to and with b; negative when b is earlier. At most a hundred years are counted.</summary>
    public int WorkingDaysBetween(DateOnly a, DateOnly b)
    {
        if (!Hours.AnyOpen) return 0;
        var (step, count) = (b < a ? -1 : 1, 0);
        for (var day = 0; a != b && day < Reach; day++)
            if (IsWorkingDay(a = a.AddDays(step))) count += step;
        return count;
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
        foreach (var open in From(DateOf(at)))
        {
            var start = open.Start > at ? open.Start : at;
            if (open.End <= start) continue;
            if (open.End - start >= left) return LocalTime.View(start + left, Zone);
            left -= open.End - start;
        }
        return null;
    }

    private DateTimeOffset? Back(DateTimeOffset at, TimeSpan left)
    {
        if (!Hours.AnyOpen) return null;
        var date = DateOf(at);
        for (var day = 0; day <= Reach; day++, date = date.AddDays(-1))
        {
            foreach (var open in Openings(date).Reverse())
            {
                var end = open.End < at ? open.End : at;
                if (end <= open.Start) continue;
                if (end - open.Start >= left) return LocalTime.View(end - left, Zone);
                left -= end - open.Start;
            }
            if (date == DateOnly.MinValue) return null;
        }
        return null;
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
