namespace Rapport.Commitments.Reading;

/// <summary>A stretch of a text, in characters (UTF-16).</summary>
internal readonly record struct Stretch(int Start, int End)
{
    public int Length => End - Start;
}

/// <summary>Cuts what somebody wrote into sentences, in one pass: at marks that end one in any script, at empty lines, lists and short lines.
/// An endless one is cut where it is too long, so that what reads a sentence reads a bounded one.</summary>
internal static class Sentences
{
    /// <summary>No sentence is longer; what is, is read in pieces.</summary>
    public const int Longest = 600;

    // A line that is shorter than mail programs wrap at ended because its writer ended it.
    private const int ShortLine = 45;

    /// <summary>The sentences in order, without blanks around them; lines that quote somebody (">") are left out.</summary>
    public static IEnumerable<Stretch> In(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var ends = text[at] == '\n' ? EndsLine(text, at) : Ends(text, at);
            if (!ends && at - start < Longest) continue;
            var end = ends ? at + 1 : Cut(text, start, at);
            if (Trimmed(text, start, end) is { Length: > 0 } whole) yield return whole;
            start = end;
        }
        if (Trimmed(text, start, text.Length) is { Length: > 0 } last) yield return last;
    }

    private static bool Ends(string text, int at)
    {
        if (text[at] is '。' or '！' or '？' or '।' or '؟' or '…' or '።' or '։') return true;
        if (text[at] is not ('.' or '!' or '?')) return false;
        var next = at + 1;
        while (next < text.Length && text[next] is '"' or '”' or '»' or '\'' or ')') next++;
        if (next < text.Length && !char.IsWhiteSpace(text[next])) return false;
        return text[at] != '.' || !Abbreviates(text, at);
    }

    // "14. Dezember", "z. B.", "Mr. Example": the next word says whether it goes on, and where that is unclear it does.
    private static bool Abbreviates(string text, int at)
    {
        var begin = at;
        while (begin > 0 && at - begin < 8 && char.IsLetterOrDigit(text[begin - 1])) begin--;
        var word = text.AsSpan(begin, at - begin);
        if (at + 1 >= text.Length || text[at + 1] is '\n' or '\r') return false;
        if (word.Length is 1 or 2 && !word.ContainsAnyExceptInRange('0', '9')) return true;
        return word.Length == 1 && char.IsLetter(word[0]) && (begin < 2 || text[begin - 1] is ' ' or '.') && !word.SequenceEqual("I") || Languages.Abbreviations.Contains(word);
    }

    private static bool EndsLine(string text, int at)
    {
        var begin = at == 0 ? 0 : text.LastIndexOf('\n', at - 1, Math.Min(at, ShortLine + 2)) + 1;
        if (begin == 0 && at > ShortLine || at - begin > ShortLine) return NextBegins(text, at + 1);
        return true;
    }

    private static bool NextBegins(string text, int next)
    {
        while (next < text.Length && text[next] is ' ' or '\t' or '\r') next++;
        return next >= text.Length || text[next] is '\n' or '>' or '-' or '*' or '•' or '–' or '·' or '#';
    }

    private static int Cut(string text, int start, int at)
    {
        var blank = text.LastIndexOfAny([' ', '\t', '\r', '\n'], at, Math.Min(at - start, 100));
        if (blank > start) return blank + 1;
        return char.IsLowSurrogate(text[at]) ? at + 1 : at;
    }

    private static Stretch Trimmed(string text, int start, int end)
    {
        while (start < end && (char.IsWhiteSpace(text[start]) || text[start] is '\0' or '-' or '*' or '•' or '–' or '·')) start++;
        while (end > start && (char.IsWhiteSpace(text[end - 1]) || text[end - 1] == '\0')) end--;
        return start < end && text[start] == '>' ? default : new(start, end);
    }
}
