using Rapport.Kernel.Calendar;

namespace Rapport.Commitments;

/// <summary>How many working days before it is due a promise is spoken of: the more hangs on it and the longer it was known, the earlier.</summary>
public static class ReminderRule
{
    /// <summary>The earliest.</summary>
    public const int MostAhead = 5;

    /// <summary>Working days between promise and due date from which on one was promised long ahead.</summary>
    private const int Long = 10;

    /// <summary>From so many working days before on; zero is the day itself. Never before half of the time has passed: who has just promised needs no reminder.</summary>
    public static int Ahead(Weight weight, int leadWorkingDays) => Math.Min(leadWorkingDays / 2, weight switch
    {
        Weight.Small => 0,
        Weight.Normal => leadWorkingDays >= Long ? 2 : 1,
        Weight.Serious => leadWorkingDays >= Long ? MostAhead : 2,
    });

    /// <summary>Whether it is time to speak of what is due on a later day.</summary>
    public static bool IsSoon(Weight weight, DateOnly said, DateOnly due, DateOnly today, BusinessCalendar calendar) =>
        calendar.WorkingDaysBetween(today, due) is var left && left <= Ahead(weight, Math.Max(0, calendar.WorkingDaysBetween(said, due)));
}
