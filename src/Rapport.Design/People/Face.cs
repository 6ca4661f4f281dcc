using System.Globalization;
using System.Text;

namespace Rapport.Design;

/// <summary>The face of somebody without a picture: initials and a hue, both from the name alone and the same on every machine.</summary>
public static class Face
{
    /// <summary>How many hues the stylesheet has, as classes <c>hue-0</c> to <c>hue-23</c>.</summary>
    public const int Hues = 24;

    private const string Unknown = "?";

    /// <summary>Marks beyond these on one letter are dropped, so that no name grows out of its circle.</summary>
    private const int LongestLetter = 3;

    /// <summary>One or two initials in any script. Scripts without capitals give one letter, because two of them would read as a word. "?" when there is none.</summary>
    public static string Initials(string? name)
    {
        var words = Words(name);
        if (words.Count == 0) return Unknown;

        var first = words[0];
        if (words.Count == 1 || !HasCapitals(first)) return Capital(first);
        var last = words[^1];
        return HasCapitals(last) ? Capital(first) + Capital(last) : Capital(first);
    }

    /// <summary>A hue from 0 to 23, by FNV-1a over the folded name; <c>GetHashCode</c> differs from start to start.</summary>
    public static int Hue(string? name)
    {
        var hash = 2166136261u;
        foreach (var c in Composed(name).Trim().ToUpperInvariant())
            hash = (hash ^ c) * 16777619u;
        return (int)((hash ^ (hash >> 16)) % Hues);
    }

    /// <summary>The first letter or digit of each word; an address is read as its local part.</summary>
    private static List<string> Words(string? name)
    {
        var text = Composed(name).Trim();
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at > 0 && !text.Contains(' ', StringComparison.Ordinal)) text = text[..at].Replace('.', ' ').Replace('_', ' ').Replace('-', ' ');
        return [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(FirstLetter).OfType<string>()];
    }

    private static string? FirstLetter(string word)
    {
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (Rune.TryGetRuneAt(element, 0, out var rune) && Rune.IsLetterOrDigit(rune))
                return element.Length <= LongestLetter ? element : rune.ToString();
        }
        return null;
    }

    private static bool HasCapitals(string letter)
    {
        var rune = Rune.GetRuneAt(letter, 0);
        return Rune.IsDigit(rune) || Rune.ToUpperInvariant(rune) != Rune.ToLowerInvariant(rune);
    }

    private static string Capital(string letter) => letter.ToUpperInvariant();

    /// <summary>Lone surrogates cannot be normalised; they are replaced first.</summary>
    private static string Composed(string? name) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name ?? "")).Normalize(NormalizationForm.FormC);
}
