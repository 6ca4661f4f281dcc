using System.Globalization;

namespace Rapport.Kernel.Calendar;

/// <summary>Days that follow the moon or the sun. Null outside the years they are known for: Chinese 1901-2099, Korean 1900-2050, sun days 2000-2099.</summary>
internal static class LunarDays
{
    private static readonly ChineseLunisolarCalendar ChineseYear = new();
    private static readonly KoreanLunisolarCalendar KoreanYear = new();

    public static DateOnly? Chinese(int year, int month, int day) => year is < 1902 or > 2099 ? null : Lunisolar(ChineseYear, year, month, day);

    public static DateOnly? Korean(int year, int month, int day) => year is < 1900 or > 2050 ? null : Lunisolar(KoreanYear, year, month, day);

    /// <summary>Tomb-sweeping day, the solar term of early April.</summary>
    public static DateOnly? Qingming(int year)
    {
        if (year is < 2000 or > 2099) return null;
        var inCentury = year - 2000;
        return new DateOnly(year, 4, (int)(inCentury * 0.2422 + 4.81) - inCentury / 4);
    }

    /// <summary>The equinox of March or September on Japanese clocks.</summary>
    public static DateOnly? Equinox(int year, int month)
    {
        if (year is < 2000 or > 2099) return null;
        var passed = year - 1980;
        return new DateOnly(year, month, (int)((month == 3 ? 20.8431 : 23.2488) + 0.242194 * passed - passed / 4));
    }

    private static DateOnly Lunisolar(EastAsianLunisolarCalendar calendar, int year, int month, int day)
    {
        // Months are numbered through the leap month, which pushes the later ones on.
        var leap = calendar.GetLeapMonth(year);
        var number = leap > 0 && month >= leap ? month + 1 : month;
        return DateOnly.FromDateTime(calendar.ToDateTime(year, number, day, 0, 0, 0, 0));
    }
}
