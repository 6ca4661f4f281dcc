using System.Globalization;
using System.Text.RegularExpressions;

namespace Rapport.Kernel.Calendar;

/// <summary>One line of the holiday table: which day it is in a year, in which years, and what makes good for a weekend.</summary>
internal sealed partial class HolidayRule
{
    private static readonly string[] Weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly Func<int, DateOnly?> day;
    private readonly int from = 1, until = 9999;
    private readonly HashSet<int> except = [];

    public string Name { get; }
    public string Substitute { get; } = "";

    /// <summary>Reads a line such as <c>1 mon 05 !2020 ~next : Early May Bank Holiday</c>; throws <see cref="FormatException"/> naming the line.</summary>
    public HolidayRule(string line)
    {
        var parts = line.Split(" : ", 2, StringSplitOptions.TrimEntries);
        if (parts.Length != 2) throw new FormatException($"Holiday rule without a name: {line}");
        Name = parts[1];
        var what = new List<string>();
        foreach (var word in parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word[0] == '~') Substitute = word[1..];
            else if (word[0] == '!') except.Add(Number(word[1..]));
            else if (Years().Match(word) is { Success: true } years)
            {
                from = years.Groups["from"].Success ? Number(years.Groups["from"].Value) : 1;
                until = years.Groups["until"].Success ? Number(years.Groups["until"].Value) : word.EndsWith('-') ? 9999 : from;
            }
            else what.Add(word);
        }
        day = Day([.. what]) ?? throw new FormatException($"Holiday rule not understood: {line}");
    }

    /// <summary>The day in a year, or null when the rule does not hold then.</summary>
    public DateOnly? In(int year) => year < from || year > until || except.Contains(year) ? null : day(year);

    private static Func<int, DateOnly?>? Day(string[] what) => what switch
    {
        ["easter", .. var days] => year => Easter.Western(year).AddDays(Offset(days)),
        ["orthodox", .. var days] => year => Easter.Orthodox(year).AddDays(Offset(days)),
        ["chinese", var date, .. var days] => year => LunarDays.Chinese(year, Month(date), DayOf(date))?.AddDays(Offset(days)),
        ["korean", var date, .. var days] => year => LunarDays.Korean(year, Month(date), DayOf(date))?.AddDays(Offset(days)),
        ["qingming"] => LunarDays.Qingming,
        ["equinox-03"] => year => LunarDays.Equinox(year, 3),
        ["equinox-09"] => year => LunarDays.Equinox(year, 9),
        ["table", .. var dates] => Table(dates),
        [var weekday, "<=", var date] => year => OnOrBefore(Weekday(weekday), Fixed(year, date)),
        [var weekday, ">=", var date] => year => OnOrBefore(Weekday(weekday), Fixed(year, date).AddDays(6)),
        [var nth, var weekday, var month] => year => Nth(Number(nth), Weekday(weekday), year, Number(month)),
        [{ Length: 5 } date] => year => Fixed(year, date),
        _ => null,
    };

    private static Func<int, DateOnly?> Table(string[] dates)
    {
        var byYear = dates.Select(date => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture)).ToDictionary(date => date.Year);
        return year => byYear.TryGetValue(year, out var date) ? date : null;
    }

    private static DateOnly Nth(int nth, DayOfWeek weekday, int year, int month) => nth < 0
        ? OnOrBefore(weekday, new DateOnly(year, month, DateTime.DaysInMonth(year, month)))
        : OnOrBefore(weekday, new DateOnly(year, month, 7)).AddDays(7 * (nth - 1));

    private static DateOnly OnOrBefore(DayOfWeek weekday, DateOnly date) => date.AddDays(-((date.DayOfWeek - weekday + 7) % 7));

    private static DateOnly Fixed(int year, string date) => new(year, Month(date), DayOf(date));

    private static DayOfWeek Weekday(string name) => (DayOfWeek)Array.IndexOf(Weekdays, name);
    private static int Month(string date) => Number(date[..2]);
    private static int DayOf(string date) => Number(date[3..]);
    private static int Offset(string[] days) => days.Length == 0 ? 0 : Number(days[0]);
    private static int Number(string digits) => int.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<from>\d{4})?(-(?<until>\d{4})?)?$(?<=\d{4}-?)")]
    private static partial Regex Years();
}
