namespace Rapport.Commitments.Dates;

/// <summary>Days by what people call them: today, tonight, Friday, Tuesday of next week, Christmas.</summary>
internal sealed partial class DateGrammar
{
    private Stretch? Casual(ref int i)
    {
        var k = i;
        if (SkipAny(ref k, "now")) return Take(ref i, k, new Stretch(When.At(now, Unit.Minute)));
        if (Is(k, "today") || IsTomorrow(k))
        {
            var days = (Is(k++, "today") ? 0 : 1) + WeekOn(ref k);
            return Take(ref i, k, new Stretch(When.On(now.AddDays(days))));
        }
        if (SkipAny(ref k, "yesterday")) return Take(ref i, k, new Stretch(When.On(now.AddDays(-1), past: true)));
        if (SkipAny(ref k, "tonight")) return Take(ref i, k, new Stretch(When.On(now) with { Part = DayPart.Night, Grain = Unit.Hour }));
        if (Skip(ref k, "first", "thing")) return Take(ref i, AfterThing(k, out var first), new Stretch(first with { Part = DayPart.FirstThing, Grain = Unit.Hour }));
        if (Skip(ref k, "last", "thing")) return Take(ref i, AfterThing(k, out var last), new Stretch(last with { Part = DayPart.LastThing, Grain = Unit.Hour }));
        if (Skip(ref k, "weekend") || Skip(ref k, "the", "weekend")) return Take(ref i, k, Weekend(Which.This));
        if (T(k).Lexeme is { Which: { } which } && T(k + 1).Lexeme is { Part: not DayPart.None and var part })
            return Take(ref i, k + 2, new Stretch(When.On(now.AddDays((int)which), past: which == Which.Last) with { Part = part, Grain = Unit.Hour }));
        if ((Skip(ref k, "in", "the") || SkipAny(ref k, "at")) && T(k).Lexeme is { Part: not DayPart.None } by && (by.Text is not ("night" or "lunch")))
            return Take(ref i, k + 1, new Stretch(new When { Part = by.Part, Grain = Unit.Hour }));
        if (PartOfDay(ref k) is { } ofDay) return Take(ref i, k, ofDay);
        if (T(k - 1).Lexeme?.Text is "before" or "after" or "by" or "until" && SkipAny(ref k, "lunch")) return Take(ref i, k, new Stretch(new When { Part = DayPart.Lunch, Grain = Unit.Hour }));
        if (Skip(ref k, "lunchtime") || Skip(ref k, "lunch", "time")) return Take(ref i, k, new Stretch(new When { Part = DayPart.Lunch, Grain = Unit.Hour }));
        return null;
    }

    private bool IsTomorrow(int k) => T(k).Lexeme?.Text is "tomorrow" or "tmr" or "tmrw";

    /// <summary>"tomorrow week": seven days on.</summary>
    private int WeekOn(ref int k) => Is(k, "week") && T(k + 1).Kind is not TokenKind.Number && SkipAny(ref k, "week") ? 7 : 0;

    /// <summary>"the afternoon of 3 December", "lunchtime on Friday".</summary>
    private Stretch? PartOfDay(ref int i)
    {
        var k = i;
        SkipAny(ref k, "the");
        if (T(k).Lexeme is not { Part: not DayPart.None and var part }) return null;
        k++;
        if (!SkipAny(ref k, "of", "on") && part != DayPart.Lunch) return null;
        return Longest(ref k) is { To: null } day && day.From is { HasDate: true, HasTime: false, Impossible: null, Working: null, Grain: Unit.Day, Edge: Edge.None, Part: DayPart.None }
            ? Take(ref i, k, new Stretch(day.From with { Part = part, Grain = Unit.Hour })) : null;
    }

    /// <summary>"first thing (in the morning) (on) Monday": the day it is said of; tomorrow when only the morning is named.</summary>
    private int AfterThing(int k, out When day)
    {
        var morning = Skip(ref k, "in", "the", "morning");
        var j = k;
        SkipAny(ref j, "on");
        if (Longest(ref j) is { To: null } date && date.From is { HasDate: true, HasTime: false, Impossible: null })
        {
            day = date.From.Grain switch
            {
                Unit.Week => When.On(date.From.Date.AddDays(-(((int)date.From.Date.DayOfWeek + 6) % 7))),
                Unit.Month => date.From with { Day = 1, Grain = Unit.Day },
                _ => date.From,
            };
            if (!Skip(ref j, "in", "the", "morning")) SkipAny(ref j, "morning");
            return j;
        }
        day = morning ? When.On(now.AddDays(1)) : new When();
        return k;
    }

    /// <summary>[this|next|last] Friday [of] [this|next|last week]; next week (on) Tuesday; Friday week.</summary>
    private Stretch? Weekdays(ref int i)
    {
        var k = i;
        var on = SkipAny(ref k, "on");
        SkipAny(ref k, "the");
        var which = T(k).Lexeme?.Which;
        if (which is not null)
        {
            k++;
            if (which == Which.This && T(k).Lexeme?.Which == Which.Next) k++;
            if (SkipAny(ref k, "week"))
            {
                SkipMark(ref k, ',');
                SkipAny(ref k, "on");
                return WeekdayAt(k) is { } inWeek ? Take(ref i, k + 1, new Stretch(InWeek(inWeek, which.Value))) : null;
            }
        }
        if (WeekdayAt(k) is not { } day) return null;
        var lexeme = T(k).Lexeme!;
        if (lexeme.Weak && !on && which is null && !Capital(k) && !(T(k + 1).Kind == TokenKind.Number) && T(k - 1).Lexeme?.Text is not ("by" or "until" or "from" or "to" or "before")) return null;
        k++;
        if (T(k - 1).Length <= 5 && IsGluedMark(k, '.') && T(k + 1).Kind != TokenKind.End) k++;
        if (which is null && WeekBehind(ref k) is { } of) return Take(ref i, k, new Stretch(InWeek(day, of)));
        if (which is null && Skip(ref k, "after", "next")) return Take(ref i, k, new Stretch(When.On(InWeek(day, Which.Next).Date.AddDays(7))));
        if (which is null && T(k).Lexeme?.Text is "before" or "after" && DayAt(k + 1, out var behind) is { } near) return Take(ref i, behind, new Stretch(When.On(Resolution.Nearby(near, day, Is(k, "before") ? -1 : 1))));
        if (which is null && Is(k, "fortnight"))
            return Take(ref i, k + 1, new Stretch(When.On(Resolution.Nearby(now, day, 1).AddDays(14))));
        if (which is null && Is(k, "week") && T(k + 1).Kind is not TokenKind.Number)
            return Take(ref i, k + 1, new Stretch(When.On(Resolution.Nearby(now, day, 1).AddDays(7))));
        i = k;
        return new Stretch(which switch
        {
            null => new When { Weekday = day },
            Which.This => When.On(Resolution.Nearby(now, day, 0)) with { Weekday = day },
            Which.Last => When.On(Resolution.Nearby(now, day, -1), past: true) with { Weekday = day },
            _ => Is(i - 2, "coming") || Is(i - 2, "upcoming") ? When.On(Resolution.Nearby(now, day, 1)) with { Weekday = day } : InWeek(day, Which.Next),
        });
    }

    private Which? WeekBehind(ref int i)
    {
        var k = i;
        SkipMark(ref k, ',');
        SkipAny(ref k, "of", "in");
        SkipAny(ref k, "the");
        if (T(k).Lexeme?.Which is not { } which || !Is(k + 1, "week")) return null;
        i = k + 2;
        return which;
    }

    /// <summary>A whole day, as in "the Friday before Christmas".</summary>
    private DateTime? DayAt(int k, out int end)
    {
        end = k;
        return Longest(ref end) is { To: null } day && day.From is { HasDate: true, HasTime: false, Impossible: null, Working: null, Grain: Unit.Day, Edge: Edge.None, Part: DayPart.None }
            && Resolution.Of(day.From, now, forward: true) is { Impossible: null, Year: > 1 and < 9999 } there ? there.Date : null;
    }

    private DayOfWeek? WeekdayAt(int k) => T(k).Lexeme?.Weekday;

    /// <summary>A weekday of the week (Monday to Sunday) before, with or after now.</summary>
    private When InWeek(DayOfWeek day, Which which)
    {
        var monday = now.Date.AddDays(-(((int)now.DayOfWeek + 6) % 7));
        return When.On(monday.AddDays(7 * (int)which + ((int)day + 6) % 7), past: which == Which.Last) with { Weekday = day };
    }

    /// <summary>Feasts that fix a date in business mail, whatever the country.</summary>
    private Stretch? FeastDay(ref int i)
    {
        var k = i;
        SkipAny(ref k, "the");
        When? feast = null;
        if (Skip(ref k, "christmas", "eve") || Skip(ref k, "xmas", "eve")) feast = YearOpen(12, 24);
        else if (Skip(ref k, "new", "year's", "eve")) feast = YearOpen(12, 31);
        else if (Skip(ref k, "boxing", "day")) feast = YearOpen(12, 26);
        else if (SkipAny(ref k, "valentine")) feast = YearOpen(2, 14);
        else if (SkipAny(ref k, "halloween")) feast = YearOpen(10, 31);
        else if (SkipAny(ref k, "thanksgiving")) feast = Thanksgiving();
        else if (T(i - 1).Lexeme?.Text == "in" && k > i && Skip(ref k, "new", "year")) return Take(ref i, k, new Stretch(new When { Month = 1, Grain = Unit.Month }));
        else if (AroundEaster(ref k) is { } movable) feast = movable;
        else if (Skip(ref k, "new", "year's", "day") || Skip(ref k, "new", "year's") || Skip(ref k, "new", "year")) feast = YearOpen(1, 1);
        else if (SkipAny(ref k, "christmas", "xmas")) feast = YearOpen(12, 25);
        if (feast is null) return null;
        SkipAny(ref k, "day");
        return Take(ref i, k, new Stretch(feast));
    }

    /// <summary>Feasts that move with Easter, in days from its Sunday.</summary>
    private When? AroundEaster(ref int i)
    {
        int? days = Capital(i) && Skip(ref i, "good", "friday") ? -2
            : Skip(ref i, "easter", "monday") ? 1
            : Skip(ref i, "easter", "sunday") || SkipAny(ref i, "easter") ? 0
            : SkipAny(ref i, "ascension") ? 39
            : Skip(ref i, "whit", "monday") ? 50
            : SkipAny(ref i, "pentecost") ? 49 : null;
        return days is { } shift ? Coming(year => Kernel.Calendar.Easter.Western(year).AddDays(shift)) : null;
    }

    /// <summary>The fourth Thursday in November, as in the United States.</summary>
    private When Thanksgiving() => Coming(year => new DateOnly(year, 11, 22).AddDays(((int)DayOfWeek.Thursday - (int)new DateOnly(year, 11, 22).DayOfWeek + 7) % 7));

    private When Coming(Func<int, DateOnly> feast)
    {
        var date = feast(now.Year);
        return When.On((date < DateOnly.FromDateTime(now) && now.Year < 9999 ? feast(now.Year + 1) : date).ToDateTime(TimeOnly.MinValue));
    }
}
