using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Rapport.Kernel.Calendar;

/// <summary>One stretch of open time within a day, in minutes after midnight on the wall clock; <c>Until</c> (at most 1440) is not part of it.</summary>
public readonly record struct Opening(int From, int Until)
{
    /// <summary>As written in the settings: <c>09:00-17:00</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From / 60:00}:{From % 60:00}-{Until / 60:00}:{Until % 60:00}");
}

/// <summary>When a week is open, day by day; immutable, openings sorted and apart.</summary>
public sealed class BusinessHours : IEquatable<BusinessHours>
{
    private static readonly string[] Names = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

    private readonly ImmutableArray<Opening>[] week;

    private BusinessHours(ImmutableArray<Opening>[] mondayFirst) => week = mondayFirst;

    /// <summary>Monday to Friday from nine to five.</summary>
    public static BusinessHours Standard { get; } = BusinessHoursText.Parse("Mo-Fr 09:00-17:00");

    /// <summary>Never open: every question about it ends at once, without an answer.</summary>
    public static BusinessHours Never { get; } = From([]);

    /// <summary>Every minute of the week.</summary>
    public static BusinessHours Always { get; } = From(Enum.GetValues<DayOfWeek>().Select(day => (day, new Opening(0, 1440))));

    /// <summary>The openings of a weekday, earliest first; empty when closed.</summary>
    public ImmutableArray<Opening> On(DayOfWeek day) => week[FromMonday(day)];

    /// <summary>Whether there is any open minute in the week.</summary>
    public bool AnyOpen => week.Any(day => day.Length > 0);

    /// <summary>The hours people call an ordinary day: from the commonest opening to the commonest closing time; 09:00-17:00 when never open.</summary>
    public Opening Usual
    {
        get
        {
            var days = week.Where(day => day.Length > 0).Select(day => new Opening(day[0].From, day[^1].Until)).ToList();
            return days.Count == 0 ? new Opening(540, 1020) : days.GroupBy(day => day).OrderByDescending(same => same.Count()).First().Key;
        }
    }

    /// <summary>Hours made of openings; touching and overlapping ones are joined. Throws <see cref="ArgumentException"/> for one outside its day.</summary>
    public static BusinessHours From(IEnumerable<(DayOfWeek Day, Opening Opening)> openings)
    {
        var lists = openings.ToLookup(each => FromMonday(each.Day), each => each.Opening);
        return new BusinessHours([.. Enumerable.Range(0, 7).Select(day => Joined(lists[day]))]);
    }

    /// <summary>Reads what <see cref="ToString"/> writes, and more; throws <see cref="FormatException"/> with a sentence for people.</summary>
    public static BusinessHours Parse(string text) => BusinessHoursText.Parse(text);

    /// <summary>Reads hours as written in the settings, or says in one sentence what is wrong with them.</summary>
    public static bool TryParse(string? text, out BusinessHours hours, out string problem) => BusinessHoursText.TryParse(text, out hours, out problem);

    /// <summary>The shortest settings string that means these hours, e.g. <c>Mo-Fr 09:00-17:00; Sa 10:00-13:00</c>, or <c>closed</c>.</summary>
    public override string ToString()
    {
        if (!AnyOpen) return "closed";
        var text = new StringBuilder();
        for (var day = 0; day < 7;)
        {
            var last = day;
            while (last < 6 && week[last + 1].SequenceEqual(week[day])) last++;
            if (week[day].Length > 0)
            {
                if (text.Length > 0) text.Append("; ");
                text.Append(Names[day]).Append(last > day ? "-" + Names[last] : "").Append(' ').AppendJoin(", ", week[day]);
            }
            day = last + 1;
        }
        return text.ToString();
    }

    /// <summary>The same hours on every day.</summary>
    public bool Equals(BusinessHours? other) => other is not null && week.Zip(other.week).All(pair => pair.First.SequenceEqual(pair.Second));
    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BusinessHours);
    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static int FromMonday(DayOfWeek day) => ((int)day + 6) % 7;

    private static ImmutableArray<Opening> Joined(IEnumerable<Opening> openings)
    {
        var joined = ImmutableArray.CreateBuilder<Opening>();
        foreach (var next in openings.OrderBy(each => each.From))
        {
            if (next.From < 0 || next.Until > 1440 || next.From >= next.Until)
                throw new ArgumentException($"The opening {next} does not lie within one day.", nameof(openings));
            if (joined.Count > 0 && next.From <= joined[^1].Until) joined[^1] = new Opening(joined[^1].From, Math.Max(joined[^1].Until, next.Until));
            else joined.Add(next);
        }
        return joined.ToImmutable();
    }
}
