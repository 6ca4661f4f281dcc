using Rapport.Kernel.Calendar;

namespace Rapport.Kernel.Installation;

/// <summary>The calendar that rules every clock that concerns people.</summary>
public static class OurCalendar
{
    /// <summary>Our business hours in our zone, with our country's holidays and our own.</summary>
    public static BusinessCalendar Calendar(this OurInstallation us)
    {
        var hours = BusinessHours.TryParse(us.BusinessHours, out var read, out _) ? read : BusinessHours.Standard;
        var holidays = Holidays.Countries.Any(c => c.Code == us.Country) ? Holidays.For(us.Country) : Holidays.None;
        return new(hours, us.TimeZone, holidays.With(us.ExtraHolidays.Select(day => new Holiday(day, "closed"))));
    }
}
