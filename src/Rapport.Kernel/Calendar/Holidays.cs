using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Rapport.Kernel.Calendar;

/// <summary>A day on which business rests.</summary>
public readonly record struct Holiday(DateOnly Date, string Name);

/// <summary>A country (ISO 3166-1) or part of one (3166-2) whose holidays are known, and the years for which all of them are.</summary>
public sealed record HolidayCountry(string Code, string Name, int FirstYear, int LastYear);

/// <summary>The holidays of one country with what the installation added; computed year by year from rules, remembered, thread-safe.</summary>
public sealed class Holidays
{
    private readonly HolidayRule[] rules;
    private readonly Holiday[] extra;
    private readonly ConcurrentDictionary<int, FrozenDictionary<DateOnly, string>> years = [];

    private Holidays(HolidayRule[] rules, IEnumerable<Holiday> extra) => (this.rules, this.extra) = (rules, [.. extra]);

    /// <summary>No holidays at all.</summary>
    public static Holidays None { get; } = new([], []);

    /// <summary>The countries known, by code.</summary>
    public static IReadOnlyList<HolidayCountry> Countries => HolidayTable.Countries;

    /// <summary>The holidays of a country by its ISO code (<c>DE</c>, <c>GB-SCT</c>), case does not matter. Throws <see cref="ArgumentException"/> for an unknown one.</summary>
    public static Holidays For(string country) => HolidayTable.Rules(country) is { } rules
        ? new Holidays(rules, [])
        : throw new ArgumentException($"Holidays of \"{country}\" are not known; known are {string.Join(", ", Countries.Select(each => each.Code))}.", nameof(country));

    /// <summary>The same with more days, such as the organisation's own.</summary>
    public Holidays With(params IEnumerable<Holiday> more) => new(rules, [.. extra, .. more]);

    /// <summary>Whether business rests on the date.</summary>
    public bool Contains(DateOnly date) => Year(date.Year).ContainsKey(date);

    /// <summary>The name of the holiday, or null on other days.</summary>
    public string? NameOf(DateOnly date) => Year(date.Year).GetValueOrDefault(date);

    /// <summary>All holidays of a year (1 to 9999) in order, those that make good for a weekend included.</summary>
    public IReadOnlyList<Holiday> In(int year) => [.. Year(year).Select(day => new Holiday(day.Key, day.Value)).OrderBy(day => day.Date)];

    private FrozenDictionary<DateOnly, string> Year(int year) => years.GetOrAdd(year, Compute);

    private FrozenDictionary<DateOnly, string> Compute(int year)
    {
        // The neighbours count too: a Saturday New Year's Day is kept on the last day of the year before.
        var found = (from each in Enumerable.Range(year - 1, 3)
                     where each is > 1 and < 9999
                     from rule in rules
                     let date = rule.In(each)
                     where date is not null
                     orderby date
                     select (Date: date.Value, Rule: rule)).ToList();
        var days = new Dictionary<DateOnly, string>();
        foreach (var (date, rule) in found) days.TryAdd(date, rule.Name);
        foreach (var (date, rule) in found)
            if (MadeGood(date, rule.Substitute, days.ContainsKey) is { } instead) days.TryAdd(instead, $"{rule.Name} (substitute)");
        foreach (var day in extra) days.TryAdd(day.Date, day.Name);
        return days.Where(day => day.Key.Year == year).ToFrozenDictionary();
    }

    private static DateOnly? MadeGood(DateOnly date, string how, Func<DateOnly, bool> taken)
    {
        var (saturday, sunday) = (date.DayOfWeek == DayOfWeek.Saturday, date.DayOfWeek == DayOfWeek.Sunday);
        if (how == "near") return saturday ? date.AddDays(-1) : sunday ? date.AddDays(1) : null;
        if (!(sunday && how == "sunday") && !((saturday || sunday) && how == "next")) return null;
        do date = date.AddDays(1);
        while (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || taken(date));
        return date;
    }
}
