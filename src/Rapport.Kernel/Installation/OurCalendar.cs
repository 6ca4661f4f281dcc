using System.Collections.Concurrent;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Installation;

/// <summary>The calendar that rules every clock that concerns people, where nothing nearer has one of its own.</summary>
public static class OurCalendar
{
    private const int MostKnown = 200;

    // Every request asks for one, and they change once a year: what they have laid out already is worth keeping.
    private static readonly ConcurrentDictionary<string, BusinessCalendar> Known = new();

    /// <summary>Our business hours in our zone, with our country's holidays and our own.</summary>
    public static BusinessCalendar Calendar(this OurInstallation us) => Of(us.Zone, us.BusinessHours, us.Country, us.ExtraHolidays);

    /// <summary>The calendar of what somebody wrote down. Hours that cannot be read are ordinary office hours; a zone that this machine does not know is UTC, a country without known holidays has none.</summary>
    public static BusinessCalendar Of(string zone, string hours, string country, IReadOnlyCollection<DateOnly> closed)
    {
        var settings = $"{zone}\n{hours}\n{country}\n{string.Join(' ', closed)}";
        if (Known.TryGetValue(settings, out var there)) return there;
        if (Known.Count >= MostKnown) Known.Clear();
        var open = BusinessHours.TryParse(hours, out var read, out _) ? read : BusinessHours.Standard;
        var holidays = Holidays.Countries.Any(c => c.Code == country) ? Holidays.For(country) : Holidays.None;
        var where = LocalTime.ZoneOr(zone, TimeZoneInfo.Utc);
        return Known.GetOrAdd(settings, new BusinessCalendar(open, where, holidays.With(closed.Select(day => new Holiday(day, "closed")))));
    }

    /// <summary>Ours, read once in an operation; ordinary office hours before the first run.</summary>
    public static async Task<BusinessCalendar> CalendarAsync(this RapportDb db, CancellationToken ct) => (await db.Set<OurInstallation>().FindAsync([1], ct))?.Calendar() ?? BusinessCalendar.Standard(TimeZoneInfo.Utc);
}
