using System.Globalization;

namespace Rapport.Kernel.Calendar;

/// <summary>Moments in words for people outside, with the clock named: they read them in a mail, where nobody knows their clock.</summary>
public static class ClockWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"Friday, 5 December 2025, 17:00 (Berlin time)".</summary>
    public static string At(DateTimeOffset moment, TimeZoneInfo zone) =>
        $"{TimeZoneInfo.ConvertTime(moment, zone).ToString("dddd, d MMMM yyyy, HH:mm", English)} ({Of(zone)})";

    /// <summary>Whose clock: "Berlin time", "UTC".</summary>
    public static string Of(TimeZoneInfo zone) => $"{zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ')}{(zone.Id.Contains('/', StringComparison.Ordinal) ? " time" : "")}";

    /// <summary>"Friday, 5 December 2025".</summary>
    public static string Day(DateTimeOffset moment, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(moment, zone).ToString("dddd, d MMMM yyyy", English);

    /// <summary>"5 December 2025".</summary>
    public static string Date(DateOnly day) => day.ToString("d MMMM yyyy", English);
}
