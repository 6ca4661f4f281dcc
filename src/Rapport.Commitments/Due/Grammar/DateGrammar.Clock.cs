namespace Rapport.Commitments.Dates;

/// <summary>Times of day: 5pm, 14:00, half past three, noon, 3:30-4:30pm, 6 in the morning.</summary>
internal sealed partial class DateGrammar
{
    private Stretch? AtTime(ref int i)
    {
        var k = i;
        var at = SkipAny(ref k, "at") || SkipMark(ref k, '@');
        return (Times(ref k, at || ByHour(k)) ?? FromTo(ref k)) is { } times ? Take(ref i, k, times) : null;
    }

    /// <summary>"by 5" and no more, or "by 5 tomorrow": an hour. "We cut it by 5" is none.</summary>
    private bool ByHour(int k) =>
        Short(k) && T(k) is { Value: >= 1 and <= 12, Glued: false } && T(k - 1).Lexeme?.Text is "by" or "before" or "until" or "till"
        && (k == 1 && T(k + 1).Kind == TokenKind.End || T(k + 1).Lexeme is { Text: "today" or "tomorrow" or "tmrw" } or { Weekday: not null, Weak: false } || Is(k + 1, "on") && WeekdayAt(k + 2) is not null);

    /// <summary>"from 10 to 12 on Friday": the day behind says that these are hours.</summary>
    private Stretch? FromTo(ref int i)
    {
        var k = i;
        if (!Is(i - 1, "from") || !Short(k) || BareHour(ref k) is not { } first || !SkipAny(ref k, "to", "until", "till") || !Short(k) || BareHour(ref k) is not { } second) return null;
        if (T(k).Lexeme is not ({ Text: "today" or "tomorrow" } or { Weekday: not null }) && !(Is(k, "on") && WeekdayAt(k + 1) is not null)) return null;
        return Take(ref i, k, Shared(first, second.Hour <= first.Hour || first.Hour < 7 && second.Hour < 7 ? second with { Hour = second.Hour % 12 + 12, HalfDayOpen = false } : second));
    }

    /// <summary>A time or a stretch between two, which share the half of the day: 8 - 11pm.</summary>
    private Stretch? Times(ref int i, bool at)
    {
        var k = i;
        var first = Clock(ref k, at);
        var bare = first is null && Short(k) && !T(k).Glued;
        if (bare) first = BareHour(ref k);
        if (first is null) return null;
        var end = k;
        if ((SkipMark(ref k, '-') || SkipAny(ref k, Through) || (Is(i - 1, "between") && SkipAny(ref k, "and"))) && !IsMark(k, '-') && Clock(ref k, at: true) is { HasTime: true } second)
        {
            var range = Shared(first, second);
            if (!bare || (!second.HalfDayOpen && second.Minute is null) || second.Part != DayPart.None || !second.HalfDayOpen)
                return Take(ref i, k, range);
        }
        // "at 10 - 10.1" is no hour: what follows the dash would be its other end.
        var broken = first is { Minute: null, HalfDayOpen: true } && IsMark(end, '-') && T(end + 1).Kind == TokenKind.Number;
        return bare || broken ? null : Take(ref i, end, new Stretch(first));
    }

    private static Stretch Shared(When first, When second)
    {
        if (first.HalfDayOpen && !second.HalfDayOpen && second.Hour is { } last && first.Hour is { } hour and <= 12)
        {
            var afternoon = hour % 12 + 12;
            var start = last >= 12 && (afternoon < last || (afternoon == last && (first.Minute ?? 0) < (second.Minute ?? 0))) ? afternoon : last < 12 || hour < 12 ? hour % 12 : hour;
            first = first with { Hour = start, HalfDayOpen = false };
        }
        else if (second.HalfDayOpen && !first.HalfDayOpen && first.Hour is >= 12 and var from && second.Hour is { } open && open < 12 && open + 12 > from)
            second = second with { Hour = open + 12, HalfDayOpen = false };
        return new Stretch(first, second);
    }

    private When? BareHour(ref int i)
    {
        if (T(i).Value is < 0 or > 24 || T(i).Ordinal) return null;
        var hour = T(i++).Value;
        return new When { Hour = hour, HalfDayOpen = hour is >= 1 and <= 12 };
    }

    /// <summary>One time of day. A bare number is an hour only after "at" or where the other end of a stretch says so.</summary>
    private When? Clock(ref int i, bool at)
    {
        if (IsNumber(i, 2) && T(i).Value == 12)
        {
            var twelve = i + (IsGluedMark(i + 1, ':') && IsNumber(i + 2, 2) && T(i + 2).Value == 0 ? 3 : 1);
            if (Is(twelve, "noon") || Is(twelve, "midnight")) i = twelve;
        }
        if (SkipAny(ref i, "noon", "midday")) return new When { Hour = 12, Minute = 0, Second = 0 };
        if (SkipAny(ref i, "midnight")) return new When { Hour = 24, Minute = 0, Second = 0 };
        if (Spoken(ref i) is { } spoken) return spoken;
        if (Military(ref i) is { } military) return military;
        if (!Short(i) || T(i).Value > 24) return null;
        var (k, hour) = (i + 1, T(i).Value);
        int? minute = null, second = null, milli = null;
        if (IsGluedMark(k, ':') && IsNumber(k + 1, 2) && T(k + 1).Glued)
        {
            minute = T(k + 1).Value;
            k += 2;
            if (IsGluedMark(k, ':') && IsNumber(k + 1, 2) && T(k + 1).Glued) (second, k) = (T(k + 1).Value, k + 2);
        }
        else if (IsGluedMark(k, '.') && IsNumber(k + 1, 2) && T(k + 1).Glued && (at || Meridiem(k + 2) is not null) && !(IsGluedMark(k + 2, '.') && T(k + 3).Glued))
            (minute, k) = (T(k + 1).Value, k + 2);
        if (minute > 59 || second > 59 || (hour == 24 && (minute ?? 0) > 0)) return null;
        var open = hour is >= 1 and <= 12 && !(T(i).Digits == 2 && hour < 10);
        var clear = minute is not null;
        if (Meridiem(k) is { } half)
        {
            if (hour is 0 or > 12) return null;
            (hour, open, clear, k) = (hour % 12 + (half.Afternoon ? 12 : 0), false, true, half.End);
        }
        else if (SkipAny(ref k, "o'clock", "oclock") || Skip(ref k, "o", "clock")) clear = true;
        var part = open ? PartOf(ref k) : DayPart.None;
        if (part != DayPart.None) (hour, open, clear) = (InPart(hour, part), false, true);
        SkipAny(ref k, "sharp");
        if (!clear && (!at || !StandsAlone(k))) return null;
        i = k;
        return new When { Hour = hour, Minute = minute, Second = second, Millisecond = milli, HalfDayOpen = open };
    }

    /// <summary>"1730 hours", "17h30", and "17h" where a word before it says that it is a time and no amount.</summary>
    private When? Military(ref int i)
    {
        if (IsNumber(i, 4) && T(i).Value is var whole && whole / 100 < 24 && whole % 100 < 60 && T(i + 1).Lexeme?.Text is "hours" or "hrs" or "h")
        {
            i += 2;
            return new When { Hour = whole / 100, Minute = whole % 100 };
        }
        if (!Short(i) || T(i).Value > 23 || !Is(i + 1, "h") || !T(i + 1).Glued) return null;
        var hour = T(i).Value;
        if (IsNumber(i + 2, 2) && T(i + 2) is { Glued: true, Value: < 60 } minutes)
        {
            i += 3;
            return new When { Hour = hour, Minute = minutes.Value };
        }
        if (T(i - 1).Lexeme?.Text is not ("by" or "at" or "before" or "until" or "till" or "to") && T(i - 1).Lexeme?.Weekday is null || T(i + 2).Glued) return null;
        i += 2;
        return new When { Hour = hour };
    }

    /// <summary>Half past three, quarter to five, ten past two.</summary>
    private When? Spoken(ref int i)
    {
        var k = i;
        SkipAny(ref k, "a");
        double? minutes = Is(k, "half") ? 30 : Is(k, "quarter") ? 15 : T(k).Lexeme?.Number;
        if (minutes is not (5 or 10 or 15 or 20 or 30)) return null;
        k++;
        var past = SkipAny(ref k, "past");
        if (!past && !SkipAny(ref k, "to")) return null;
        var hour = T(k).Kind == TokenKind.Number && Short(k) ? T(k).Value : (int?)T(k).Lexeme?.Number;
        if (hour is not (>= 1 and <= 12) || IsGluedMark(k + 1, ':')) return null;
        k++;
        var total = hour.Value * 60 + (int)(past ? minutes.Value : -minutes.Value);
        var (shown, open) = (total / 60, true);
        if (Meridiem(k) is { } half) (shown, open, k) = (shown % 12 + (half.Afternoon ? 12 : 0), false, half.End);
        var part = open ? PartOf(ref k) : DayPart.None;
        if (part != DayPart.None) (shown, open) = (InPart(shown, part), false);
        i = k;
        return new When { Hour = shown, Minute = total % 60, HalfDayOpen = open };
    }

    private (bool Afternoon, int End)? Meridiem(int k)
    {
        if (T(k).Lexeme?.Text is "am" or "pm") return (T(k).Lexeme!.Text == "pm", k + 1);
        if (T(k).Kind != TokenKind.Word || T(k).Length != 1 || !IsGluedMark(k + 1, '.') || T(k + 2) is not { Length: 1, Kind: TokenKind.Word, Glued: true } m) return null;
        var (letter, last) = (char.ToLowerInvariant(text[T(k).Start]), char.ToLowerInvariant(text[m.Start]));
        return last == 'm' && letter is 'a' or 'p' ? (letter == 'p', IsGluedMark(k + 3, '.') ? k + 4 : k + 3) : null;
    }

    /// <summary>"in the morning", "at night", "tonight" behind an hour.</summary>
    private DayPart PartOf(ref int i)
    {
        var k = i;
        if (!Skip(ref k, "in", "the")) SkipAny(ref k, "at", "this");
        if (T(k).Lexeme is not { Part: not DayPart.None } lexeme) return DayPart.None;
        i = k + 1;
        return lexeme.Part;
    }

    private static int InPart(int hour, DayPart part) => part switch
    {
        DayPart.Morning => hour % 12,
        DayPart.Night => hour == 12 ? 24 : hour < 6 ? hour : hour < 12 ? hour + 12 : hour,
        _ => hour < 12 ? hour + 12 : hour,
    };

    private bool StandsAlone(int k) => T(k) switch
    {
        { Kind: TokenKind.Number } => false,
        { Kind: TokenKind.Mark, Mark: '%' or '$' or '€' or '/' or '°' or '+' } => false,
        { Kind: TokenKind.Mark, Mark: '.' or ',' or ':' or '-', Glued: true } => !T(k + 1).Glued || T(k + 1).Kind != TokenKind.Number,
        { Kind: TokenKind.Word, Glued: true } => false,
        { Lexeme: { Unit: not null, Weak: false } or { Month: > 0, Weak: false } } => false,
        { Lexeme.Text: "percent" or "past" or "business" or "working" } => false,
        _ => true,
    };
}
