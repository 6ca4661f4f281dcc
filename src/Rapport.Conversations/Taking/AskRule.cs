using System.Buffers;

namespace Rapport.Conversations;

/// <summary>What a text wants of its reader (V13): by question marks in any script and by phrases of request. Quoted text was taken out before; what is left of it after ">" is not read.</summary>
public static class AskRule
{
    private const int MostRead = 20_000, MostWordsOfThanks = 25, MostWordsOfConfirmation = 8;
    private static readonly SearchValues<char> QuestionMarks = SearchValues.Create("?？؟\u037E՞፧⁇⁈");
    private static readonly SearchValues<char> NoWords = SearchValues.Create(" \t?!.-*");

    /// <summary>Whether it asks or requests something. Thanks alone never does.</summary>
    public static bool Asks(string text)
    {
        var own = Own(text);
        return own.Split('\n').Any(IsQuestion) || Requests(AskWords.Words(own));
    }

    /// <summary>Whether it does nothing but thank or confirm: short, asking nothing, objecting to nothing, with a word of thanks, or with hardly more than one of confirmation.</summary>
    public static bool OnlyThanks(string text)
    {
        var own = Own(text);
        var words = AskWords.Words(own);
        var count = words.AsSpan().Count(' ') - 1;
        if (count > MostWordsOfThanks || own.Length > 300 || Objects(words)) return false;
        return (Has(words, AskWords.Thanks) || count <= MostWordsOfConfirmation && Has(words, AskWords.Confirmations)) && !Asks(own);
    }

    private static bool Objects(string words)
    {
        words = AskWords.Harmless.Aggregate(words, (left, harmless) => left.Replace(harmless, " ", StringComparison.Ordinal));
        return Has(words, AskWords.Objections) || Has(words, AskWords.ObjectionsUnspaced);
    }

    private static bool Requests(string words) => Has(words, AskWords.Requests) || Has(words, AskWords.Unspaced) || AskWords.Please.Any(p => AsksFor(words, p.Please, p.Unless));

    // "Please cancel it" asks, "please find attached" does not, nor what is said to thanks in many languages: the word alone.
    private static bool AsksFor(string words, string please, IReadOnlyList<string> unless)
    {
        if (words == please) return false;
        for (var at = words.IndexOf(please, StringComparison.Ordinal); at >= 0; at = words.IndexOf(please, at + 1, StringComparison.Ordinal))
        {
            var behind = words.AsSpan(at + please.Length - 1);
            var asks = true;
            foreach (var other in unless) asks &= !behind.StartsWith(other, StringComparison.Ordinal);
            if (asks) return true;
        }
        return false;
    }

    private static bool Has(string words, IReadOnlyList<string> any) => any.Any(w => words.Contains(w, StringComparison.Ordinal));

    private static bool IsQuestion(string line)
    {
        for (var at = line.AsSpan().IndexOfAny(QuestionMarks); at >= 0;)
        {
            if (Ends(line, at) && !IsSmallTalk(line.AsSpan(0, at))) return true;
            var next = line.AsSpan(at + 1).IndexOfAny(QuestionMarks);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return false;
    }

    // The question mark of a web address stands inside a word, and one alone is often a letter that got lost.
    private static bool Ends(string line, int at)
    {
        if (line[at] > '\u0100') return true;
        if (at + 1 < line.Length && (char.IsLetterOrDigit(line[at + 1]) || line[at + 1] is '=' or '&' or '%' or '/')) return false;
        var start = line.LastIndexOfAny([' ', '\t'], at) + 1;
        return at > 0 && !line.AsSpan(start, at - start).Contains("://", StringComparison.Ordinal) && line.AsSpan(0, at).ContainsAnyExcept(NoWords);
    }

    private static bool IsSmallTalk(ReadOnlySpan<char> before)
    {
        var start = before.LastIndexOfAny(".!?;") + 1;
        var sentence = AskWords.Words(before[start..].ToString());
        return AskWords.SmallTalk.Any(s => sentence.EndsWith(s, StringComparison.Ordinal) && sentence.Length - s.Length < 25);
    }

    /// <summary>The text without the lines that quote somebody else.</summary>
    internal static string Own(string text)
    {
        if (text.Length > MostRead) text = text[..MostRead];
        return text.Contains('>', StringComparison.Ordinal) ? string.Join('\n', text.Split('\n').Where(l => !l.AsSpan().TrimStart().StartsWith(">"))) : text;
    }
}
