using System.Globalization;

namespace Rapport.Design;

/// <summary>Finds searched words in a text as a reader would: without regard to case and accents.</summary>
internal static class MarkedText
{
    private static readonly CompareInfo Compare = CultureInfo.InvariantCulture.CompareInfo;
    private const CompareOptions Folded = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    /// <summary>The text in pieces, in order; joined they are the text again.</summary>
    public static IEnumerable<(string Text, bool Hit)> Split(string text, string? words)
    {
        var searched = (words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().OrderByDescending(word => word.Length).ToArray();
        var from = 0;
        while (from < text.Length)
        {
            var (at, length) = First(text, from, searched);
            if (length == 0) break;
            if (at > from) yield return (text[from..at], false);
            yield return (text.Substring(at, length), true);
            from = at + length;
        }
        if (from < text.Length) yield return (text[from..], false);
    }

    private static (int At, int Length) First(string text, int from, string[] words)
    {
        var best = (At: int.MaxValue, Length: 0);
        foreach (var word in words)
        {
            var at = Compare.IndexOf(text.AsSpan(from), word, Folded, out var length);
            if (at >= 0 && length > 0 && from + at < best.At) best = (from + at, length);
        }
        return best;
    }
}
