namespace Rapport.Commitments.Dates;

/// <summary>Weeks by one of their days or by their number, and halves: the week of 7 December, w/c Monday, 2026-W50, H2 2027, the first half of May, FY27.</summary>
internal sealed partial class DateGrammar
{
    /// <summary>The week of a day; a "week ending" ends on it.</summary>
    private Stretch? WeekOf(ref int i)
    {
        var k = i;
        SkipAny(ref k, "the");
        if (!SkipAny(ref k, "week", "wk") && !(Is(k, "w") && IsGluedMark(k + 1, '/') && T(k + 2) is { Length: 1, Glued: true })) return null;
        var ends = SkipAny(ref k, "ending") || SkipLetter(ref k, 'e');
        if (!ends && !SkipAny(ref k, "of", "commencing", "beginning", "starting") && !SkipLetter(ref k, 'c')) return null;
        SkipAny(ref k, "on");
        if (Is(k, "w") || Is(k, "week")) return null;
        if (Point(ref k) is not { To: null } day || day.From is not { HasDate: true, HasTime: false, Working: null, Grain: Unit.Day, Edge: Edge.None } said) return null;
        if (ends) return Take(ref i, k, day);
        return Resolution.Of(said, now, forward: true) is { Impossible: null } there ? Take(ref i, k, new Stretch(When.On(there.Date, Unit.Week))) : Take(ref i, k, day);
    }

    /// <summary>Behind "w/".</summary>
    private bool SkipLetter(ref int k, char letter)
    {
        if (!Is(k, "w") || !IsGluedMark(k + 1, '/') || char.ToLowerInvariant(text[T(k + 2).Start]) != letter) return false;
        k += 3;
        return true;
    }

    /// <summary>week 50, CW 50, W50, week 50 of 2027; without a year the next such week.</summary>
    private Stretch? NumberedWeek(ref int i)
    {
        var k = i;
        var letter = Is(k, "w") && Capital(k) && T(k + 1).Glued && T(k + 1).Digits == 2;
        if (!SkipAny(ref k, "week", "wk", "cw", "kw") && !(letter && SkipAny(ref k, "w"))) return null;
        if (T(k) is not { Kind: TokenKind.Number, Ordinal: false, Digits: <= 2, Value: >= 1 and <= 53 } number) return null;
        k++;
        SkipAny(ref k, "of");
        if (YearAfter(ref k) is { } year) return Take(ref i, k, InYear(year, number.Value));
        var week = System.Globalization.ISOWeek.ToDateTime(now.Year, number.Value, DayOfWeek.Monday);
        if (week.AddDays(5) <= now.Date && now.Year < 9998) week = System.Globalization.ISOWeek.ToDateTime(now.Year + 1, number.Value, DayOfWeek.Monday);
        return Take(ref i, k, new Stretch(When.On(week, Unit.Week)));
    }

    /// <summary>2026-W50 of ISO 8601.</summary>
    private Stretch? IsoWeek(ref int i)
    {
        var k = i + 1;
        if (!IsNumber(i, 4) || T(i).Value == 0 || !IsGluedMark(k, '-') && !T(k).Glued) return null;
        SkipMark(ref k, '-');
        if (!Is(k, "w") || !T(k).Glued || T(k + 1) is not { Kind: TokenKind.Number, Digits: 2, Glued: true, Value: >= 1 and <= 53 } number) return null;
        return Take(ref i, k + 2, InYear(T(i).Value, number.Value));
    }

    private static Stretch InYear(int year, int week) => new(week <= System.Globalization.ISOWeek.GetWeeksInYear(year)
        ? When.On(System.Globalization.ISOWeek.ToDateTime(year, week, DayOfWeek.Monday), Unit.Week)
        : When.NotThere($"There is no week {week} in {year}."));

    /// <summary>H1, 2H27, the second half of the month, of May, of 2027.</summary>
    private Stretch? HalfOf(ref int i)
    {
        var k = i;
        if (T(k).Lexeme?.Text is "h1" or "h2")
        {
            var second = Is(k++, "h2");
            SkipAny(ref k, "of");
            var ofYear = FiscalYear(ref k) ?? YearAfter(ref k);
            var year = ofYear is null && !second && now.Month > 6 ? now.Year + 1 : ofYear ?? now.Year;
            return Take(ref i, k, new Stretch(new When { Year = year, Grain = Unit.Year, Edge = second ? Edge.SecondHalf : Edge.FirstHalf }));
        }
        SkipAny(ref k, "the");
        var half = T(k).Lexeme?.Ordinal switch { 1 => Edge.FirstHalf, 2 => Edge.SecondHalf, _ => T(k) is { Kind: TokenKind.Number, Ordinal: true, Value: 1 or 2 } number ? number.Value == 1 ? Edge.FirstHalf : Edge.SecondHalf : Edge.None };
        k++;
        if (half == Edge.None || !SkipAny(ref k, "half") || !SkipAny(ref k, "of")) return null;
        var j = k;
        SkipAny(ref j, "the", "this");
        if (IsNumber(k, 4) && T(k).Value is >= 1900 and <= 2200) return Take(ref i, k + 1, new Stretch(new When { Year = T(k).Value, Grain = Unit.Year, Edge = half }));
        if (T(j).Lexeme is { Unit: { } unit and >= Unit.Week, Weak: false } && !IsPlural(j)) return Take(ref i, j + 1, new Stretch(Current(unit, 0) with { Edge = half }));
        return Longest(ref k) is { To: null } period && period.From is { HasDate: true, HasTime: false, Impossible: null, Edge: Edge.None, Grain: >= Unit.Week }
            ? Take(ref i, k, new Stretch(period.From with { Edge = half })) : null;
    }

    /// <summary>FY27, FY2027.</summary>
    private int? FiscalYear(ref int i)
    {
        if (!Is(i, "fy") || T(i + 1) is not { Kind: TokenKind.Number, Digits: 2 or 4, Ordinal: false } number) return null;
        i += 2;
        return number.Digits == 2 ? FullYear(number.Value) : number.Value is >= 1900 and <= 2200 ? number.Value : null;
    }
}
