using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Installation;

/// <summary>The calendar that rules every clock that concerns people.</summary>
public static class OurCalendar
{
    // Every request asks for it, and it changes once a year: what it has laid out already is worth keeping.
    private static volatile Known? known;

    /// <summary>Our business hours in our zone, with our country's holidays and our own.</summary>
    public static BusinessCalendar Calendar(this OurInstallation us)
    {
        var settings = $"{us.Zone}\n{us.BusinessHours}\n{us.Country}\n{string.Join(' ', us.ExtraHolidays)}";
        if (known is { } last && last.Settings == settings) return last.Calendar;
        var hours = BusinessHours.TryParse(us.BusinessHours, out var read, out _) ? read : BusinessHours.Standard;
        var holidays = Holidays.Countries.Any(c => c.Code == us.Country) ? Holidays.For(us.Country) : Holidays.None;
        var calendar = new BusinessCalendar(hours, us.TimeZone, holidays.With(us.ExtraHolidays.Select(day => new Holiday(day, "closed"))));
        known = new(settings, calendar);
        return calendar;
    }

    /// <summary>The same, read once in an operation; ordinary office hours before the first run.</summary>
    public static async Task<BusinessCalendar> CalendarAsync(this RapportDb db, CancellationToken ct) => (await db.Set<OurInstallation>().FindAsync([1], ct))?.Calendar() ?? BusinessCalendar.Standard(TimeZoneInfo.Utc);

    private sealed record Known(string Settings, BusinessCalendar Calendar);
}
