namespace Rapport.Kernel.Calendar;

/// <summary>Easter Sunday, by the arithmetic of the Gregorian calendar (Butcher 1876) and of the Julian one (Meeus, Astronomical Algorithms).</summary>
public static class Easter
{
    /// <summary>Easter of the western churches.</summary>
    public static DateOnly Western(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        var weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
        var late = (golden + 11 * moon + 22 * weekday) / 451;
        var days = moon + weekday - 7 * late + 114;
        return new DateOnly(year, days / 31, days % 31 + 1);
    }

    /// <summary>Easter of the eastern churches, as a Gregorian date.</summary>
    public static DateOnly Orthodox(int year)
    {
        var moon = (19 * (year % 19) + 15) % 30;
        var days = moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114;
        var julianBehind = year / 100 - year / 400 - 2;
        return new DateOnly(year, days / 31, days % 31 + 1).AddDays(julianBehind);
    }
}
