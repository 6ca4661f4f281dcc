using System.Collections.Frozen;

namespace Rapport.Commitments.Dates;

/// <summary>A stretch of time people count in; also how fine a date was said.</summary>
internal enum Unit { Millisecond, Second, Minute, Hour, Day, Week, Month, Quarter, Year }

/// <summary>A part of a day as people name it.</summary>
internal enum DayPart { None, Morning, Lunch, Afternoon, Evening, Night, FirstThing, LastThing }

/// <summary>Which one of several is meant: last, this or next.</summary>
internal enum Which { Last = -1, This = 0, Next = 1 }

/// <summary>Everything one word can mean in a date; most words mean one thing, "second" and "mon" two.</summary>
internal sealed record Lexeme(string Text)
{
    public DayOfWeek? Weekday { get; init; }
    public int Month { get; init; }
    public Unit? Unit { get; init; }
    public int UnitCount { get; init; } = 1;
    public double? Number { get; init; }
    public int Ordinal { get; init; }
    public DayPart Part { get; init; }
    public Which? Which { get; init; }
    public int? OffsetMinutes { get; init; }
    public string? ZoneId { get; init; }

    /// <summary>An abbreviation, or a word with an everyday meaning beside: by itself it is no date.</summary>
    public bool Weak { get; init; }

    /// <summary>A word that only joins: no phrase begins with it.</summary>
    public bool Joins { get; init; }
}

/// <summary>The words of the English date grammar. Case does not matter.</summary>
internal static class Words
{
    private static readonly (string Names, DayOfWeek Day)[] Weekdays =
    [
        ("monday mon*", DayOfWeek.Monday), ("tuesday tues tue", DayOfWeek.Tuesday), ("wednesday wed* weds", DayOfWeek.Wednesday),
        ("thursday thurs thur thu", DayOfWeek.Thursday), ("friday fri", DayOfWeek.Friday), ("saturday sat*", DayOfWeek.Saturday), ("sunday sun*", DayOfWeek.Sunday),
    ];

    private static readonly string[] Months =
    [
        "january jan*", "february feb*", "march* mar*", "april apr*", "may*", "june jun*", "july jul*", "august aug*",
        "september sept* sep*", "october oct*", "november nov*", "december dec*",
    ];

    private static readonly (string Names, Unit Unit, int Count)[] Units =
    [
        ("second seconds sec secs s*", Unit.Second, 1), ("minute minutes min mins m*", Unit.Minute, 1), ("hour hours hr hrs h*", Unit.Hour, 1),
        ("day days d*", Unit.Day, 1), ("week weeks wk wks w*", Unit.Week, 1), ("fortnight fortnights", Unit.Week, 2),
        ("month months mo mos mon*", Unit.Month, 1), ("quarter quarters qtr qtrs", Unit.Quarter, 1), ("year years yr yrs y*", Unit.Year, 1),
    ];

    private static readonly string[] Numbers =
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".Split(' ');

    private static readonly string[] Ordinals =
        ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth " +
         "seventeenth eighteenth nineteenth twentieth").Split(' ');

    private static readonly (string Names, DayPart Part)[] Parts =
    [
        ("morning mornings", DayPart.Morning), ("lunchtime lunch", DayPart.Lunch), ("afternoon", DayPart.Afternoon),
        ("evening", DayPart.Evening), ("night tonight", DayPart.Night),
    ];

    private static readonly (string Names, Which Which)[] Modifiers =
        [("last past previous", Which.Last), ("this current", Which.This), ("next coming following upcoming", Which.Next)];

    /// <summary>Zone abbreviations with one meaning in business English, in minutes east of Greenwich.</summary>
    private static readonly (string Names, int Minutes)[] Offsets =
    [
        ("utc gmt z* zulu wet", 0), ("cet bst west met", 60), ("cest eet sast mest", 120), ("eest msk trt", 180), ("gst get", 240), ("pkt", 300),
        ("ist", 330), ("ict wib", 420), ("sgt hkt awst pht", 480), ("jst kst", 540), ("acst", 570), ("aest", 600), ("acdt", 630), ("aedt", 660),
        ("nzst", 720), ("nzdt", 780), ("brt art", -180), ("ndt", -150), ("nst", -210), ("adt", -180), ("ast edt", -240), ("est cdt", -300),
        ("cst mdt", -360), ("mst pdt", -420), ("pst akdt", -480), ("akst", -540), ("hst", -600),
    ];

    /// <summary>Names people give to a zone whose offset changes over the year.</summary>
    private static readonly (string Names, string Id)[] Zones =
    [
        ("et* eastern", "America/New_York"), ("ct* central", "America/Chicago"), ("mt* mountain", "America/Denver"), ("pt* pacific", "America/Los_Angeles"),
        ("london uk", "Europe/London"), ("berlin", "Europe/Berlin"), ("paris", "Europe/Paris"), ("zurich", "Europe/Zurich"), ("vienna", "Europe/Vienna"),
        ("madrid", "Europe/Madrid"), ("rome", "Europe/Rome"), ("dublin", "Europe/Dublin"), ("lisbon", "Europe/Lisbon"), ("istanbul", "Europe/Istanbul"),
        ("tokyo", "Asia/Tokyo"), ("singapore", "Asia/Singapore"), ("sydney", "Australia/Sydney"), ("auckland", "Pacific/Auckland"),
        ("dubai", "Asia/Dubai"), ("mumbai india", "Asia/Kolkata"), ("toronto", "America/Toronto"), ("chicago", "America/Chicago"),
    ];

    /// <summary>Words that only hold phrases together.</summary>
    private const string Glue =
        "a an the in on at for after within later " +
        "now today tomorrow tmr tmrw yesterday noon midday midnight half couple few several " +
        "about around approximately approx roughly end beginning start early mid middle midweek late close business working work workday workdays play thing eod eob cob cop* eow eom eoq eoy " +
        "opening weekend weekends weekday weekdays q1 q2 q3 q4 h1 h2 fy calendar cw kw christmas easter new year's eve xmas good boxing thanksgiving valentine halloween ascension whit pentecost";

    /// <summary>Words that join the parts of a phrase and begin none.</summary>
    private const string Joints =
        "of to by from until till til through thru and or between before since during than latest so commencing starting ending am pm o'clock oclock o clock ago earlier back prior hence out ad ce be bc bce t sharp time";

    private static readonly FrozenDictionary<string, Lexeme> Table = Build();
    private static readonly FrozenDictionary<string, Lexeme>.AlternateLookup<ReadOnlySpan<char>> Lookup = Table.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What a word means, or null for one that says nothing about time.</summary>
    public static Lexeme? Of(ReadOnlySpan<char> word)
    {
        if (word.Length > 16) return null;
        if (Lookup.TryGetValue(word, out var lexeme)) return lexeme;
        return word.Length > 2 && word[^1] is 's' or 'S' && word[^2] is '\'' or '’' && Lookup.TryGetValue(word[..^2], out lexeme) ? lexeme : null;
    }

    private static FrozenDictionary<string, Lexeme> Build()
    {
        var words = new Dictionary<string, Lexeme>(StringComparer.OrdinalIgnoreCase);
        void Add(string names, Func<Lexeme, Lexeme> means)
        {
            foreach (var name in names.Split(' '))
            {
                var word = name.TrimEnd('*');
                var lexeme = means(words.GetValueOrDefault(word) ?? new Lexeme(word));
                words[word] = name.EndsWith('*') ? lexeme with { Weak = true } : lexeme;
            }
        }
        foreach (var (names, day) in Weekdays) Add(names, word => word with { Weekday = day });
        for (var month = 0; month < 12; month++) Add(Months[month], word => word with { Month = month + 1 });
        foreach (var (names, unit, count) in Units) Add(names, word => word with { Unit = unit, UnitCount = count });
        for (var number = 0; number < Numbers.Length; number++) Add(Numbers[number], word => word with { Number = number });
        Add("thirty", word => word with { Number = 30 });
        Add("forty", word => word with { Number = 40 });
        Add("sixty", word => word with { Number = 60 });
        Add("ninety", word => word with { Number = 90 });
        for (var ordinal = 0; ordinal < Ordinals.Length; ordinal++) Add(Ordinals[ordinal], word => word with { Ordinal = ordinal + 1 });
        Add("thirtieth", word => word with { Ordinal = 30 });
        foreach (var (names, part) in Parts) Add(names, word => word with { Part = part });
        foreach (var (names, which) in Modifiers) Add(names, word => word with { Which = which });
        foreach (var (names, minutes) in Offsets) Add(names, word => word with { OffsetMinutes = minutes });
        foreach (var (names, id) in Zones) Add(names, word => word with { ZoneId = id });
        foreach (var word in Glue.Split(' ')) Add(word, each => each);
        foreach (var word in Joints.Split(' ')) Add(word, each => each with { Joins = true });
        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
