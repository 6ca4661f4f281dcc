using System.Globalization;

namespace Rapport.Design;

/// <summary>The moment a page is made for, in the zone and culture of its reader: everything that wording a time needs.</summary>
public sealed record LocalTime(DateTimeOffset Now, TimeZoneInfo Zone, CultureInfo Culture)
{
    /// <summary>Day and month names, and the 24-hour clock, of a reader about whom nothing else is known.</summary>
    public static CultureInfo DefaultCulture { get; } = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The reader's calendar day.</summary>
    public DateOnly Today => DateOnly.FromDateTime(At(Now).DateTime);

    /// <summary>The moment on the reader's clock.</summary>
    public DateTimeOffset At(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);
}
