using System.Globalization;
using Rapport.Commitments.Dates;
using Rapport.Kernel.Calendar;

namespace Rapport.Commitments;

/// <summary>What must be known to read a due date: when it was said, and the clocks and working days of the person it was said to.</summary>
/// <param name="At">The moment it was said.</param>
/// <param name="Zone">The zone of the person it was promised to; results carry its offset.</param>
/// <param name="Calendar">The hours and holidays; taken on the clocks of <paramref name="Zone"/>.</param>
public sealed record DueContext(DateTimeOffset At, TimeZoneInfo Zone, BusinessCalendar Calendar)
{
    /// <summary>How 03/04/2027 is read; dates with dots are day first everywhere.</summary>
    public DateOrder Order { get; init; } = DateOrder.DayFirst;

    /// <summary>The month (1 to 12) in which the first quarter and the year begin.</summary>
    public int FiscalYearStart { get; init; } = 1;

    /// <summary>The local wall time it was said.</summary>
    internal DateTime Now => LocalTime.View(At, Zone).DateTime;

    /// <summary>Reads a zone by its IANA name (<c>Europe/Berlin</c>) or says what is wrong.</summary>
    public static bool TryParseZone(string? text, out TimeZoneInfo zone, out string problem)
    {
        var known = TimeZoneInfo.TryFindSystemTimeZoneById(text?.Trim() ?? "", out var found);
        zone = found ?? TimeZoneInfo.Utc;
        problem = known ? "" : $"There is no time zone \"{text}\"; write one like Europe/Berlin or UTC.";
        return known;
    }

    /// <summary>Reads a moment: wall time in the zone (<c>2026-11-22T10:00</c>), or with an offset of its own (<c>...+01:00</c>, <c>...Z</c>); a date alone is its midnight.
    /// A time the clock skips moves on by the gap, a repeated one is its first occurrence.</summary>
    public static bool TryParseAt(string? text, TimeZoneInfo zone, out DateTimeOffset at, out string problem)
    {
        string[] wall = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];
        string[] offset = ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];
        (at, problem) = (default, "");
        var given = text?.Trim();
        if (DateTime.TryParseExact(given, wall, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) at = LocalTime.In(zone, local);
        else if (DateTimeOffset.TryParseExact(given, offset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)) at = LocalTime.View(moment, zone);
        else problem = $"\"{text}\" is not a moment; write one like 2026-11-22T10:00.";
        return problem.Length == 0;
    }
}
