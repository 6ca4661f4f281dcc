namespace Rapport.Demo;

/// <summary>Office hours in a zone: where life is moved to when the clock falls outside them.</summary>
internal static class WorkingHours
{
    public static readonly TimeSpan Closing = TimeSpan.FromHours(17);

    public static DateTimeOffset In(DateTimeOffset moment, string zone) => TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(zone));

    /// <summary>Monday to Friday but for the days at the turn of the year that are free nearly everywhere.</summary>
    public static bool IsWorkday(DateTime day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && (day.Month, day.Day) is not ((12, 25) or (12, 26) or (1, 1));

    /// <summary>The moment itself when it lies in office hours there, else a time soon after the next opening.</summary>
    public static DateTimeOffset Forward(DateTimeOffset moment, string zone, Dice dice)
    {
        var local = In(moment, zone).DateTime;
        if (IsWorkday(local) && local.TimeOfDay >= TimeSpan.FromHours(7.6) && local.TimeOfDay < TimeSpan.FromHours(17.6)) return At(local, zone);
        var day = local.TimeOfDay < TimeSpan.FromHours(7.6) ? local.Date : local.Date.AddDays(1);
        while (!IsWorkday(day)) day = day.AddDays(1);
        return At(day.AddHours(7.7).AddSeconds(dice.Below(9000)), zone);
    }

    /// <summary>The moment itself when it lies in office hours there, else a time shortly before the last closing.</summary>
    public static DateTimeOffset Backward(DateTimeOffset moment, string zone, Dice dice)
    {
        var local = In(moment, zone).DateTime;
        if (IsWorkday(local) && local.TimeOfDay >= TimeSpan.FromHours(7.6) && local.TimeOfDay < TimeSpan.FromHours(17.6)) return At(local, zone);
        var day = local.TimeOfDay < TimeSpan.FromHours(7.6) ? local.Date.AddDays(-1) : local.Date;
        while (!IsWorkday(day)) day = day.AddDays(-1);
        return At(day.AddHours(17).AddSeconds(-dice.Below(7200)), zone);
    }

    public static DateTime AddWorkdays(DateTime day, int count)
    {
        for (day = day.Date; count != 0;)
        {
            day = day.AddDays(Math.Sign(count));
            if (IsWorkday(day)) count -= Math.Sign(count);
        }
        return day;
    }

    /// <summary>A local time as a moment; times skipped in spring move on by an hour.</summary>
    public static DateTimeOffset At(DateTime local, string zone)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (info.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, info.GetUtcOffset(local));
    }
}
