using System.Globalization;

namespace Rapport.Kernel.Calendar;

/// <summary>Business hours for people who have never seen how they are written: "Monday to Friday from 09:00 to 17:00 and Saturday from 10:00 to 13:00".</summary>
public static class HoursInWords
{
    private static readonly DayOfWeek[] Week = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>The hours, with the city of their zone; empty where there are none.</summary>
    public static string Of(BusinessCalendar calendar)
    {
        var parts = new List<string>();
        for (var day = 0; day < 7;)
        {
            var (first, open) = (day, calendar.Hours.On(Week[day]));
            while (++day < 7 && calendar.Hours.On(Week[day]).SequenceEqual(open)) { }
            if (open.Length > 0) parts.Add($"{(day - first == 1 ? $"{Week[first]}" : $"{Week[first]} to {Week[day - 1]}")} {string.Join(" and ", open.Select(o => $"from {Clock(o.From)} to {Clock(o.Until)}"))}");
        }
        var city = calendar.Zone.Id[(calendar.Zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');
        return parts.Count == 0 ? "" : $"{(parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}")} ({city} time)";
    }

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
}
