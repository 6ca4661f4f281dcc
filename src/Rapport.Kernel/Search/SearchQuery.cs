using System.Buffers;

namespace Rapport.Kernel.Search;

/// <summary>What somebody typed into the Find box, ready to be asked of either database.</summary>
/// <param name="Words">Folded words, all of which must be there; the last of them may be only begun.</param>
/// <param name="Digits">The digits, when what was typed may be a telephone number; else empty.</param>
/// <param name="Subscriber">The same without what is dialled before it at home or abroad (0, 00): how the number ends wherever it is dialled from.</param>
/// <param name="Scraps">The folded pieces between spaces that are long enough to be found inside a word.</param>
public sealed record SearchQuery(IReadOnlyList<string> Words, string Digits, string Subscriber, IReadOnlyList<string> Scraps)
{
    /// <summary>Words beyond this many are ignored, and letters of a word beyond <see cref="LongestWord"/>.</summary>
    public const int MostWords = 12, LongestWord = 60;

    /// <summary>Shortest piece that is found inside a word, and fewest digits that are taken for a number.</summary>
    public const int ShortestScrap = 3, FewestDigits = 3;

    private const int FewestSurely = 6;

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789 +-()./\u00a0");

    /// <summary>Reads any text; never throws.</summary>
    public static SearchQuery Parse(string? text)
    {
        var folded = TextFold.Fold(Cut(text ?? "", 400));
        var words = WordsOf(folded).Take(MostWords).ToList();
        var scraps = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(s => s.EnumerateRunes().Count() >= ShortestScrap && s.Any(char.IsLetterOrDigit)).Select(s => Cut(s, LongestWord)).Take(MostWords).ToList();
        var digits = IsNumber(folded) ? DigitsOf(folded) : "";
        // "+49 (0)30 ..." is written abroad with the zero that is dialled at home.
        var subscriber = (folded.Contains("(0)", StringComparison.Ordinal) ? DigitsOf(folded.Replace("(0)", "", StringComparison.Ordinal)) : digits).TrimStart('0');
        return new(words, digits, digits.Length > 0 && subscriber.Length >= FewestDigits ? subscriber : digits, scraps);
    }

    /// <summary>A piece is more than its words: "c++", "o'neill", an address. Who has it as it stands comes first.</summary>
    public bool IsPunctuated => Digits.Length == 0 && Scraps.Any(s => s.Any(c => !char.IsLetterOrDigit(c) && char.IsAscii(c)));

    /// <summary>It is, or begins like, a mail address.</summary>
    public bool IsAddress => Scraps is [var only] && only.IndexOf('@', StringComparison.Ordinal) > 0;

    /// <summary>It is one to its end: nothing longer is meant.</summary>
    public bool IsWholeAddress => IsAddress && Scraps[0].LastIndexOf('.') is var dot && dot > Scraps[0].IndexOf('@', StringComparison.Ordinal) && Scraps[0].Length - dot > 2;

    /// <summary>Several groups of digits, so many that they are looked for as one number only: each group alone begins far too much.</summary>
    public bool IsSurelyNumber => Words.Count > 1 && Digits.Length >= FewestSurely;

    /// <summary>What the words of <see cref="NumberWords"/> begin with, where somebody has a number that begins or ends so.</summary>
    public IEnumerable<string> NumberBeginnings => Digits.Length == 0 ? [] : new[] { $"n{Digits}", $"n{Subscriber}", $"r{Reversed(Subscriber)}" }.Distinct();

    /// <summary>Nothing that could be asked for.</summary>
    public bool IsEmpty => Words.Count == 0;

    /// <summary>The words of a text as they are indexed.</summary>
    public static IEnumerable<string> WordsOf(string folded) => TextFold.Words(folded).Select(w => Cut(w, LongestWord));

    /// <summary>Only the decimal digits.</summary>
    public static string DigitsOf(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    /// <summary>The digits from the last to the first: an ending becomes a beginning, which an index can find.</summary>
    public static string Reversed(string digits) => new([.. digits.Reverse()]);

    /// <summary>The words under which a document's telephone numbers are found: from their beginning and from their end.</summary>
    public static IEnumerable<string> NumberWords(IEnumerable<string> scraps) =>
        from scrap in scraps
        where IsNumber(scrap)
        let digits = DigitsOf(scrap)
        from word in new[] { $"n{Cut(digits, 20)}", $"r{Reversed(digits[^Math.Min(20, digits.Length)..])}" }
        select word;

    private static bool IsNumber(string text) => !text.AsSpan().ContainsAnyExcept(OfNumbers) && text.Count(char.IsAsciiDigit) >= FewestDigits;

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
