namespace Rapport.Commitments.Dates;

/// <summary>What may follow a point: its time, its date, its weekday, its zone, an amount to add.</summary>
internal sealed partial class DateGrammar
{
    /// <summary>Region names that zones of the IANA database begin with.</summary>
    private static readonly string[] Regions = ["Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian", "Antarctica", "Arctic", "Etc"];

    /// <summary>Zone abbreviations that are everyday words when not in capitals.</summary>
    private static readonly string[] AlsoWords = ["get", "art", "met", "west", "east", "wet", "wit", "gst", "ist", "ast", "et", "ct", "mt", "pt", "mest", "central", "eastern", "pacific", "mountain", "uk", "india"];

    private Stretch? Extended(ref int i, Stretch read)
    {
        var point = read.From;
        return (point.HasTime ? null : WithTime(ref i, read))
            ?? (point.HasTime && !point.HasDate ? WithDate(ref i, read) : null)
            ?? (point is { Weekday: not null, Fixed: false, Day: null, Grain: Unit.Day } ? WithCalendarDate(ref i, read) : null)
            ?? (point is { Day: not null, Month: not null, Year: null } && point.HasTime ? WithYear(ref i, read) : null)
            ?? (!(point.Fixed && point is { HasTime: true, Grain: < Unit.Day }) && (point.HasTime || point.HasDate) && point.OffsetMinutes is null && point.ZoneId is null ? WithZone(ref i, read) : null)
            ?? (point.HasDate && read.To is null ? WithAmount(ref i, read) : null);
    }

    private Stretch? WithTime(ref int i, Stretch read)
    {
        var (k, point) = (i, read.From);
        if (!point.HasDate && point.Part == DayPart.None) return null;
        if (point.Edge != Edge.None || point.Part is DayPart.FirstThing or DayPart.LastThing || point.Working is not null && point.Grain < Unit.Day) return null;
        if (point.Part == DayPart.None && point.Grain == Unit.Day && T(k).Lexeme?.Text is "before" or "after" && PartAfter(ref k) is { } sided)
            return Take(ref i, k, read with { From = point with { Part = sided, Grain = Unit.Hour }, To = read.To is { } last ? last with { Part = sided } : null });
        var glued = T(k).Glued;
        var at = SkipAny(ref k, "at") || SkipMark(ref k, '@');
        if (!at && (SkipMark(ref k, ',') || SkipMark(ref k, '∙') || SkipMark(ref k, '·') || SkipMark(ref k, '(') || (glued && (SkipMark(ref k, '.') || SkipMark(ref k, ':') || SkipMark(ref k, '-'))) || SkipMark(ref k, '-')))
            at = SkipAny(ref k, "at");
        else if (!at) at = SkipAny(ref k, "after", "before", "by", "around", "about", "from", "between");
        if (at) SkipAny(ref k, "around", "about", "latest");
        if (PartAfter(ref k) is { } part && point.Part == DayPart.None && point.Grain == Unit.Day)
            return Take(ref i, k, read with { From = point with { Part = part, Grain = Unit.Hour }, To = read.To is { } end ? end with { Part = part } : null });
        var ended = k;
        if (ClosingAfter(ref ended) && point.Grain == Unit.Day) return Take(ref i, ended, read with { From = point with { Edge = Edge.End } });
        if (Times(ref k, at || point.Part != DayPart.None && k == i) is not { } times) return null;
        // "20 March - 5pm": the dash joins the day to its hour; "20 March - 22:00" as well.
        i = k;
        var from = point.Grain is Unit.Week ? point with { Grain = Unit.Day } : point;
        return times.To is { } until
            ? new Stretch(from.WithTime(InSaidPart(times.From, point)), from.WithTime(InSaidPart(until, point)))
            : new Stretch(from.WithTime(InSaidPart(times.From, point)), read.To?.WithTime(times.From));
    }

    private static When InSaidPart(When time, When point) => point.Part is DayPart.None || !time.HalfDayOpen
        ? time
        : time with { Hour = InPart(time.Hour!.Value, point.Part), HalfDayOpen = false };

    private DayPart? PartAfter(ref int i)
    {
        var k = i;
        if (SkipAny(ref k, "before", "after") && SkipAny(ref k, "lunch", "lunchtime")) return Taken(ref i, k, Is(k - 2, "before") ? DayPart.Morning : DayPart.Afternoon);
        k = i;
        if (!Skip(ref k, "in", "the")) SkipAny(ref k, "at");
        if (Skip(ref k, "first", "thing")) return Taken(ref i, k, DayPart.FirstThing);
        if (T(k).Lexeme is not { Part: not DayPart.None } lexeme) return null;
        i = k + 1;
        return lexeme.Part;
    }

    private static DayPart Taken(ref int i, int k, DayPart part)
    {
        i = k;
        return part;
    }

    private bool ClosingAfter(ref int i)
    {
        SkipMark(ref i, ',');
        SkipAny(ref i, "by", "at");
        return SkipAny(ref i, "eod", "cob", "eob") || Skip(ref i, "close", "of", "business") || Skip(ref i, "end", "of", "business", "day") || Skip(ref i, "end", "of", "business") || Skip(ref i, "end", "of", "day") || Skip(ref i, "end", "of", "the", "day");
    }

    private Stretch? WithDate(ref int i, Stretch read)
    {
        var k = i;
        if (!SkipMark(ref k, ',') && !SkipMark(ref k, '∙') && !SkipMark(ref k, '·')) SkipAny(ref k, "of");
        SkipAny(ref k, "on");
        if (Longest(ref k) is not { To: null } date || date.From is not { HasDate: true, HasTime: false, Edge: Edge.None } day) return null;
        if (day.Impossible is not null) return Take(ref i, k, date);
        i = k;
        var from = InSaidPart(read.From, day);
        return new Stretch(day.WithTime(from), read.To is { } until ? day.WithTime(InSaidPart(until, day)) : null);
    }

    private Stretch? WithCalendarDate(ref int i, Stretch read)
    {
        var k = i;
        SkipMark(ref k, ',');
        if (Longest(ref k) is not { } date || date.From is not { Day: not null, Weekday: null, Fixed: false } day) return null;
        i = k;
        var from = day with { Weekday = read.From.Weekday };
        return read.From.HasTime || read.From.Part != DayPart.None
            ? new Stretch(from.WithTime(read.From), read.To is { } end ? from.WithTime(end) : null)
            : date with { From = from };
    }

    private Stretch? WithYear(ref int i, Stretch read)
    {
        if (!IsNumber(i, 4) || T(i).Value is < 1900 or > 2200) return null;
        var year = T(i++).Value;
        return new Stretch(read.From with { Year = year }, read.To is { } end ? end with { Year = year } : null);
    }

    private Stretch? WithAmount(ref int i, Stretch read)
    {
        var k = i;
        var plus = SkipMark(ref k, '+');
        if (!plus && !SkipMark(ref k, '-')) return null;
        if (Amounts(ref k) is not { } amounts || Resolution.Of(read.From, now, forward: false) is not { Impossible: null } there) return null;
        var from = there.HasTime ? there.Date.AddHours(there.Hour!.Value).AddMinutes(there.Minute ?? 0).AddSeconds(there.Second ?? 0) : there.Date;
        return Take(ref i, k, new Stretch(Moved(from, amounts, plus ? 1 : -1)));
    }

    private Stretch? WithZone(ref int i, Stretch read)
    {
        var k = i;
        if (!read.From.HasTime) SkipMark(ref k, ',');
        var open = SkipMark(ref k, '(');
        if (Zone(ref k, read.From.HasTime) is not { } zone) return null;
        if (open) SkipMark(ref k, ')');
        i = k;
        When Set(When point) => point with { OffsetMinutes = zone.Offset, ZoneId = zone.Id, Impossible = zone.Problem };
        return new Stretch(Set(read.From), read.To is { } end ? Set(end) : null);
    }

    private (int? Offset, string? Id, string? Problem)? Zone(ref int i, bool timed)
    {
        if (timed && NumericOffset(i, out var bare, out var behind) && T(i).Mark is '+' or '-' && (T(i).Glued || T(i + 1).Digits == 4)) return Found(ref i, behind, (bare, null, null));
        if (T(i).Kind != TokenKind.Word) return null;
        if (IsMark(i + 1, '/') && T(i + 1).Glued && T(i + 2) is { Kind: TokenKind.Word, Glued: true } && Regions.Contains(text.Substring(T(i).Start, T(i).Length), StringComparer.OrdinalIgnoreCase))
        {
            var end = i + 3;
            while (T(end) is { Glued: true } next && (next.Kind == TokenKind.Word || next.Mark is '_' or '/' && T(end + 1) is { Kind: TokenKind.Word, Glued: true }) && end < i + 9) end++;
            var id = text[T(i).Start..T(end - 1).End];
            return Found(ref i, end, TimeZoneInfo.TryFindSystemTimeZoneById(id, out var known) ? (null, known.Id, null) : (null, null, $"There is no time zone \"{id}\"."));
        }
        if (T(i).Lexeme is not { } lexeme || (lexeme.OffsetMinutes is null && lexeme.ZoneId is null)) return null;
        var name = text.AsSpan(T(i).Start, T(i).Length);
        var time = T(i + 1).Lexeme is { Text: "time" };
        var capitals = !name.ContainsAnyInRange('a', 'z');
        var named = timed && Capital(i) && name.Length > 2 && T(i + 1).Kind is TokenKind.End or TokenKind.Mark;
        if (lexeme.ZoneId is not null && !time && !named && !(capitals && name.Length == 2) || AlsoWords.Contains(lexeme.Text) && !capitals && !time && !(named && lexeme.ZoneId is not null)) return null;
        if (T(i).Glued && T(i - 1).Kind == TokenKind.Word) return null;
        var k = time ? i + 2 : i + 1;
        if (lexeme.Text is "utc" or "gmt" && NumericOffset(k, out var shift, out var after))
        {
            // "GMT+0900 (JST)": the name in parentheses repeats the offset.
            if (IsMark(after, '(') && T(after + 1).Lexeme?.OffsetMinutes is not null && IsMark(after + 2, ')')) after += 3;
            return Found(ref i, after, (shift, null, null));
        }
        return Found(ref i, k, (lexeme.OffsetMinutes, lexeme.ZoneId, null));
    }

    private static (int?, string?, string?)? Found(ref int i, int end, (int?, string?, string?) zone)
    {
        i = end;
        return zone;
    }

    /// <summary>+02, +0245, -08:45; at most fourteen hours from Greenwich.</summary>
    private bool NumericOffset(int i, out int minutes, out int end)
    {
        (minutes, end) = (0, i);
        if (!IsMark(i, '+') && !IsMark(i, '-') || T(i + 1) is not { Kind: TokenKind.Number, Glued: true, Ordinal: false, Digits: 1 or 2 or 4 } number) return false;
        var (hours, rest) = number.Digits == 4 ? (number.Value / 100, number.Value % 100) : (number.Value, 0);
        end = i + 2;
        if (number.Digits < 4 && IsGluedMark(end, ':') && IsNumber(end + 1, 2)) (rest, end) = (T(end + 1).Value, end + 2);
        minutes = (hours * 60 + rest) * (IsMark(i, '-') ? -1 : 1);
        return hours * 60 + rest <= 14 * 60 && rest < 60;
    }
}
