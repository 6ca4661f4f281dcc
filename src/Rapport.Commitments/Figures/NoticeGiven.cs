namespace Rapport.Commitments;

/// <summary>How long before it was due something was promised, in days of the calendar.</summary>
public enum NoticeGiven
{
    /// <summary>For the same day.</summary>
    SameDay,
    /// <summary>One to three days.</summary>
    ThreeDays,
    /// <summary>Four to seven days.</summary>
    Week,
    /// <summary>Eight to thirty-one days.</summary>
    Month,
    /// <summary>More than that.</summary>
    Longer,
    /// <summary>Nobody said by when.</summary>
    Undated,
}

/// <summary>Tells how much notice was given.</summary>
public static class Notices
{
    /// <summary>From when it was said to when it was due at first, in days of the calendar of a zone.</summary>
    public static NoticeGiven Of(DateTimeOffset saidAt, DateTimeOffset? due, TimeZoneInfo zone)
    {
        if (due is not { } end) return NoticeGiven.Undated;
        return (Day(end) - Day(saidAt)) switch { <= 0 => NoticeGiven.SameDay, <= 3 => NoticeGiven.ThreeDays, <= 7 => NoticeGiven.Week, <= 31 => NoticeGiven.Month, _ => NoticeGiven.Longer };

        int Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime).DayNumber;
    }
}
