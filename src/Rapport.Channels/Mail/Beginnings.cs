using System.Collections.Frozen;

namespace Rapport.Channels.Mail;

/// <summary>A set of beginnings, asked by their first letter, since every line of every mail is asked.</summary>
internal sealed class Beginnings(IEnumerable<string> words)
{
    private readonly FrozenDictionary<char, string[]> byFirst = words.Distinct().GroupBy(w => w[0]).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    /// <summary>The word that the text begins with, or null.</summary>
    public string? Of(string text)
    {
        if (text.Length == 0 || !byFirst.TryGetValue(text[0], out var words)) return null;
        foreach (var word in words)
            if (text.StartsWith(word, StringComparison.Ordinal)) return word;
        return null;
    }
}
