namespace Rapport.Commitments.Dates;

/// <summary>Fills in what a phrase left out, from the moment it was said.</summary>
internal static class Resolution
{
    /// <summary>A point with a whole date. Looking forward, an open date is today or later; otherwise the one nearest to now.</summary>
    public static When Of(When said, DateTime now, bool forward)
    {
        if (said.Impossible is not null) return said;
        var whole = said switch
        {
            { Month: { } month, Day: { } day, Year: null } => AnyYear(said, month, day, now, forward),
            { Month: { } month, Year: null, Day: null } => AnyYear(said, month, 1, forward ? StartOf(now, said.Grain) : now, forward),
            { Year: not null, Month: not null, Day: not null } => said,
            { Year: not null, Month: not null } => said with { Day = 1 },
            { Year: not null } => said with { Month = 1, Day = 1 },
            { Day: { } day } => AnyMonth(said, day, now, forward),
            { Weekday: { } weekday } => Dated(said, Nearby(now, weekday, forward ? 1 : 0, today: true)),
            _ => Dated(said, now),
        };
        if (whole.Impossible is not null) return whole;
        // Midnight is the end of the day it is said of; an hour of its own on a named date is that date's first.
        return whole.Hour != 24 ? whole : said.HasDate && !said.Fixed ? whole with { Hour = 0 } : whole.Date < DateTime.MaxValue.Date ? Dated(whole with { Hour = 0 }, whole.Date.AddDays(1)) : whole with { Hour = 23, Minute = 59 };
    }

    /// <summary>The end of a range whose start is known: never before it.</summary>
    public static When Until(When said, When from, DateTime now, bool forward)
    {
        if (from.Impossible is not null) return from;
        var anchored = said.Fixed || said is { Year: not null } ? now : from.Date;
        var to = Of(said, anchored, forward || !ReferenceEquals(said, from) && anchored == from.Date);
        if (to.Impossible is not null || to.Date > from.Date) return to;
        if (to.HasTime && from.HasTime && to.Date == from.Date && Minutes(to) < Minutes(from) && to.Date < DateTime.MaxValue.Date) return Dated(to, to.Date.AddDays(1));
        if (said.Weekday is not null && to.Date < from.Date && !said.Past) return Dated(to, Nearby(from.Date, said.Weekday.Value, 1));
        return to;
    }

    /// <summary>A weekday before (-1), around (0: this week or the days ahead) or after (1) a day; the day itself only when asked for.</summary>
    public static DateTime Nearby(DateTime now, DayOfWeek weekday, int direction, bool today = false)
    {
        var ahead = ((int)weekday - (int)now.DayOfWeek + 7) % 7;
        if (direction < 0) return now.AddDays(ahead == 0 ? -7 : ahead - 7);
        if (direction > 0) return now.AddDays(ahead == 0 && !today ? 7 : ahead);
        return today && ahead > 3 ? now.AddDays(ahead - 7) : now.AddDays(ahead);
    }

    /// <summary>A moment moved by an amount; null beyond the years 1 to 9999. Halves of months and years are counted in days.</summary>
    public static DateTime? Shift(DateTime from, Unit unit, double number)
    {
        try
        {
            var whole = Math.Truncate(number);
            return unit switch
            {
                Unit.Millisecond => from.AddMilliseconds(number),
                Unit.Second => from.AddSeconds(number),
                Unit.Minute => from.AddMinutes(number),
                Unit.Hour => from.AddHours(number),
                Unit.Day => from.AddDays(number),
                Unit.Week => from.AddDays(number * 7),
                Unit.Month => from.AddMonths(checked((int)whole)).AddDays(Math.Round((number - whole) * 30)),
                Unit.Quarter => from.AddMonths(checked((int)(number * 3))),
                Unit.Year => from.AddMonths(checked((int)(number * 12))),
                _ => throw new ArgumentOutOfRangeException(nameof(unit)),
            };
        }
        catch (Exception tooFar) when (tooFar is ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    private static When AnyYear(When said, int month, int day, DateTime now, bool forward)
    {
        // Eight years hold a 29 February, even around 1900 and 2100.
        var years = Enumerable.Range(now.Year - (forward ? 0 : 8), forward ? 9 : 17).Where(year => year is >= 1 and <= 9999 && day <= DateTime.DaysInMonth(year, month)).Select(year => new DateTime(year, month, day));
        var found = forward ? years.Where(date => date >= now.Date).Take(1).ToList() : [.. years.OrderBy(date => Math.Abs((date - now.Date).TotalDays)).ThenByDescending(date => date).Take(1)];
        return found.Count > 0 ? Dated(said, found[0]) : When.NotThere("That is further away than the calendar reaches.");
    }

    private static When AnyMonth(When said, int day, DateTime now, bool forward)
    {
        for (var (month, tries) = (new DateTime(now.Year, now.Month, 1), 0); tries < 14; tries++, month = month.AddMonths(1))
        {
            if (day <= DateTime.DaysInMonth(month.Year, month.Month) && (!forward || month.AddDays(day - 1) >= now.Date)) return Dated(said, month.AddDays(day - 1));
            if (month is { Year: 9999, Month: 12 }) break;
        }
        return When.NotThere($"There is no day {day} in the months ahead.");
    }

    private static DateTime StartOf(DateTime now, Unit grain) => grain == Unit.Quarter ? new(now.Year, (now.Month - 1) / 3 * 3 + 1, 1) : new(now.Year, now.Month, 1);

    private static When Dated(When said, DateTime date) => said with { Year = date.Year, Month = date.Month, Day = date.Day };

    private static double Minutes(When time) => time.Hour!.Value * 60 + (time.Minute ?? 0) + (time.Second ?? 0) / 60.0;
}
