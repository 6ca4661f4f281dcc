using Rapport.Kernel.Calendar;

namespace Rapport.Channels;

/// <summary>How long a folder is usually silent, learned from its own arrivals and counted in business hours: a night, a weekend or a holiday is no silence, and two hours of a Monday morning are two hours.</summary>
internal static class UsualGap
{
    private const int Enough = 20;
    private const double HalfAsLongAgain = 1.5;
    private static readonly TimeSpan LongEnough = TimeSpan.FromDays(14), Shortest = TimeSpan.FromHours(1);

    /// <summary>How far back it looks.</summary>
    public static TimeSpan Lately { get; } = TimeSpan.FromDays(42);

    /// <summary>The longest silence between two arrivals that is usual, in whole minutes of business hours; null while fewer than twenty in two weeks are known. The one longest is left out: it was a day when something was wrong, or may have been.</summary>
    public static int? Minutes(IReadOnlyCollection<DateTimeOffset> arrivals, BusinessCalendar calendar)
    {
        var sorted = arrivals.Order().ToList();
        if (sorted.Count < Enough || sorted[^1] - sorted[0] < LongEnough) return null;
        return (int)sorted.Zip(sorted.Skip(1), (a, b) => Between(calendar, a, b)).OrderDescending().Skip(1).First().TotalMinutes;
    }

    /// <summary>Whether it has been silent for longer than usual: half as long again, and at least a business hour.</summary>
    public static bool IsTooLong(int usualMinutes, DateTimeOffset lastArrival, DateTimeOffset now, BusinessCalendar calendar)
    {
        var silence = Between(calendar, lastArrival, now);
        return silence > Shortest && silence > TimeSpan.FromMinutes(usualMinutes * HalfAsLongAgain);
    }

    // Whoever is never open counts every hour.
    private static TimeSpan Between(BusinessCalendar calendar, DateTimeOffset a, DateTimeOffset b) => calendar.Hours.AnyOpen ? calendar.BusinessTimeBetween(a, b) : b - a;
}
