namespace Rapport.Commitments.Dates;

/// <summary>Days counted within a month: the first Monday in December, the last Friday of the month, the last working day of May.</summary>
internal sealed partial class DateGrammar
{
    private Stretch? CountedInMonth(ref int i)
    {
        var k = i;
        SkipAny(ref k, "on");
        SkipAny(ref k, "the");
        var last = T(k).Lexeme?.Text == "last";
        var nth = T(k).Lexeme is { Ordinal: >= 1 and <= 5 and var ordinal } ? ordinal : T(k) is { Kind: TokenKind.Number, Ordinal: true, Value: >= 1 and <= 23 and var number } ? number : 0;
        if (!last && nth == 0) return null;
        k++;
        var working = SkipAny(ref k, "working", "business");
        if (nth > 5 && !working || T(k).Lexeme is not { } counted || (counted.Weekday is null && counted.Unit is not (Unit.Day or Unit.Week))) return null;
        k++;
        var current = new DateTime(now.Year, now.Month, 1);
        var j = k;
        if (SkipAny(ref j, "of", "in") && MonthNamed(ref j) is { } months) k = j;
        else if (working && nth > 0) months = [current, current.AddMonths(1)];
        else return null;
        foreach (var month in months)
        {
            var found = Counted(month, last, nth, counted, working);
            if (found is null) return Take(ref i, k, new Stretch(When.NotThere($"There is no such day in {MonthName(month.Month)} {month.Year}.")));
            if ((found.Working is { } days ? Weekdays(found.Date, days) : found.Date) < now.Date && month != months[^1]) continue;
            return Take(ref i, k, new Stretch(found));
        }
        return null;
    }

    private static When? Counted(DateTime month, bool last, int nth, Lexeme counted, bool working)
    {
        var length = DateTime.DaysInMonth(month.Year, month.Month);
        if (working && counted.Unit == Unit.Day)
            return last ? When.On(month.AddMonths(1)) with { Working = -1 } : When.On(month.AddDays(-1)) with { Working = nth };
        if (counted.Weekday is { } weekday)
        {
            var day = last
                ? length - (((int)month.AddDays(length - 1).DayOfWeek - (int)weekday + 7) % 7)
                : 1 + ((int)weekday - (int)month.DayOfWeek + 7) % 7 + 7 * (nth - 1);
            return day > length ? null : When.On(month.AddDays(day - 1));
        }
        // The first week of a month is the one that holds most of its first days.
        var (step, first) = counted.Unit == Unit.Week ? (7, 3) : (1, 0);
        var date = month.AddDays(last ? length - 1 : first + step * (nth - 1));
        return When.On(date, counted.Unit!.Value);
    }

    /// <summary>About when that working day is; holidays are not known here.</summary>
    private static DateTime Weekdays(DateTime from, double days)
    {
        var step = Math.Sign(days);
        for (var left = Math.Abs(days); left > 0; )
        {
            from = from.AddDays(step);
            if (from.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) left--;
        }
        return from;
    }

    /// <summary>The month meant, and the one to take when the day in it is over.</summary>
    private List<DateTime>? MonthNamed(ref int i)
    {
        var k = i;
        var current = new DateTime(now.Year, now.Month, 1);
        if (Skip(ref k, "next", "month")) return Months(ref i, k, current.AddMonths(1));
        if (Skip(ref k, "this", "month") || Skip(ref k, "the", "current", "month")) return Months(ref i, k, current);
        if (Skip(ref k, "the", "month") || Skip(ref k, "each", "month")) return Months(ref i, k, current, current.AddMonths(1));
        if (T(k).Lexeme is not { Month: > 0 and var month }) return null;
        k++;
        if (YearAfter(ref k, monthOnly: true) is { } year) return Months(ref i, k, new DateTime(year, month, 1));
        var named = new DateTime(now.Year, month, 1);
        return Months(ref i, k, month < now.Month ? named.AddYears(1) : named, named.AddYears(month < now.Month ? 2 : 1));
    }

    private static List<DateTime> Months(ref int i, int end, params List<DateTime> months)
    {
        i = end;
        return months;
    }
}
