namespace Rapport.Commitments.Dates;

/// <summary>Dates of the calendar: 2027-03-20, 20/3/2027, 20 March, March 20th 2027, the 15th, Q3 2027, week 14.</summary>
internal sealed partial class DateGrammar
{
    private Stretch? Iso(ref int i)
    {
        if (!IsNumber(i, 4) || T(i).Value == 0) return null;
        var mark = T(i + 1).Mark;
        var (monthAt, dayAt) = mark is '-' or '/' or '.' && T(i + 1).Glued && T(i + 3).Mark == mark ? (i + 2, i + 4) : (i + 1, i + 2);
        if (monthAt == i + 1 ? !IsNumber(monthAt, 2) || !IsNumber(dayAt, 2) : !Short(monthAt) || !Short(dayAt) || !T(monthAt).Glued || !T(dayAt).Glued) return null;
        if (monthAt == i + 1 && IsGluedMark(dayAt + 1, ':')) return null;
        if (IsGluedMark(dayAt + 1, '-') && T(dayAt + 2) is { Kind: TokenKind.Number, Glued: true }) return null;
        var date = Checked(T(i).Value, T(monthAt).Value, T(dayAt).Value);
        i = dayAt + 1;
        if (date.Impossible is null && Is(i, "t") && T(i).Glued)
        {
            var k = i + 1;
            if (Clock(ref k, false) is { } time)
            {
                i = k;
                if (IsGluedMark(i, '.') && T(i + 1) is { Kind: TokenKind.Number, Glued: true } fraction)
                {
                    time = time with { Millisecond = (int)(fraction.Value / Math.Pow(10, fraction.Digits) * 1000) };
                    i += 2;
                }
                return new Stretch(date.WithTime(time with { HalfDayOpen = false }));
            }
        }
        return new Stretch(date);
    }

    /// <summary>6/10/2018 and 6/10 in the order of the place; 02.07.2013 always day first; 04/2016 is a month.</summary>
    private Stretch? Numeric(ref int i)
    {
        if (!Short(i) || T(i + 1) is not { Glued: true, Mark: '/' or '.' or '-' } separator || T(i + 2) is not { Kind: TokenKind.Number, Glued: true, Ordinal: false } second) return null;
        var (first, mark) = (T(i).Value, separator.Mark);
        if (mark == '/' && second.Digits == 4 && first is >= 1 and <= 12 && !IsGluedMark(i + 3, '/'))
        {
            i += 3;
            return new Stretch(new When { Year = second.Value, Month = first, Grain = Unit.Month });
        }
        if (!Short(i + 2)) return null;
        // "by 15.12." has no year; it needs a word before it, or "chapter 15.12." would be a day.
        if (mark == '.' && IsGluedMark(i + 3, '.') && !(T(i + 4).Kind == TokenKind.Number && T(i + 4).Glued) && (i == 0 || LeadsToDay(i - 1)) && first is >= 1 and <= 31 && second.Value is >= 1 and <= 12) return Take(ref i, i + 4, new Stretch(YearOpen(second.Value, first)));
        var third = IsGluedMark(i + 3, mark) && T(i + 4) is { Kind: TokenKind.Number, Glued: true, Ordinal: false } year && !(IsGluedMark(i + 5, mark) && T(i + 6).Glued) ? year : default;
        var whole = third.Digits == 4 || (third.Digits == 2 && (mark == '/' || (T(i).Digits == 2 && second.Digits == 2)));
        if (!whole && (mark != '/' || third.Digits > 0 || (IsGluedMark(i + 3, mark) && T(i + 4).Glued))) return null;
        // "24/7" and "3/4 of it" are no dates unless a word before says so.
        if (!whole && !LeadsToDay(i - 1) && (first == 24 && second.Value == 7 || Is(i + 3, "of"))) return null;
        var dayFirst = mark == '.' || order == DateOrder.DayFirst;
        var (day, month) = dayFirst ? (first, second.Value) : (second.Value, first);
        var unclear = mark != '.' && day <= 12 && month <= 12 && day != month;
        if (month > 12 && day <= 12) (day, month) = (month, day);
        i += whole ? 5 : 3;
        if (!whole) return day is 0 or > 31 || month is 0 or > 12 ? null : new Stretch(YearOpen(month, day) with { OrderUnclear = unclear });
        return new Stretch(Checked(third.Digits == 2 ? FullYear(third.Value) : third.Value, month, day) with { OrderUnclear = unclear });
    }

    private bool LeadsToDay(int k) => T(k).Lexeme?.Text is "by" or "on" or "until" or "till" or "before" or "from" or "after";

    /// <summary>Everything with a month by name: 10 - 22 August 2012, August 10th, 2012 Aug 10, Sep 2012, in May.</summary>
    private Stretch? MonthDate(ref int i)
    {
        if (IsNumber(i, 4) && YearThenMonth(ref i) is { } yearFirst) return yearFirst;
        var k = i;
        SkipAny(ref k, "the");
        return DayThenMonth(ref k) is { } dayFirst ? Take(ref i, k, dayFirst) : T(i).Lexeme is { Month: > 0 } ? MonthFirst(ref i) : OnlyMonth(ref i) ?? OnlyDay(ref i);
    }

    private Stretch? DayThenMonth(ref int k)
    {
        if (DayNumber(ref k) is not { } day) return null;
        int? until = null;
        var j = k;
        if ((SkipMark(ref j, '-') || SkipAny(ref j, Through)) && DayNumber(ref j) is { } last) (until, k) = (last, j);
        if (!SkipMark(ref k, ',') && !SkipMark(ref k, '-') && !SkipMark(ref k, '/')) SkipAny(ref k, "of");
        if (T(k).Lexeme is not { Month: > 0 and var month }) return null;
        if (T(k++).Lexeme!.Weak) SkipMark(ref k, '.');
        return Days(month, day, until, ref k);
    }

    private Stretch? MonthFirst(ref int i)
    {
        var k = i;
        var lexeme = T(k++).Lexeme!;
        if (IsMark(k, '.') && T(k).Glued && (T(k + 1).Kind == TokenKind.Number)) k++;
        var month = lexeme.Month;
        var j = k;
        if (!SkipMark(ref j, ',') && !SkipMark(ref j, '-') && !SkipMark(ref j, '/')) SkipAny(ref j, "the");
        if (DayNumber(ref j) is { } day && !IsGluedMark(j, ':') && !(T(j).Mark == '.' && T(j).Glued && T(j + 1) is { Kind: TokenKind.Number, Glued: true }))
        {
            int? until = null;
            var m = j;
            if ((SkipMark(ref m, '-') || SkipAny(ref m, Through)) && DayNumber(ref m) is { } last && T(m).Lexeme is not { Month: > 0 } && !IsGluedMark(m, ':') && Meridiem(m) is null)
                (until, j) = (last, m);
            var days = Days(month, day, until, ref j);
            return Take(ref i, j, days);
        }
        if (BeforeChrist(k)) return Take(ref i, k + 2, new Stretch(When.NotThere("That year is out of reach.")));
        if ((YearAfter(ref k, monthOnly: true) ?? YearSaid(ref k)) is { } inYear) return Take(ref i, k, new Stretch(new When { Year = inYear, Month = month, Grain = Unit.Month }));
        return OnlyMonth(ref i);
    }

    /// <summary>A month by itself. "May", "march" and abbreviations need a word before that makes them one.</summary>
    private Stretch? OnlyMonth(ref int i)
    {
        var k = i;
        var which = T(k).Lexeme?.Which;
        if (which is not null || Is(k, "mid")) k++;
        SkipMark(ref k, '-');
        if (T(k).Lexeme is not { Month: > 0 } lexeme || T(k + 1) is { Kind: TokenKind.Number }) return null;
        var led = k > i || T(i - 1).Lexeme?.Text is "in" or "by" or "until" or "till" or "before" or "from" or "since" or "to" or "of" or "during" or "for" or "after" or "early" or "late" or "mid" or "end";
        var alone = Capital(k) && T(k + 1).Kind is TokenKind.End or TokenKind.Mark && (lexeme.Text is "may" or "march") && (i == 0 || T(i - 1).Kind == TokenKind.Mark);
        var untilNext = Capital(k) && (Is(k + 1, "to") || IsMark(k + 1, '-')) && T(k + 2).Lexeme is { Month: > 0 };
        var edged = k > i || T(i - 1).Lexeme?.Text is "mid" or "early" or "late" or "end";
        if (lexeme.Weak && !(led && (Capital(k) || edged)) && !alone && !untilNext) return null;
        var edge = k > i && Is(i, "mid") ? Edge.Mid : Edge.None;
        i = k + 1;
        var when = new When { Month = lexeme.Month, Grain = Unit.Month, Edge = edge };
        if (which is Which.Last) when = when with { Year = lexeme.Month < now.Month ? now.Year : now.Year - 1, Past = true };
        if (which is Which.Next) when = when with { Year = lexeme.Month > now.Month ? now.Year : now.Year + 1 };
        return new Stretch(when);
    }

    /// <summary>"the 15th": in this month or the next; "the first of next month".</summary>
    private Stretch? OnlyDay(ref int i)
    {
        var k = i;
        var led = SkipAny(ref k, "the") || LeadsToDay(i - 1) || Is(i - 1, "to") || T(i - 1).Lexeme?.Weekday is not null || IsMark(i - 1, ',') && T(i - 2).Lexeme?.Weekday is not null || tokens.Count == 1;
        var number = T(k) is { Kind: TokenKind.Number, Ordinal: true, Value: >= 1 and <= 31 };
        if (!number && T(k).Lexeme is not { Ordinal: > 0 } || DayNumber(ref k) is not { } day) return null;
        if (Skip(ref k, "of", "next", "month")) return Take(ref i, k, new Stretch(InMonth(now.AddMonths(1), day)));
        if (Skip(ref k, "of", "this", "month")) return Take(ref i, k, new Stretch(InMonth(now, day)));
        var ofMonth = Skip(ref k, "of", "the", "month");
        return ofMonth || number && led ? Take(ref i, k, new Stretch(new When { Day = day })) : null;
    }

    private Stretch? YearThenMonth(ref int i)
    {
        var k = i + 1;
        SkipAny(ref k, "ad", "ce");
        if (!SkipMark(ref k, '-')) SkipMark(ref k, '/');
        if (T(k).Lexeme is not { Month: > 0 and var month }) return null;
        var year = T(i).Value;
        k++;
        var j = k;
        if (!SkipMark(ref j, '-')) SkipMark(ref j, '/');
        if (DayNumber(ref j) is { } day && !IsGluedMark(j, ':')) return Take(ref i, j, new Stretch(Checked(year, month, day)));
        return Take(ref i, k, new Stretch(new When { Year = year, Month = month, Grain = Unit.Month }));
    }

    private Stretch Days(int month, int day, int? until, ref int k)
    {
        var j = k;
        SkipMark(ref j, ',');
        if (BeforeChrist(j))
        {
            k = j + 2;
            return new Stretch(When.NotThere("That year is out of reach."));
        }
        var year = YearAfter(ref k) ?? YearSaid(ref k);
        When Make(int each) => year is { } known ? Checked(known, month, each) : YearOpen(month, each);
        var from = Make(day);
        var to = until is { } last ? Make(last) : null;
        return to?.Impossible is not null ? new Stretch(to) : new Stretch(from, to);
    }

    /// <summary>1 to 39 (so that 32 August is seen to be none), with or without its ending, or in words up to the thirty-first.</summary>
    private int? DayNumber(ref int i)
    {
        if (T(i) is { Kind: TokenKind.Number, Digits: <= 2, Value: >= 1 and <= 39 } number)
        {
            i++;
            return number.Value;
        }
        if (T(i).Lexeme is { Ordinal: > 0 } ordinal)
        {
            i++;
            return ordinal.Ordinal;
        }
        if (T(i).Lexeme is not { Number: 20 or 30 } tens) return null;
        var k = i + 1;
        SkipMark(ref k, '-');
        if (T(k).Lexeme is not { Ordinal: >= 1 and <= 9 } ones) return null;
        i = k + 1;
        return (int)tens.Number! + ones.Ordinal;
    }

    /// <summary>"345 BC", with or without a comma before it.</summary>
    private bool BeforeChrist(int k) => T(k).Kind == TokenKind.Number && T(k + 1).Lexeme?.Text is "bc" or "bce";

    /// <summary>"(of) next year", "this year" behind a month or a day of one.</summary>
    private int? YearSaid(ref int i)
    {
        var k = i;
        SkipAny(ref k, "of", "in");
        if (T(k).Lexeme?.Which is not { } which || !Is(k + 1, "year")) return null;
        i = k + 2;
        return Math.Clamp(now.Year + (int)which, 1, 9999);
    }

    private int? YearAfter(ref int i, bool monthOnly = false)
    {
        var k = i;
        var comma = SkipMark(ref k, ',') || SkipMark(ref k, '-') || SkipMark(ref k, '/') || (monthOnly && SkipAny(ref k, "of"));
        var apostrophe = IsMark(k, '\'') || IsMark(k, '’') ? 1 : 0;
        k += apostrophe;
        if (T(k) is not { Kind: TokenKind.Number, Ordinal: false } number || (number.Digits < 4 && IsGluedMark(k + 1, ':'))) return null;
        var year = number.Value;
        var era = T(k + 1).Lexeme?.Text;
        var counted = era is "ad" or "ce" or "be" && year > 0;
        if (counted) year -= era == "be" ? 543 : 0;
        else if (era is "bc" or "bce") return null;
        else if (number.Digits == 2 && (apostrophe > 0 || year > 31 || (comma && T(k - 1) is { Mark: not ',', Glued: true } && number.Glued))) year = FullYear(year);
        else if (number.Digits != 4 || year is < 1000) return null;
        i = k + (counted ? 2 : 1);
        return year is < 1 or > 9999 ? null : year;
    }

    private static When YearOpen(int month, int day) => day > DateTime.DaysInMonth(2000, month)
        ? When.NotThere($"There is no day {day} in {MonthName(month)}.")
        : new When { Month = month, Day = day };

    private static When Checked(int year, int month, int day) =>
        year is < 1 or > 9999 ? When.NotThere($"The year {year} is out of reach.")
        : month is < 1 or > 12 ? When.NotThere($"There is no month {month}.")
        : day < 1 || day > DateTime.DaysInMonth(year, month) ? When.NotThere($"There is no day {day} in {MonthName(month)} {year}.")
        : new When { Year = year, Month = month, Day = day };

    private static When InMonth(DateTime month, int day) => Checked(month.Year, month.Month, day);

    private static string MonthName(int month) => System.Globalization.CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);

    private static int FullYear(int twoDigits) => twoDigits > 50 ? 1900 + twoDigits : 2000 + twoDigits;

    private bool Short(int i) => T(i) is { Kind: TokenKind.Number, Digits: <= 2, Ordinal: false };

    private static Stretch? Take(ref int i, int end, Stretch found)
    {
        i = end;
        return found;
    }
}
