namespace Rapport.Commitments.Dates;

/// <summary>Time reckoned from now or from another date: in five days, two weeks ago, next month, 2 days after Friday, within two working days.</summary>
internal sealed partial class DateGrammar
{
    private readonly record struct Amount(double Number, Unit Unit);

    private Stretch? RelativeTime(ref int i)
    {
        var k = i;
        if (SkipMark(ref k, '+')) return Amounts(ref k) is { } plus ? Take(ref i, k, new Stretch(Moved(now, plus, 1))) : null;
        if (!(k > 0 && T(k).Glued) && SkipMark(ref k, '-')) return Amounts(ref k) is { } minus ? Take(ref i, k, new Stretch(Moved(now, minus, -1))) : null;
        if (SkipAny(ref k, "in", "within", "for", "after")) return Ahead(ref i, k);
        if (ThisOrNext(ref i) is { } period) return period;
        var the = SkipAny(ref k, "the");
        if (Skip(ref k, "day", "after", "tomorrow")) return Take(ref i, k, new Stretch(When.On(now.AddDays(2))));
        if (Skip(ref k, "day", "before", "yesterday")) return Take(ref i, k, new Stretch(When.On(now.AddDays(-2), past: true)));
        if (Skip(ref k, "weekend", "after", "next")) return Take(ref i, k, Weekend(Which.Next, 7));
        if (T(k).Lexeme is { Unit: { } skipped and >= Unit.Week, UnitCount: 1, Weak: false } && Is(k + 1, "after") && Is(k + 2, "next")) return Take(ref i, k + 3, new Stretch(Current(skipped, 2)));
        if (the && T(k).Lexeme is { Unit: not null, Weak: false } single && T(k + 1).Lexeme?.Text is "before" or "after")
            return Anchored(ref i, k + 1, [new Amount(single.UnitCount, single.Unit.Value)]);
        return !the && Amounts(ref k) is { } amounts ? Anchored(ref i, k, amounts) : null;
    }

    /// <summary>in five days, within the next two weeks, in 3-5 days, for 20 minutes, after an hour.</summary>
    private Stretch? Ahead(ref int i, int k)
    {
        var lead = T(k - 1).Lexeme!.Text;
        var single = SkipAny(ref k, "the");
        var next = SkipAny(ref k, "next", "coming");
        Vaguely(ref k);
        if (single && lead is "within" && T(k).Lexeme is { Unit: { } unit and >= Unit.Hour, Weak: false } && !IsPlural(k))
            return Take(ref i, k + 1, new Stretch(next || unit is Unit.Hour ? Moved(now, [new Amount(1, unit)], 1) : Current(unit, 0) with { Edge = Edge.End }));
        var first = k;
        double? from = null;
        if (Number(ref k) is { } low && (SkipMark(ref k, '-') || SkipAny(ref k, "to", "or"))) from = low;
        else k = first;
        if (Amounts(ref k) is not { } amounts) return null;
        if (SkipAny(ref k, "ago")) return null;
        if (from is null && OrSo(ref k, amounts) is { } more) (from, amounts) = (amounts[0].Number, more);
        SkipTime(ref k);
        if (OfSomething(k) is { } something) return Take(ref i, something, new Stretch(When.NotThere("It counts from something whose date is not said. Write the date.")));
        if (!Skip(ref k, "from", "now")) Skip(ref k, "from", "today");
        var to = Moved(now, amounts, 1);
        return Take(ref i, k, from is null ? new Stretch(to) : new Stretch(Moved(now, [amounts[0] with { Number = from.Value }], 1), to));
    }

    /// <summary>"in a day or two", "in a week or so".</summary>
    private List<Amount>? OrSo(ref int i, List<Amount> amounts)
    {
        var k = i;
        if (!SkipAny(ref k, "or")) return null;
        if (SkipAny(ref k, "so"))
        {
            i = k;
            return null;
        }
        if (amounts.Count > 1 || Number(ref k) is not { } number || number <= amounts[0].Number || T(k).Lexeme?.Unit is not null) return null;
        i = k;
        return [amounts[0] with { Number = number * (amounts[0].Unit == Unit.Week && Is(k - 3, "fortnight") ? 2 : 1) }];
    }

    /// <summary>"in two weeks' time", "in a fortnight's time".</summary>
    private void SkipTime(ref int i)
    {
        var k = i;
        if (!SkipMark(ref k, '\'')) SkipMark(ref k, '’');
        if (SkipAny(ref k, "time")) i = k;
    }

    /// <summary>"within 30 days of delivery", "10 days after receipt": it counts from what only people know the date of.</summary>
    private int? OfSomething(int k)
    {
        if (T(k).Lexeme?.Text is not ("of" or "after" or "from" or "before") || T(k + 1).Kind != TokenKind.Word || T(k + 1).Lexeme is not (null or { Text: "the" or "a" })) return null;
        return T(k + 1).Lexeme is null ? k + 2 : T(k + 2) is { Kind: TokenKind.Word, Lexeme: null } ? k + 3 : null;
    }

    /// <summary>An amount and the point it counts from: ago, from now, before Friday, after the 15th, a week from Monday.</summary>
    private Stretch? Anchored(ref int i, int k, List<Amount> amounts)
    {
        if (SkipAny(ref k, "ago", "earlier", "back", "prior")) return Take(ref i, k, new Stretch(Moved(now, amounts, -1)));
        if (SkipAny(ref k, "hence", "out") || Skip(ref k, "from", "now") || Skip(ref k, "from", "today") || IsLater(ref k))
            return Take(ref i, k, new Stretch(Moved(now, amounts, 1)));
        if (amounts[^1].Unit >= Unit.Day && T(k).Lexeme?.Text is "after" or "before" && OfSomething(k) is { } something)
            return Take(ref i, something, new Stretch(When.NotThere("It counts from something whose date is not said. Write the date.")));
        var back = Is(k, "before");
        var day = amounts[^1].Unit >= Unit.Day;
        // "A week Friday" is a week on Friday.
        if (amounts is [{ Unit: Unit.Week }] && WeekdayAt(k) is { } weekday && !T(k).Lexeme!.Weak)
            return Take(ref i, k + 1, new Stretch(Moved(Resolution.Nearby(now, weekday, 1), amounts, 1)));
        if (!(back || Is(k, "after") || (day && T(k).Lexeme?.Text is "from" or "on" or "today" or "tomorrow"))) return null;
        var j = k + (T(k).Lexeme!.Text is "today" or "tomorrow" ? 0 : 1);
        if (Longest(ref j) is { To: null } anchor && anchor.From is { Impossible: null, HasDate: true, Working: null } && Resolution.Of(anchor.From, now, forward: true) is { Impossible: null } there)
        {
            var moved = Moved(there.Date, amounts, back ? -1 : 1);
            return Take(ref i, j, new Stretch(moved with { Past = anchor.From.Past && back, Grain = day ? Unit.Day : moved.Grain }));
        }
        return T(k).Lexeme!.Text is "before" or "after" ? Take(ref i, k + 1, new Stretch(Moved(now, amounts, back ? -1 : 1))) : null;
    }

    private bool IsLater(ref int k) => SkipAny(ref k, "later");

    /// <summary>this week, next month, last quarter, next two weeks, the following day.</summary>
    private Stretch? ThisOrNext(ref int i)
    {
        var k = i;
        SkipAny(ref k, "the");
        if (T(k).Lexeme?.Which is not { } which) return null;
        k++;
        if (SkipAny(ref k, "weekend")) return Take(ref i, k, Weekend(which));
        if (SkipAny(ref k, "weekday")) return Take(ref i, k, new Stretch(When.On(NearWeekday(which), past: which == Which.Last)));
        if (Is(k, "month") && OnDay(k + 1) is { } dayOf) return Take(ref i, dayOf.End, new Stretch(InMonth(now.AddMonths((int)which), dayOf.Day)));
        if (T(k).Lexeme is { Unit: { } unit and >= Unit.Second, Weak: false } lexeme && !IsPlural(k))
            return Take(ref i, k + 1, new Stretch(unit < Unit.Day || which == Which.This ? which == Which.This ? Current(unit, 0) : Moved(now, [new Amount(1, unit)], (int)which) : Current(unit, lexeme.UnitCount * (int)which)));
        if (which == Which.This || Amounts(ref k) is not { } amounts) return null;
        return Take(ref i, k, new Stretch(Moved(now, amounts, (int)which)));
    }

    /// <summary>Behind "next month": ", on the 5th".</summary>
    private (int Day, int End)? OnDay(int k)
    {
        SkipMark(ref k, ',');
        SkipAny(ref k, "on");
        return SkipAny(ref k, "the") && T(k) is { Kind: TokenKind.Number, Ordinal: true } && DayNumber(ref k) is { } day ? (day, k) : null;
    }

    private bool IsPlural(int k) => char.ToLowerInvariant(text[T(k).End - 1]) == 's';

    private bool IsPossessive(int k) => T(k).Length > 2 && text[T(k).End - 2] is '\'' or '’';

    /// <summary>Periods as wholes; of the current month and year the first day stands for it.</summary>
    private When Current(Unit unit, int step)
    {
        if (step != 0) return Moved(now, [new Amount(step, unit)], 1) with { Grain = unit, Past = step < 0 };
        var first = unit switch
        {
            Unit.Month => new DateTime(now.Year, now.Month, 1),
            Unit.Quarter => new DateTime(now.Year, (now.Month - 1) / 3 * 3 + 1, 1),
            Unit.Year => new DateTime(now.Year, 1, 1),
            _ => now,
        };
        return When.At(first, unit) with { Rolling = unit > Unit.Day };
    }

    private DateTime NearWeekday(Which which)
    {
        var day = now;
        do day = day.AddDays(which == Which.Last ? -1 : 1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        return day;
    }

    private Stretch Weekend(Which which, int later = 0)
    {
        var saturday = now.AddDays(((int)DayOfWeek.Saturday - (int)now.DayOfWeek + 7) % 7);
        if (now.DayOfWeek == DayOfWeek.Sunday && which == Which.This) saturday = now.AddDays(-1);
        if (which == Which.Next) saturday = saturday.AddDays(now.DayOfWeek == DayOfWeek.Sunday ? 0 : 7);
        if (which == Which.Last) saturday = saturday.AddDays(-7);
        saturday = saturday.AddDays(later);
        return new Stretch(When.On(saturday, past: which == Which.Last), When.On(saturday.AddDays(1), past: which == Which.Last));
    }

    /// <summary>Two working days, 3-5 business days, four working hours; from now, or after a date.</summary>
    private Stretch? WorkingTime(ref int i)
    {
        var k = i;
        var within = SkipAny(ref k, "in", "within", "after");
        SkipAny(ref k, "the");
        var next = SkipAny(ref k, "next");
        Vaguely(ref k);
        var counted = Number(ref k);
        double? until = counted is not null && (SkipMark(ref k, '-') || SkipAny(ref k, "to", "or")) ? Number(ref k) : null;
        if (counted is null && !next) return null;
        var hours = false;
        if (!SkipAny(ref k, "workday", "workdays"))
        {
            if (!SkipAny(ref k, "business", "working", "work") || T(k).Lexeme is not { Unit: { } unit } || unit is not (Unit.Hour or Unit.Day or Unit.Week)) return null;
            (hours, counted) = (unit == Unit.Hour, unit == Unit.Week ? counted * 5 : counted);
            k++;
        }
        var anchor = When.On(now, hours ? Unit.Hour : Unit.Day);
        var sign = 1;
        if (SkipAny(ref k, "ago", "earlier")) sign = -1;
        else if (!Skip(ref k, "from", "now") && !Skip(ref k, "from", "today") && !IsLater(ref k))
        {
            var j = k;
            var before = Is(j, "before");
            if (SkipAny(ref j, "before", "after", "from", "of") && Longest(ref j) is { To: null } date && date.From is { Working: null, HasDate: true }
                && Resolution.Of(date.From, now, forward: true) is { Impossible: null } there)
                (anchor, sign, k) = (When.On(there.Date), before ? -1 : 1, j);
            else if (!within && !next) return null;
        }
        When Of(double n) => anchor with { Working = n * sign, Past = sign < 0 && anchor.Date == now.Date };
        i = k;
        return until is { } last ? new Stretch(Of(counted!.Value), Of(last)) : new Stretch(Of(counted ?? 1));
    }

    /// <summary>One or more numbers with units: 1 hour, 5 minutes and 30 seconds; at most eight.</summary>
    private List<Amount>? Amounts(ref int i)
    {
        List<Amount>? amounts = null;
        for (var k = i; (amounts?.Count ?? 0) < 8;)
        {
            if (amounts is not null)
            {
                SkipMark(ref k, ',');
                SkipAny(ref k, "and");
            }
            if (OneAmount(ref k) is not { } amount) break;
            (amounts ??= []).Add(amount);
            i = k;
        }
        return amounts;
    }

    private Amount? OneAmount(ref int i)
    {
        var k = i;
        if (Number(ref k) is not { } number) return null;
        SkipMark(ref k, '-');
        if (T(k).Lexeme is not { Unit: { } unit } lexeme || (T(k).Glued && T(k - 1).Kind == TokenKind.Word && lexeme.Weak)) return null;
        k++;
        if (Skip(ref k, "and", "a", "half")) number += 0.5;
        if (unit == Unit.Hour && T(k) is { Kind: TokenKind.Number, Glued: true, Digits: 2, Value: < 60 } minutes && T(k + 1) is not { Glued: true, Kind: TokenKind.Number or TokenKind.Word }) (number, k) = (number + minutes.Value / 60.0, k + 1);
        i = k;
        return new Amount(number * lexeme.UnitCount, unit);
    }

    private double? Number(ref int i)
    {
        var k = i;
        double? number = null;
        if (T(k) is { Kind: TokenKind.Number, Ordinal: false } digits)
        {
            number = digits.Value;
            k++;
            if (IsGluedMark(k, '.') && T(k + 1) is { Kind: TokenKind.Number, Glued: true } fraction)
                (number, k) = (number + fraction.Value / Math.Pow(10, fraction.Digits), k + 2);
        }
        else if (Skip(ref k, "half", "an") || Skip(ref k, "half", "a")) number = 0.5;
        else if (Skip(ref k, "a", "few") || SkipAny(ref k, "few")) number = 3;
        else if (SkipAny(ref k, "several")) number = 7;
        else if (Skip(ref k, "a", "couple", "of") || Skip(ref k, "a", "couple") || Skip(ref k, "couple", "of")) number = 2;
        else if (Skip(ref k, "a", "half")) number = 0.5;
        else if (SkipAny(ref k, "a", "an")) number = 1;
        else if (SkipAny(ref k, "half")) number = 0.5;
        else if (T(k).Lexeme?.Number is { } word)
        {
            number = word;
            k++;
            var j = k;
            SkipMark(ref j, '-');
            if (word >= 20 && T(j).Lexeme?.Number is > 0 and < 10 and { } ones) (number, k) = (word + ones, j + 1);
            // "five (5) days", as contracts say it.
            if (IsMark(k, '(') && T(k + 1) is { Kind: TokenKind.Number } again && again.Value == number && IsMark(k + 2, ')')) k += 3;
        }
        if (number is not null) i = k;
        return number;
    }

    private void Vaguely(ref int i)
    {
        while (SkipAny(ref i, "about", "around", "approximately", "approx", "roughly") || SkipMark(ref i, '~')) { }
    }

    private static When Moved(DateTime from, List<Amount> amounts, int sign)
    {
        foreach (var amount in amounts)
            if (Resolution.Shift(from, amount.Unit, amount.Number * sign) is { } moved) from = moved;
            else return When.NotThere("That is further away than the calendar reaches.");
        var finest = amounts.Min(each => each.Unit);
        if (finest == Unit.Hour && amounts.Any(each => each.Number % 1 != 0)) finest = Unit.Minute;
        return When.At(from, finest > Unit.Day ? Unit.Day : finest, past: sign < 0);
    }
}
