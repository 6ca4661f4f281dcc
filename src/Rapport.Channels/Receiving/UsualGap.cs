namespace Rapport.Channels;

/// <summary>How long a folder is usually silent, learned from its own arrivals: nights and weekends are in it by themselves.</summary>
internal static class UsualGap
{
    private const int Enough = 20;
    private const double HalfAsLongAgain = 1.5;
    private static readonly TimeSpan LongEnough = TimeSpan.FromDays(14), Shortest = TimeSpan.FromHours(1);

    /// <summary>How far back it looks.</summary>
    public static TimeSpan Lately { get; } = TimeSpan.FromDays(42);

    /// <summary>The longest silence between two arrivals, in whole minutes; null while fewer than twenty in two weeks are known.</summary>
    public static int? Minutes(IReadOnlyCollection<DateTimeOffset> arrivals)
    {
        var sorted = arrivals.Order().ToList();
        if (sorted.Count < Enough || sorted[^1] - sorted[0] < LongEnough) return null;
        return (int)sorted.Zip(sorted.Skip(1), (a, b) => b - a).Max().TotalMinutes;
    }

    /// <summary>Whether it has been silent for longer than usual: half as long again as ever lately, and at least an hour.</summary>
    public static bool IsTooLong(int longestMinutes, DateTimeOffset lastArrival, DateTimeOffset now)
    {
        var silence = now - lastArrival;
        return silence > Shortest && silence > TimeSpan.FromMinutes(longestMinutes * HalfAsLongAgain);
    }
}
