namespace Rapport.Commitments.Dates;

/// <summary>The English grammar of dates and times as functions over tokens. Each function reads one thing at <c>i</c>,
/// moves <c>i</c> behind it and returns it, or returns null and leaves <c>i</c> alone. Everything looks ahead a bounded
/// number of tokens only, so that reading is linear in the length of the text.</summary>
internal sealed partial class DateGrammar
{
    private static readonly string[] Through = ["to", "until", "till", "til", "through", "thru"];

    /// <summary>"a day after a week before ...": further in, nobody follows.</summary>
    private const int DeepestNesting = 3;

    /// <summary>No letter holds more dates; what does is read so far, in bounded time.</summary>
    private const int MostPhrases = 500;

    /// <summary>What can begin with a word.</summary>
    private static readonly Reads[] OfWords =
    [
        (g, ref i) => g.MonthDate(ref i), (g, ref i) => g.CountedInMonth(ref i), (g, ref i) => g.CalendarPeriod(ref i), (g, ref i) => g.WeekOf(ref i), (g, ref i) => g.HalfOf(ref i), (g, ref i) => g.FeastDay(ref i), (g, ref i) => g.EdgeOf(ref i),
        (g, ref i) => g.WorkingTime(ref i), (g, ref i) => g.RelativeTime(ref i), (g, ref i) => g.Casual(ref i), (g, ref i) => g.Weekdays(ref i), (g, ref i) => g.AtTime(ref i),
    ];

    /// <summary>What can begin with a number or a mark.</summary>
    private static readonly Reads[] OfOthers =
    [
        (g, ref i) => g.Iso(ref i), (g, ref i) => g.IsoWeek(ref i), (g, ref i) => g.Numeric(ref i), (g, ref i) => g.MonthDate(ref i), (g, ref i) => g.CountedInMonth(ref i), (g, ref i) => g.CalendarPeriod(ref i),
        (g, ref i) => g.WorkingTime(ref i), (g, ref i) => g.RelativeTime(ref i), (g, ref i) => g.HalfOf(ref i), (g, ref i) => g.AtTime(ref i),
    ];

    private readonly string text;
    private readonly List<Token> tokens;
    private readonly DateTime now;
    private readonly DateOrder order;
    private readonly Dictionary<int, (Stretch? Read, int End)> remembered = [];
    private int depth;

    private DateGrammar(string text, DateTime now, DateOrder order) => (this.text, tokens, this.now, this.order) = (text, Token.Cut(text), now, order);

    /// <summary>A range or a single point, while it is being read.</summary>
    private readonly record struct Stretch(When From, When? To = null);

    /// <summary>All phrases of time in a text, in order and apart, as said: dates without a year still lack it (see <see cref="Resolution"/>).</summary>
    public static List<Phrase> ReadAll(string text, DateTime now, DateOrder order)
    {
        var grammar = new DateGrammar(text, now, order);
        var phrases = new List<Phrase>();
        for (var i = 0; i < grammar.tokens.Count && phrases.Count < MostPhrases;)
        {
            var start = i;
            if (!grammar.CanBegin(i) || grammar.Phrase(ref i) is not { } found) i = start + 1;
            else phrases.Add(new Phrase(grammar.tokens[start].Start, grammar.tokens[i - 1].End, found.From, found.To));
        }
        return phrases;
    }

    private Stretch? Phrase(ref int i)
    {
        var start = i;
        if (Point(ref i) is not { } first) return null;
        var k = i;
        if (first.To is null && JoinsTo(ref k, start) && !IsMark(k, '-') && Point(ref k) is { To: null } second && second.From.Impossible is null)
            (i, first) = (k, Joined(first.From, second.From));
        SkipLatest(ref i);
        return first;
    }

    /// <summary>"Monday to Friday", "between Monday and Friday".</summary>
    private bool JoinsTo(ref int k, int start) => SkipMark(ref k, '-') || SkipAny(ref k, Through) || Is(start - 1, "between") && SkipAny(ref k, "and");

    /// <summary>"at the latest", "latest" behind a date belong to it.</summary>
    private void SkipLatest(ref int i)
    {
        var k = i;
        SkipMark(ref k, ',');
        if (Skip(ref k, "at", "the", "latest") || Skip(ref k, "at", "latest") || Skip(ref k, "the", "latest") || SkipAny(ref k, "latest")) i = k;
    }

    /// <summary>One point with all that belongs to it on both sides: weekday, date, time, zone, in any order people use.</summary>
    private Stretch? Point(ref int i)
    {
        if (Longest(ref i) is not { } read) return null;
        for (var more = 0; more < 6 && read.From.Impossible is null && Extended(ref i, read) is { } longer; more++) read = longer;
        return read;
    }

    /// <summary>The alternatives; the one that reads furthest wins, the earlier at a tie. What was read at a place is remembered:
    /// phrases within phrases would otherwise be read again and again.</summary>
    private Stretch? Longest(ref int i)
    {
        if (depth >= DeepestNesting || T(i) is { Kind: TokenKind.End } or { Kind: TokenKind.Word, Lexeme: null }) return null;
        var place = i * DeepestNesting + depth;
        if (!remembered.TryGetValue(place, out var known))
        {
            depth++;
            known = (null, i);
            foreach (var read in T(i).Kind == TokenKind.Word ? OfWords : OfOthers)
            {
                var k = i;
                if (read(this, ref k) is { } found && k > known.End) known = (found, k);
            }
            depth--;
            remembered[place] = known;
        }
        i = known.End;
        return known.Read;
    }

    private delegate Stretch? Reads(DateGrammar grammar, ref int i);

    /// <summary>"10 August - 12 September 2013": what one side leaves out it takes from the other.</summary>
    private static Stretch Joined(When start, When to)
    {
        if (!to.HasDate && start.HasDate) to = start.WithTime(to) with { Edge = to.Edge };
        else if (!start.HasDate && to.HasDate && start.HasTime) start = to.WithTime(start);
        if (start is { Month: { } first, Year: null } && to is { Year: { } year, Month: { } last, Fixed: false }) start = start with { Year = first > last ? year - 1 : year };
        if (to is { Month: not null, Year: null } && start is { Year: { } beginning, Month: { } opening }) to = to with { Year = opening > to.Month ? beginning + 1 : beginning };
        return new Stretch(start, to);
    }

    private bool CanBegin(int i)
    {
        var token = tokens[i];
        if (token.Kind == TokenKind.Word) return token.Lexeme is { Joins: false } && !(token.Glued && T(i - 1).Kind is TokenKind.Number);
        if (token.Kind == TokenKind.Mark) return token.Mark == '@' || (token.Mark is '+' or '-' && !token.Glued && T(i + 1).Kind == TokenKind.Number);
        if (!token.Glued) return true;
        // Not in the middle of "v5", "1.5.30", "101,194" or "$20".
        var before = T(i - 1);
        return before.Kind == TokenKind.Mark && before.Mark is not ('$' or '€' or '£' or '#' or '-' or '%')
            && (before.Mark is not ('.' or ',' or '/' or ':') || T(i - 2).Kind != TokenKind.Number);
    }

    private Token T(int i) => (uint)i < (uint)tokens.Count ? tokens[i] : default;

    private bool Is(int i, string word) => T(i).Lexeme is { } lexeme && lexeme.Text == word;
    private bool IsMark(int i, char mark) => T(i).Kind == TokenKind.Mark && T(i).Mark == mark;
    private bool IsGluedMark(int i, char mark) => IsMark(i, mark) && T(i).Glued;
    private bool IsNumber(int i, int digits) => T(i).Kind == TokenKind.Number && T(i).Digits == digits && !T(i).Ordinal;
    private bool Capital(int i) => char.IsUpper(text[T(i).Start]);

    private bool Shouted(int i) => !text.AsSpan(T(i).Start, T(i).Length).ContainsAnyInRange('a', 'z');

    /// <summary>Skips all the words in a row, or none; hyphens between them do not matter.</summary>
    private bool Skip(ref int i, params ReadOnlySpan<string> words)
    {
        var k = i;
        foreach (var word in words)
        {
            if (k > i && IsMark(k, '-') && Is(k + 1, word)) k++;
            if (!Is(k++, word)) return false;
        }
        i = k;
        return true;
    }

    private bool SkipAny(ref int i, params ReadOnlySpan<string> words)
    {
        if (T(i).Lexeme is not { } lexeme || !words.Contains(lexeme.Text)) return false;
        i++;
        return true;
    }

    private bool SkipMark(ref int i, char mark)
    {
        if (!IsMark(i, mark)) return false;
        i++;
        return true;
    }
}
