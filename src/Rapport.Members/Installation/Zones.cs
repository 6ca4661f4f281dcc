namespace Rapport.Members;

/// <summary>The time zones one can choose.</summary>
public static class Zones
{
    // Areas of the IANA names that people know; the rest are old aliases.
    private static readonly string[] Areas = ["Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"];

    private static readonly Lazy<IReadOnlyList<string>> Names = new(() =>
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => Areas.Any(area => id.StartsWith(area, StringComparison.Ordinal))).Append("UTC").Distinct().Order(StringComparer.Ordinal)]);

    /// <summary>IANA names, sorted.</summary>
    public static IReadOnlyList<string> All => Names.Value;

    /// <summary>Whether this machine knows it.</summary>
    public static bool IsKnown(string? zone) => zone is { Length: > 0 and < 100 } && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    /// <summary>This machine's, or UTC.</summary>
    public static string Here => All.Contains(TimeZoneInfo.Local.Id) ? TimeZoneInfo.Local.Id : "UTC";
}
