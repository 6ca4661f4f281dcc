namespace Rapport.Commitments.Dates;

internal enum TokenKind : byte { End, Number, Word, Mark }

/// <summary>A piece of the text: a number, a word or a single mark, with where it stands.</summary>
/// <param name="Glued">No white space before it.</param>
/// <param name="Ordinal">A number with its ending, as in "15th".</param>
/// <param name="Digits">How many digits a number was written with.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int Length, bool Glued, int Value = 0, int Digits = 0, bool Ordinal = false, char Mark = '\0', Lexeme? Lexeme = null)
{
    public int End => Start + Length;

    /// <summary>Cuts a text into tokens in one pass; characters of no use to a date become marks.</summary>
    public static List<Token> Cut(ReadOnlySpan<char> text)
    {
        var tokens = new List<Token>(text.Length / 4 + 4);
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var glued = at > 0 && tokens.Count > 0 && tokens[^1].End == at;
            var token = char.IsAsciiDigit(text[at]) ? Number(text, at, glued)
                : char.IsLetter(text[at]) ? Word(text, at, glued)
                : new Token(TokenKind.Mark, at, 1, glued, Mark: text[at] is '–' or '—' or '−' ? '-' : text[at]);
            tokens.Add(token);
            at = token.End;
        }
        return tokens;
    }

    private static Token Number(ReadOnlySpan<char> text, int start, bool glued)
    {
        var end = start;
        var value = 0L;
        for (; end < text.Length && char.IsAsciiDigit(text[end]); end++) value = Math.Min(value * 10 + (text[end] - '0'), int.MaxValue);
        var digits = end - start;
        var letters = text[end..Math.Min(text.Length, end + 3)];
        var ordinal = letters.Length >= 2 && (letters.Length == 2 || !char.IsLetterOrDigit(letters[2]))
            && (letters.StartsWith("st", StringComparison.OrdinalIgnoreCase) || letters.StartsWith("nd", StringComparison.OrdinalIgnoreCase)
                || letters.StartsWith("rd", StringComparison.OrdinalIgnoreCase) || letters.StartsWith("th", StringComparison.OrdinalIgnoreCase));
        return new Token(TokenKind.Number, start, digits + (ordinal ? 2 : 0), glued, (int)value, digits, ordinal);
    }

    private static Token Word(ReadOnlySpan<char> text, int start, bool glued)
    {
        var end = start + 1;
        while (end < text.Length && (char.IsLetter(text[end]) || (text[end] is '\'' or '’' && end + 1 < text.Length && char.IsLetter(text[end + 1])))) end++;
        var word = text[start..end];
        // "CW14" is a word and a number; quarters and halves of a year, Q3 and H1, have words of their own.
        if (end - start == 1 && end < text.Length && (word[0] is 'q' or 'Q' && text[end] is >= '1' and <= '4' || word[0] == 'H' && text[end] is '1' or '2') && (end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1])))
            word = text[start..++end];
        return new Token(TokenKind.Word, start, end - start, glued, Lexeme: Words.Of(word));
    }
}
