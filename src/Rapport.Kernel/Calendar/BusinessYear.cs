namespace Rapport.Kernel.Calendar;

/// <summary>A year of a calendar laid out once, so that counting over it is a look into a table: how many working days, and how much open time, there are before each of its days.</summary>
internal sealed class BusinessYear(BusinessCalendar calendar, int year)
{
    private readonly Lazy<long[]> workingDays = new(() => Sums(year, date => calendar.IsWorkingDay(date) ? 1 : 0));
    private readonly Lazy<long[]> openTicks = new(() => LayOutOpenTime(calendar, year));

    /// <summary>How many working days are before each day (0 is 1 January), and in the end how many there are.</summary>
    public long[] WorkingDays => workingDays.Value;

    /// <summary>How much open time, in ticks, is before each day, and in the end how much there is.</summary>
    public long[] OpenTicks => openTicks.Value;

    /// <summary>The first day with which the sum reaches so much.</summary>
    public DateOnly FirstReaching(long[] sums, long wanted)
    {
        var (low, high) = (1, sums.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sums[middle] >= wanted) high = middle;
            else low = middle + 1;
        }
        return new DateOnly(year, 1, 1).AddDays(low - 1);
    }

    // Where a day and its neighbours are as long as a day, open time is what the clock on the wall says; only around a change must the openings be looked at.
    private static long[] LayOutOpenTime(BusinessCalendar calendar, int year)
    {
        var week = Enum.GetValues<DayOfWeek>().Select(day => calendar.Hours.On(day).Sum(open => (open.Until - open.From) * TimeSpan.TicksPerMinute)).ToArray();
        var dayBefore = new DateOnly(year, 1, 1).DayNumber - 1;
        var usual = Enumerable.Range(dayBefore, DaysIn(year) + 2).Select(day => IsUsual(calendar.Zone, day)).ToArray();
        return Sums(year, date =>
        {
            if (!calendar.IsWorkingDay(date)) return 0;
            var day = date.DayNumber - dayBefore;
            return usual[day - 1] && usual[day] && usual[day + 1] ? week[(int)date.DayOfWeek] : calendar.Openings(date).Sum(open => (open.End - open.Start).Ticks);
        });
    }

    private static bool IsUsual(TimeZoneInfo zone, int dayNumber)
    {
        if (dayNumber <= DateOnly.MinValue.DayNumber || dayNumber >= DateOnly.MaxValue.DayNumber) return false;
        var midnight = DateOnly.FromDayNumber(dayNumber).ToDateTime(TimeOnly.MinValue);
        return LocalTime.Beginning(zone, midnight.AddDays(1)) - LocalTime.Beginning(zone, midnight) == TimeSpan.FromDays(1);
    }

    private static long[] Sums(int year, Func<DateOnly, long> of)
    {
        var sums = new long[DaysIn(year) + 1];
        for (var (day, date) = (0, new DateOnly(year, 1, 1)); day < sums.Length - 1; day++) sums[day + 1] = sums[day] + of(date.AddDays(day));
        return sums;
    }

    private static int DaysIn(int year) => DateTime.IsLeapYear(year) ? 366 : 365;
}
