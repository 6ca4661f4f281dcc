using Rapport.Kernel.Calendar;

namespace Rapport.Dialogue;

/// <summary>A length of time as those who work in it count it.</summary>
internal static class WorkingTime
{
    /// <summary>"1 working day" from Friday to Monday; within a day "3 working hours", "less than an hour".</summary>
    public static string Say(BusinessCalendar calendar, DateTimeOffset from, DateTimeOffset until)
    {
        var days = calendar.WorkingDaysBetween(LocalTime.DateOf(from, calendar.Zone), LocalTime.DateOf(until, calendar.Zone));
        if (days > 0) return days == 1 ? "1 working day" : $"{days} working days";
        var hours = (int)calendar.BusinessTimeBetween(from, until).TotalHours;
        return hours switch { < 1 => "under a working hour", 1 => "1 working hour", _ => $"{hours} working hours" };
    }
}
