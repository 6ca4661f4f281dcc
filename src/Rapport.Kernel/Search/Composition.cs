using System.Text;

namespace Rapport.Kernel.Search;

/// <summary>Joins what belongs together after folding: conjoining Hangul letters (Unicode 3.12) and kana with a voicing mark, as files from some systems and half-width text hold them.</summary>
internal static class Composition
{
    private const int FirstLead = 0x1100, FirstVowel = 0x1161, BeforeTail = 0x11A7, FirstSyllable = 0xAC00;
    private const int Leads = 19, Vowels = 21, Tails = 28;

    /// <summary>Composes in place and returns the new length.</summary>
    public static int Compose(Span<char> text)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (length > 0 && Join(text[length - 1], c) is { } joined) text[length - 1] = joined;
            else if (c is not ('\u3099' or '\u309A')) text[length++] = c;
        }
        return length;
    }

    private static char? Join(char left, char right)
    {
        if (right is '\u3099' or '\u309A') return Voice(left, right);
        int lead = left - FirstLead, vowel = right - FirstVowel, tail = right - BeforeTail, syllable = left - FirstSyllable;
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels) return (char)(FirstSyllable + (lead * Vowels + vowel) * Tails);
        var open = syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0;
        return open && tail is > 0 and < Tails ? (char)(left + tail) : null;
    }

    private static char? Voice(char kana, char mark)
    {
        if (kana is < '\u3041' or > '\u309E') return null;
        var voiced = string.Concat([kana], [mark]).Normalize(NormalizationForm.FormC);
        return voiced.Length == 1 ? voiced[0] : null;
    }
}
