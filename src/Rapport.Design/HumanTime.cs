using System.Globalization;

namespace Rapport.Design;

/// <summary>Times as people say them: "in 2 days, Fri 17:00", "yesterday 15:10", "27 Nov 2025". The exact moment is said by <see cref="Exact"/>.</summary>
public static class HumanTime
{
    /// <summary>Beyond this many days the distance no longer helps, and the date is said.</summary>
    private const int NearDays = 6;

    private const double DaysOfAYear = 365.2425;

    /// <summary>The moment with its distance from now: "12 min ago", "today 17:00", "in 2 days, Fri 17:00", "Fri 27 Nov".</summary>
    public static string Say(DateTimeOffset at, LocalTime local)
    {
        var minutes = (at - local.Now).TotalMinutes;
        if (minutes is > -1 and < 1) return minutes <= 0 ? "just now" : "in a moment";
        if (minutes is > -60 and < 0) return $"{(int)-minutes} min ago";
        if (minutes is > 0 and < 60) return $"in {(int)minutes} min";

        var there = local.At(at);
        return SayDay(DateOnly.FromDateTime(there.DateTime), local, Clock(there));
    }

    /// <summary>A calendar day with its distance from today: "today", "in 2 days, Fri", "4 Jan 2027".</summary>
    public static string SayDay(DateOnly day, LocalTime local) => SayDay(day, local, clock: "");

    /// <summary>The shortest form that is not mistaken, for narrow columns: "15:10" today, "Fri 15:10" within a week, then "12 Nov" and "12 Nov 2025".</summary>
    public static string Short(DateTimeOffset at, LocalTime local)
    {
        var there = local.At(at);
        var days = DateOnly.FromDateTime(there.DateTime).DayNumber - local.Today.DayNumber;
        if (days == 0) return Clock(there);
        if (Math.Abs(days) <= NearDays) return there.ToString("ddd ", local.Culture) + Clock(there);
        return there.ToString(there.Year == local.Today.Year ? "d MMM" : "d MMM yyyy", local.Culture);
    }

    /// <summary>The whole truth for a title: "Friday 27 November 2026, 17:00 (UTC+01:00)".</summary>
    public static string Exact(DateTimeOffset at, LocalTime local)
    {
        var there = local.At(at);
        return there.ToString("dddd d MMMM yyyy, ", local.Culture) + Clock(there) + there.ToString(" (UTCzzz)", CultureInfo.InvariantCulture);
    }

    /// <summary>The day as a heading: "Today", "Yesterday", "Friday 20 November", "Friday 20 November 2025".</summary>
    public static string Heading(DateOnly day, LocalTime local) => (day.DayNumber - local.Today.DayNumber) switch
    {
        0 => "Today",
        -1 => "Yesterday",
        1 => "Tomorrow",
        _ => day.ToString(day.Year == local.Today.Year ? "dddd d MMMM" : "dddd d MMMM yyyy", local.Culture),
    };

    /// <summary>A length of time in its largest fitting unit, rounded down: "24 years", "41 days", "1 hour", "3 min"; years from two of them on. The sign is dropped.</summary>
    public static string Span(TimeSpan span)
    {
        var length = span.Duration();
        if (length.TotalDays >= 2 * DaysOfAYear) return $"{(int)(length.TotalDays / DaysOfAYear)} years";
        if (length.TotalDays >= 1) return Count((int)length.TotalDays, "day");
        if (length.TotalHours >= 1) return Count((int)length.TotalHours, "hour");
        return $"{(int)length.TotalMinutes} min";
    }

    private static string SayDay(DateOnly day, LocalTime local, string clock)
    {
        var days = day.DayNumber - local.Today.DayNumber;
        var said = days switch
        {
            0 => "today",
            -1 => "yesterday",
            1 => "tomorrow",
            > 1 and <= NearDays => $"in {days} days, {day.ToString("ddd", local.Culture)}",
            < -1 and >= -NearDays => $"{-days} days ago, {day.ToString("ddd", local.Culture)}",
            _ => null,
        };
        if (said is not null) return clock.Length == 0 ? said : $"{said} {clock}";
        return day.ToString(day.Year == local.Today.Year ? "ddd d MMM" : "d MMM yyyy", local.Culture);
    }

    private static string Clock(DateTimeOffset there) => there.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Count(int n, string unit) => n == 1 ? $"1 {unit}" : $"{n} {unit}s";
}
