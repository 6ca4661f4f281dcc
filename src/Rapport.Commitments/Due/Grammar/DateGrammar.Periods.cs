namespace Rapport.Commitments.Dates;

/// <summary>Periods and their edges: Q3 2027, week 14, end of month, EOD, early next week, close of business Friday.</summary>
internal sealed partial class DateGrammar
{
    private static readonly (string Word, Unit Unit)[] Short3 =
        [("eod", Unit.Day), ("eob", Unit.Day), ("cob", Unit.Day), ("cop", Unit.Day), ("eow", Unit.Week), ("eom", Unit.Month), ("eoq", Unit.Quarter), ("eoy", Unit.Year)];

    private Stretch? CalendarPeriod(ref int i)
    {
        var k = i;
        SkipAny(ref k, "the");
        int? quarter = T(k).Lexeme?.Text is { Length: 2 } q && q[0] == 'q' && char.IsAsciiDigit(q[1]) ? q[1] - '0' : null;
        if (quarter is not null) k++;
        else if (T(k).Lexeme is { Ordinal: >= 1 and <= 4 and var nth } && Is(k + 1, "quarter")) (quarter, k) = (nth, k + 2);
        if (quarter is not null)
        {
            SkipAny(ref k, "of");
            var month = quarter.Value * 3 - 2;
            var ofYear = FiscalYear(ref k) ?? YearAfter(ref k) ?? YearSaid(ref k);
            return Take(ref i, k, new Stretch(new When { Year = ofYear, Month = month, Grain = Unit.Quarter }));
        }
        if (SkipAny(ref k, "calendar") && !Is(k, "week")) return null;
        if (NumberedWeek(ref k) is { } week) return Take(ref i, k, week);
        if (FiscalYear(ref k) is { } fiscal) return Take(ref i, k, new Stretch(new When { Year = fiscal, Grain = Unit.Year }));
        k = i;
        if (T(k - 1).Lexeme?.Text is "in" or "by" or "until" or "during" or "before" or "of" && IsNumber(k, 4) && T(k).Value is >= 1900 and <= 2200 && StandsAlone(k + 1) && !Is(k - 2, "half"))
            return Take(ref i, k + 1, new Stretch(new When { Year = T(k).Value, Grain = Unit.Year }));
        return null;
    }

    /// <summary>The edge of a period, or the close of a day.</summary>
    private Stretch? EdgeOf(ref int i)
    {
        var k = i;
        SkipAny(ref k, "the");
        foreach (var (word, grain) in Short3)
            if (Is(k, word) && (!T(k).Lexeme!.Weak || Shouted(k)) && SkipAny(ref k, word)) return Take(ref i, Closing(k, grain, out var closing), new Stretch(closing));
        if (Skip(ref k, "close", "of", "business") || Skip(ref k, "close", "of", "play") || Skip(ref k, "end", "of", "business", "day") || Skip(ref k, "end", "of", "business")
            || Skip(ref k, "end", "of", "the", "business", "day") || Skip(ref k, "end", "of", "working", "day") || Skip(ref k, "end", "of", "the", "working", "day")
            || Skip(ref k, "end", "of", "play") || Skip(ref k, "end", "of", "the", "day") || Skip(ref k, "end", "of", "day"))
            return Take(ref i, Closing(k, Unit.Day, out var close), new Stretch(close));
        if (Skip(ref k, "start", "of", "business") || Skip(ref k, "opening", "of", "business")) return Take(ref i, AfterThing(k, out var opening), new Stretch(opening with { Part = DayPart.FirstThing, Grain = Unit.Hour }));
        if (T(k).Lexeme is { Unit: { } whole and >= Unit.Week, Weak: false } && (!IsPlural(k) || IsPossessive(k)) && (IsMark(k + 1, '-') ? Is(k + 2, "end") : Is(k + 1, "end")))
            return Take(ref i, IsMark(k + 1, '-') ? k + 3 : k + 2, new Stretch(Current(whole, 0) with { Edge = Edge.End }));
        if (Skip(ref k, "year's", "end")) return Take(ref i, k, new Stretch(Current(Unit.Year, 0) with { Edge = Edge.End }));
        if (SkipAny(ref k, "midweek")) return Take(ref i, k, new Stretch(Current(Unit.Week, 0) with { Edge = Edge.Mid }));
        if (EdgeWord(ref k) is not { } edge) return null;
        var of = SkipAny(ref k, "of") || SkipMark(ref k, '-') || edge is Edge.Early or Edge.Mid or Edge.Late && SkipAny(ref k, "in");
        SkipAny(ref k, "on");
        var j = k;
        SkipAny(ref j, "the", "this");
        if (Is(j + 1, "week")) SkipAny(ref j, "working", "business", "work");
        if ((of || edge is Edge.Late) && T(j).Lexeme is { Unit: { } unit and >= Unit.Week, Weak: false } && !IsPlural(j))
            return Take(ref i, j + 1, new Stretch(Current(unit, 0) with { Edge = edge }));
        if (Longest(ref k) is not { To: null } period || period.From is not { HasDate: true, HasTime: false, Working: null, Edge: Edge.None or Edge.Start }) return null;
        // "The trial will end in March" ends nothing else; "by end March" does.
        var led = edge == Edge.End && period.From.Grain is Unit.Month or Unit.Quarter && (i == 0 || T(i - 1).Lexeme?.Text is "by" or "before" or "until" or "till" or "at");
        if (!of && edge is Edge.Start or Edge.End && !led && !Is(k - 1, "tomorrow") && !Is(k - 1, "today")) return null;
        if (period.From.Grain <= Unit.Day) return Take(ref i, k, new Stretch(period.From with { Part = edge == Edge.End ? DayPart.None : PartFor(edge), Edge = edge == Edge.End ? edge : Edge.None, Grain = edge == Edge.End ? Unit.Day : Unit.Hour }));
        return Take(ref i, k, new Stretch(period.From with { Edge = edge }));
    }

    private static DayPart PartFor(Edge edge) => edge switch
    {
        Edge.Start => DayPart.FirstThing,
        Edge.Early => DayPart.Morning,
        Edge.Late => DayPart.Afternoon,
        Edge.Mid => DayPart.Lunch,
        Edge.None or Edge.End or Edge.FirstHalf or Edge.SecondHalf => DayPart.None,
        _ => throw new ArgumentOutOfRangeException(nameof(edge)),
    };

    private Edge? EdgeWord(ref int k)
    {
        if (SkipAny(ref k, "end")) return Edge.End;
        if (SkipAny(ref k, "beginning", "start")) return Edge.Start;
        if (SkipAny(ref k, "early")) return Edge.Early;
        if (SkipAny(ref k, "mid", "middle")) return Edge.Mid;
        return SkipAny(ref k, "late") || IsLater(ref k) ? Edge.Late : null;
    }

    /// <summary>"COB Friday", "EOD tomorrow", "close of business on the 3rd": the day or period that closes; without one the current.</summary>
    private int Closing(int k, Unit unit, out When closing)
    {
        var j = k;
        SkipMark(ref j, ',');
        SkipAny(ref j, "on", "of");
        if (Longest(ref j) is { To: null } day && day.From is { HasDate: true, HasTime: false, Impossible: null, Working: null, Edge: Edge.None, Part: DayPart.None })
        {
            closing = day.From with { Edge = Edge.End };
            return j;
        }
        closing = unit == Unit.Day ? When.On(now) with { Edge = Edge.End, Rolling = true } : Current(unit, 0) with { Edge = Edge.End };
        return k;
    }
}
