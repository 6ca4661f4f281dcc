namespace Rapport.Kernel.Calendar;

/// <summary>Wall time in a zone as a moment, where the clock skips or repeats an hour too.</summary>
public static class LocalTime
{
    /// <summary>The moment of a wall time. A skipped time moves on by the length of the gap (02:30 becomes 03:30), a repeated one is its first occurrence.
    /// Times outside the years 1 to 9999 are moved to their edge.</summary>
    public static DateTimeOffset In(TimeZoneInfo zone, DateTime wall)
    {
        var local = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        var ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return View(new DateTimeOffset(ticks, TimeSpan.Zero), zone);
    }

    /// <summary>The zone with this name; another where there is no name, or none that this machine knows.</summary>
    public static TimeZoneInfo ZoneOr(string? name, TimeZoneInfo otherwise) => name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : otherwise;

    /// <summary>The same moment as the wall clock of the zone shows it.</summary>
    public static DateTimeOffset View(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone);

    /// <summary>The local date of a moment.</summary>
    public static DateOnly DateOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(View(at, zone).DateTime);

    /// <summary>When a period that begins at this wall time begins: a skipped time begins where the gap ends, a repeated one at its first occurrence.</summary>
    internal static DateTimeOffset Beginning(TimeZoneInfo zone, DateTime wall) => In(zone, AfterGap(zone, wall));

    /// <summary>When a period that ends at this wall time ends: a skipped time ends where the gap ends, a repeated one at its last occurrence.</summary>
    internal static DateTimeOffset Ending(TimeZoneInfo zone, DateTime wall)
    {
        var local = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        return zone.IsAmbiguousTime(local)
            ? View(new DateTimeOffset(local, zone.GetAmbiguousTimeOffsets(local).Min()), zone)
            : Beginning(zone, local);
    }

    private static DateTime AfterGap(TimeZoneInfo zone, DateTime wall)
    {
        var local = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        if (!zone.IsInvalidTime(local)) return local;
        local = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
        for (var minutes = 0; minutes < 24 * 60 && zone.IsInvalidTime(local); minutes++) local = local.AddMinutes(1);
        return local;
    }
}
