using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rapport.Kernel.Search;

/// <summary>
/// Folds text so that what people type meets what is stored: lower case, no accents, one form for what is written in several ways.
/// Indexing and asking both go through here, because neither database folds ł, ß, ı, Greek, Arabic or full-width forms on its own.
/// </summary>
public static class TextFold
{
    private const int OnStack = 512;

    // Everything that ASCII text can hold without needing a change: no capitals and no controls.
    private static readonly SearchValues<char> Folded =
        SearchValues.Create(" !\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>The folded text. Never throws, whatever the input; folding twice changes nothing; text that is folded already is returned as it is.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = text.AsSpan().IndexOfAnyExcept(Folded);
        if (first < 0) return text;
        return Ascii.IsValid(text.AsSpan(first)) ? FoldAscii(text) : FoldAny(text);
    }

    /// <summary>
    /// The words of a folded text, for index and question alike: runs of letters and digits.
    /// Scripts written without spaces give every character and every pair of neighbours, so that two-character names are found.
    /// </summary>
    public static IEnumerable<string> Words(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        return WordsOf(folded);
    }

    private static IEnumerable<string> WordsOf(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var kind = KindAt(text, i, out var width);
            if (kind == WordKind.None) { i += width; continue; }

            var end = i + width;
            while (end < text.Length && KindAt(text, end, out var next) == kind) end += next;
            if (kind == WordKind.Spaced) yield return text[i..end];
            else
                foreach (var gram in Grams(text, i, end)) yield return gram;
            i = end;
        }
    }

    private static IEnumerable<string> Grams(string text, int start, int end)
    {
        for (var i = start; i < end;)
        {
            var next = i + WidthAt(text, i);
            yield return text[i..next];
            if (next < end) yield return text[i..(next + WidthAt(text, next))];
            i = next;
        }
    }

    private enum WordKind { None, Spaced, Unspaced }

    private static WordKind KindAt(string text, int at, out int width)
    {
        width = WidthAt(text, at);
        var c = text[at];
        if (char.IsAscii(c)) return char.IsAsciiLetterOrDigit(c) ? WordKind.Spaced : WordKind.None;
        return CharUnicodeInfo.GetUnicodeCategory(text, at) switch
        {
            UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                => width == 2 && c >= '\uD840' || IsUnspaced(c) ? WordKind.Unspaced : WordKind.Spaced,
            _ => WordKind.None,
        };
    }

    // Thai, Lao, Myanmar, Khmer, kana, bopomofo, Han, Hangul (whose particles stick to the name before them).
    private static bool IsUnspaced(char c) => c
        is (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF')
        or (>= '\u3005' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF');

    private static int WidthAt(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    private static string FoldAscii(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++) to[i] = char.IsControl(from[i]) ? ' ' : char.ToLowerInvariant(from[i]);
    });

    private static string FoldAny(string text)
    {
        // No single UTF-16 unit grows beyond FoldTable.Longest; a short text stays on the stack.
        var most = text.Length * FoldTable.Longest;
        char[]? rented = null;
        var buffer = most <= OnStack ? stackalloc char[OnStack] : (rented = ArrayPool<char>.Shared.Rent(Math.Min(most, text.Length * 2 + FoldTable.Longest)));
        var length = 0;
        var composes = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (buffer.Length - length < FoldTable.Longest) Grow(ref rented, ref buffer, length);
            var c = text[i];
            if (char.IsSurrogate(c))
            {
                if (WidthAt(text, i) == 2) length += FoldTable.FoldPair(c, text[++i], buffer[length..]);
                else buffer[length++] = '\uFFFD';
                continue;
            }
            composes |= FoldTable.Composes(c);
            length += FoldTable.Fold(c, buffer[length..]);
        }
        if (composes) length = Composition.Compose(buffer[..length]);
        var result = buffer[..length].SequenceEqual(text) ? text : new string(buffer[..length]);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        return result;
    }

    private static void Grow(ref char[]? rented, ref Span<char> buffer, int length)
    {
        var larger = ArrayPool<char>.Shared.Rent(buffer.Length * 2);
        buffer[..length].CopyTo(larger);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        rented = larger;
        buffer = larger;
    }
}
