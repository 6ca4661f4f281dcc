namespace Rapport.Commitments.Dates;

/// <summary>Which of day and month comes first in 03/04/2027.</summary>
public enum DateOrder
{
    /// <summary>The third of April.</summary>
    DayFirst,
    /// <summary>The fourth of March.</summary>
    MonthFirst,
}

/// <summary>Where in a period: its end ("end of week"), its beginning, or roughly.</summary>
internal enum Edge { None, Start, Early, Mid, Late, End, FirstHalf, SecondHalf }

/// <summary>What was said about one point of time, field by field: null is what was not said.
/// After <see cref="Resolution"/> the date is whole; the fields of the time stay null when no time was said.</summary>
internal sealed record When
{
    public int? Year { get; init; }
    public int? Month { get; init; }
    public int? Day { get; init; }
    public DayOfWeek? Weekday { get; init; }
    public int? Hour { get; init; }
    public int? Minute { get; init; }
    public int? Second { get; init; }
    public int? Millisecond { get; init; }
    public int? OffsetMinutes { get; init; }
    public string? ZoneId { get; init; }
    public DayPart Part { get; init; }
    public Edge Edge { get; init; }

    /// <summary>How fine it was said; a bare "next week" is a week.</summary>
    public Unit Grain { get; init; } = Unit.Day;

    /// <summary>"at 5": nobody said whether morning or afternoon.</summary>
    public bool HalfDayOpen { get; init; }

    /// <summary>Counted in working days from the date (or working hours when <see cref="Grain"/> is finer than a day).</summary>
    public double? Working { get; init; }

    /// <summary>Reckoned from now ("in two weeks", "tomorrow"), so that it never moves on.</summary>
    public bool Fixed { get; init; }

    /// <summary>The current period of its grain ("end of week"); moves on by one when it is over.</summary>
    public bool Rolling { get; init; }

    /// <summary>The speaker looks back: "yesterday", "two weeks ago".</summary>
    public bool Past { get; init; }

    /// <summary>Day and month could be the other way round (03/04).</summary>
    public bool OrderUnclear { get; init; }

    /// <summary>Why there is no such date, as a sentence.</summary>
    public string? Impossible { get; init; }

    public bool HasTime => Hour is not null;
    public bool HasDate => Day is not null || Month is not null || Year is not null || Weekday is not null || Working is not null;
    public DateTime Date => new(Year!.Value, Month!.Value, Day!.Value);

    /// <summary>A date reckoned from now; a time only when counted in hours or finer.</summary>
    public static When At(DateTime moment, Unit grain, bool past = false) => On(moment, grain, past) with
    {
        Hour = grain < Unit.Day ? moment.Hour : null,
        Minute = grain < Unit.Day ? moment.Minute : null,
        Second = grain < Unit.Day ? moment.Second : null,
        Millisecond = grain < Unit.Day ? moment.Millisecond : null,
    };

    public static When On(DateTime date, Unit grain = Unit.Day, bool past = false) =>
        new() { Year = date.Year, Month = date.Month, Day = date.Day, Grain = grain, Fixed = true, Past = past };

    public static When NotThere(string why) => new() { Impossible = why };

    /// <summary>The date of this with the time of the other.</summary>
    public When WithTime(When time) => this with
    {
        Hour = time.Hour, Minute = time.Minute, Second = time.Second, Millisecond = time.Millisecond, HalfDayOpen = time.HalfDayOpen,
        Part = time.Part != DayPart.None ? time.Part : Part, OffsetMinutes = time.OffsetMinutes ?? OffsetMinutes, ZoneId = time.ZoneId ?? ZoneId,
        Impossible = Impossible ?? time.Impossible,
    };
}

/// <summary>A phrase of time in a text: where it stands, from when, and until when if it is a range.</summary>
internal readonly record struct Phrase(int Start, int End, When From, When? To = null);
