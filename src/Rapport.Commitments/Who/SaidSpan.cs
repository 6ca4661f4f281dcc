using System.Text;

namespace Rapport.Commitments;

/// <summary>Finds where the words of a promise stand in what was said.</summary>
internal static class SaidSpan
{
    /// <summary>From and to in characters, whatever white space and case; null where they do not stand in it.</summary>
    public static (int From, int To)? Find(string said, string words)
    {
        var (wanted, text) = (Spaced(words.Trim()).Text, Spaced(said));
        var begin = wanted.Length == 0 ? -1 : text.Text.IndexOf(wanted, StringComparison.OrdinalIgnoreCase);
        return begin < 0 ? null : (text.Places[begin], text.Places[begin + wanted.Length - 1] + 1);
    }

    // White space of any kind and length becomes one blank: mail programs break lines where they like.
    private static (string Text, List<int> Places) Spaced(string text)
    {
        var (spaced, places) = (new StringBuilder(text.Length), new List<int>(text.Length));
        for (var at = 0; at < text.Length; at++)
        {
            var blank = char.IsWhiteSpace(text[at]);
            if (blank && spaced.Length > 0 && spaced[^1] == ' ') continue;
            spaced.Append(blank ? ' ' : text[at]);
            places.Add(at);
        }
        return (spaced.ToString(), places);
    }
}
