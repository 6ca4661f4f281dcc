namespace Rapport.Dialogue;

/// <summary>What is learned of how often we are in dialogue with somebody.</summary>
/// <param name="Contacts">Days with contact that were looked at.</param>
/// <param name="LastContactAt">The last contact.</param>
/// <param name="GapDays">The median of the days between one day with contact and the next; null below five contacts.</param>
/// <param name="QuietAt">When silence becomes unusual; null below five contacts.</param>
public readonly record struct Learned(int Contacts, DateTimeOffset LastContactAt, double? GapDays, DateTimeOffset? QuietAt);

/// <summary>When somebody has gone quiet (D4): at least five contacts on record, and silence over twice their own median gap.</summary>
public static class RhythmRule
{
    /// <summary>Below this many contacts nothing is usual.</summary>
    public const int FewestContacts = 5;

    /// <summary>Days with contact that are looked at, the latest ones: a rhythm changes.</summary>
    public const int MostContacts = 50;

    /// <summary>Silence over so many of their own gaps is unusual.</summary>
    public const double UnusualGaps = 2;

    /// <summary>Nobody goes quiet over a weekend, however often we speak.</summary>
    public static readonly TimeSpan ShortestSilence = TimeSpan.FromDays(7);

    /// <summary>Learns from contacts in any order; several on one day count once. Null without any.</summary>
    public static Learned? Of(IEnumerable<DateTimeOffset> contacts)
    {
        var days = contacts.GroupBy(c => DateOnly.FromDateTime(c.UtcDateTime)).OrderByDescending(d => d.Key).Take(MostContacts).ToList();
        if (days.Count == 0) return null;
        var last = days[0].Max();
        if (days.Count < FewestContacts) return new(days.Count, last, null, null);
        var gap = Median([.. days.Zip(days.Skip(1), (later, earlier) => later.Key.DayNumber - earlier.Key.DayNumber)]);
        var silence = TimeSpan.FromDays(UnusualGaps * gap);
        return new(days.Count, last, gap, last + (silence < ShortestSilence ? ShortestSilence : silence));
    }

    private static double Median(List<int> gaps)
    {
        gaps.Sort();
        return gaps.Count % 2 == 1 ? gaps[gaps.Count / 2] : (gaps[gaps.Count / 2 - 1] + gaps[gaps.Count / 2]) / 2.0;
    }
}
