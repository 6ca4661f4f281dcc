using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Rapport.Kernel.Search;

/// <summary>What each UTF-16 unit folds to: one table made once from Unicode's compatibility decomposition and our additions to it (128 KB).</summary>
internal static class FoldTable
{
    /// <summary>The most UTF-16 units that one of them folds to.</summary>
    public const int Longest = 18;

    private const char Drop = '\0';
    private const char Expand = '\uFFFF';

    // What decomposition leaves alone although people type it otherwise.
    private static readonly FrozenDictionary<char, string> Additions = new Dictionary<char, string>
    {
        ['ł'] = "l", ['ø'] = "o", ['đ'] = "d", ['ð'] = "d", ['ß'] = "ss", ['ẞ'] = "ss", ['ı'] = "i", ['æ'] = "ae", ['œ'] = "oe", ['þ'] = "th",
        ['ħ'] = "h", ['ŧ'] = "t", ['ŋ'] = "n", ['ĸ'] = "k", ['ƒ'] = "f", ['ɓ'] = "b", ['ɗ'] = "d", ['ƙ'] = "k", ['ə'] = "e", ['ǝ'] = "e",
        ['ς'] = "σ", ['ϲ'] = "σ",
        ['ٱ'] = "ا", ['ى'] = "ي", ['ی'] = "ي", ['ې'] = "ي", ['ک'] = "ك", ['ة'] = "ه", ['ہ'] = "ه", ['ھ'] = "ه", ['ە'] = "ه", ['\u0640'] = "",
        ['‘'] = "'", ['’'] = "'", ['‛'] = "'", ['ʼ'] = "'", ['ʻ'] = "'", ['′'] = "'", ['“'] = "\"", ['”'] = "\"", ['„'] = "\"",
        ['‐'] = "-", ['‑'] = "-", ['‒'] = "-", ['–'] = "-", ['—'] = "-", ['−'] = "-", ['ー'] = "ー",
    }.ToFrozenDictionary();

    private static readonly Dictionary<char, string> Expansions = [];
    private static readonly char[] Table = Build();

    public static int Fold(char c, Span<char> to)
    {
        var folded = Table[c];
        if (folded == Drop) return 0;
        if (folded != Expand) { to[0] = folded; return 1; }
        var expansion = Expansions[c];
        expansion.CopyTo(to);
        return expansion.Length;
    }

    /// <summary>Folds a surrogate pair: letters of other planes have cases and compatibility forms too.</summary>
    public static int FoldPair(char high, char low, Span<char> to)
    {
        var rune = Rune.ToLowerInvariant(new Rune(high, low));
        var styled = rune.Value is (>= 0x1D400 and <= 0x1D7FF) or (>= 0x1EE00 and <= 0x1EEFF) or (>= 0x1F100 and <= 0x1F2FF) or (>= 0x1FBF0 and <= 0x1FBF9) or (>= 0x2F800 and <= 0x2FA1F);
        if (!styled) return rune.EncodeToUtf16(to);
        var length = 0;
        foreach (var part in rune.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
            length += part.IsBmp ? Fold((char)part.Value, to[length..]) : Rune.ToLowerInvariant(part).EncodeToUtf16(to[length..]);
        return length;
    }

    /// <summary>Whether the unit may join with its neighbours once folded: conjoining Hangul letters and kana voicing marks.</summary>
    public static bool Composes(char c) => c
        is (>= '\u1100' and <= '\u11FF') or '\u3099' or '\u309A' or (>= '\uFF9E' and <= '\uFFDC') or (>= '\u3131' and <= '\u318E');

    private static char[] Build()
    {
        var table = new char[char.MaxValue + 1];
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var c = (char)code;
            // Ideographs, Hangul syllables and private use are as they are; asking for their decomposition would only cost start-up time.
            if (c is (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\uE000' and <= '\uF8FF')) { table[c] = c; continue; }
            var folded = FoldSlowly(c);
            table[c] = folded.Length switch { 0 => Drop, 1 => folded[0], _ => Expand };
            if (folded.Length > 1) Expansions[c] = folded;
        }
        return table;
    }

    private static string FoldSlowly(char c)
    {
        if (char.IsSurrogate(c) || c is >= '\uFFFE' or (>= '\uFDD0' and <= '\uFDEF')) return "\uFFFD";
        if (c is '\u3099' or '\u309A') return c.ToString();
        if (c is '\uFF9E' or '\uFF9F') return c == '\uFF9E' ? "\u3099" : "\u309A";
        if (Kana(c) is { } kana) return kana;
        var result = new StringBuilder();
        foreach (var part in Lower(c).ToString().Normalize(NormalizationForm.FormKD))
        {
            var lower = Lower(part);
            if (Additions.TryGetValue(lower, out var added)) result.Append(added);
            else if (Kana(lower) is { } unified) result.Append(unified);
            else if (!IsOptional(lower)) result.Append(Plain(lower));
        }
        var expansion = result.ToString().ToCharArray();
        return new string(expansion, 0, Composition.Compose(expansion));
    }

    // Voiced kana stay one character; katakana become hiragana. The four without a hiragana lose their voicing.
    private static string? Kana(char c) => c switch
    {
        >= '\u3041' and <= '\u3096' or '\u309D' or '\u309E' => c.ToString(),
        >= '\u30A1' and <= '\u30F6' or '\u30FD' or '\u30FE' => ((char)(c - 0x60)).ToString(),
        '\u30F7' => "わ", '\u30F8' => "ゐ", '\u30F9' => "ゑ", '\u30FA' => "を",
        _ => null,
    };

    // By way of the capital, so that variants of one letter meet. The invariant culture leaves the dotted capital İ alone.
    private static char Lower(char c) => c == 'İ' ? 'i' : char.ToLowerInvariant(char.ToUpperInvariant(c));

    private static string Plain(char c) => CharUnicodeInfo.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.DecimalDigitNumber => ((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c))).ToString(),
        UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
        UnicodeCategory.Format => "",
        _ => c.ToString(),
    };

    // Marks that writers leave out. The vowel signs of Indic and Thai scripts are marks as well, and are letters to their readers.
    private static bool IsOptional(char c) => c
        is (>= '\u0300' and <= '\u036F') or (>= '\u0483' and <= '\u0489') or (>= '\u0591' and <= '\u05BD') or '\u05BF' or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7'
        or (>= '\u0610' and <= '\u061A') or (>= '\u064B' and <= '\u065F') or '\u0670' or (>= '\u06D6' and <= '\u06DC') or (>= '\u06DF' and <= '\u06E4')
        or (>= '\u06E7' and <= '\u06ED') or (>= '\u0730' and <= '\u074A') or (>= '\u08D3' and <= '\u08FF') or (>= '\u1AB0' and <= '\u1AFF')
        or (>= '\u1DC0' and <= '\u1DFF') or (>= '\u20D0' and <= '\u20FF') or (>= '\uFE00' and <= '\uFE0F') or (>= '\uFE20' and <= '\uFE2F');
}
