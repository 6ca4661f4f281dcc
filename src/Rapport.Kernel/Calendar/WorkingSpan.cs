using System.Globalization;
using System.Text.RegularExpressions;

namespace Rapport.Kernel.Calendar;

/// <summary>In what a length of working time is counted.</summary>
public enum WorkingUnit
{
    /// <summary>Minutes in which we are open.</summary>
    Minutes,
    /// <summary>Hours in which we are open.</summary>
    Hours,
    /// <summary>Working days, to the same time of day, or the nearest at which we are open then.</summary>
    Days,
}

/// <summary>A length of time as those who work in it give it: "30 min", "4 h", "2 days". Written <c>30m</c>, <c>4h</c>, <c>2d</c>.</summary>
public readonly partial record struct WorkingSpan(int Amount, WorkingUnit Unit)
{
    /// <summary>The longest, in any unit.</summary>
    public const int Most = 999;

    /// <summary>Reads what people write: "4h", "4 hours", "90 min", "2 days". Null when it is no such length.</summary>
    public static WorkingSpan? Parse(string? text)
    {
        if (Written().Match(text?.Trim() ?? "") is not { Success: true } match || !int.TryParse(match.Groups["n"].Value, CultureInfo.InvariantCulture, out var amount) || amount is < 1 or > Most) return null;
        return new(amount, char.ToLowerInvariant(match.Groups["unit"].Value[0]) switch { 'm' => WorkingUnit.Minutes, 'h' => WorkingUnit.Hours, _ => WorkingUnit.Days });
    }

    /// <summary>When it is over, from a moment on: nothing passes while we are closed. Null where the calendar is never open.</summary>
    public DateTimeOffset? After(BusinessCalendar calendar, DateTimeOffset at) => Unit switch
    {
        WorkingUnit.Minutes => calendar.AddBusinessTime(at, TimeSpan.FromMinutes(Amount)),
        WorkingUnit.Hours => calendar.AddBusinessTime(at, TimeSpan.FromHours(Amount)),
        // What comes in the evening is as if it had come the next morning.
        WorkingUnit.Days => calendar.NextOpening(at) is { } open && calendar.AddWorkingDays(open, Amount) is { } end ? WhileOpen(calendar, end) : null,
    };

    // The hours of that day may be others than those of the day it began on.
    private static DateTimeOffset WhileOpen(BusinessCalendar calendar, DateTimeOffset end)
    {
        var openings = calendar.Openings(LocalTime.DateOf(end, calendar.Zone));
        foreach (var open in openings)
            if (end <= open.End) return end < open.Start ? open.Start : end;
        return openings is [.., var last] ? last.End : end;
    }

    /// <summary>For people: "4 business hours".</summary>
    public string Words => Unit switch
    {
        WorkingUnit.Minutes => Amount == 1 ? "1 business minute" : $"{Amount} business minutes",
        WorkingUnit.Hours => Amount == 1 ? "1 business hour" : $"{Amount} business hours",
        WorkingUnit.Days => Amount == 1 ? "1 working day" : $"{Amount} working days",
    };

    /// <summary>For narrow places: "30 min", "4 h", "2 days".</summary>
    public string Short => Unit switch { WorkingUnit.Minutes => $"{Amount} min", WorkingUnit.Hours => $"{Amount} h", WorkingUnit.Days => Amount == 1 ? "1 day" : $"{Amount} days" };

    /// <summary>As it is stored and given to programs.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount}{Unit switch { WorkingUnit.Minutes => 'm', WorkingUnit.Hours => 'h', WorkingUnit.Days => 'd' }}");

    [GeneratedRegex(@"^(?<n>\d{1,4})\s*(?:(?:business|working)\s+)?(?<unit>m|min|mins|minutes?|h|hrs?|hours?|d|days?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
