namespace Rapport.Commitments.Reading;

/// <summary>A word of a sentence as the grammar sees it, with where it stands.</summary>
/// <param name="Id">Its number in the language's vocabulary.</param>
/// <param name="Quoted">Within quotation marks: somebody else's.</param>
internal readonly record struct Word(int Id, int Start, int End, bool Quoted)
{
    /// <summary>No word of the grammar.</summary>
    public const int Unknown = 0;
    /// <summary>Where a clause begins: at the start, and after a mark.</summary>
    public const int Begin = 1;
    /// <summary>Any number.</summary>
    public const int Number = 2;

    // No word is longer; one that seems to be is looked at in pieces, or apostrophes without end would be looked at again and again.
    private const int Longest = 60;

    /// <summary>Cuts a sentence into words in one pass: contractions written out, words that change nothing left out where asked.</summary>
    public static List<Word> Cut(string text, Stretch sentence, Language language, bool plain = false)
    {
        var words = new List<Word>(sentence.Length / 5 + 2);
        if (!plain) words.Add(new(Begin, sentence.Start, sentence.Start, false));
        var quoted = false;
        for (var at = sentence.Start; at < sentence.End;)
        {
            var end = at + 1;
            if (char.IsAsciiDigit(text[at]))
            {
                while (end < sentence.End && char.IsAsciiDigit(text[end])) end++;
                words.Add(new(Number, at, end, quoted));
            }
            else if (char.IsLetter(text[at])) end = Letters(words, text, at, sentence.End, quoted, language, plain);
            else if (plain && !char.IsWhiteSpace(text[at])) words.Add(new(language.Word(text.AsSpan(at, 1)), at, end, quoted));
            else if (text[at] is '"' or '“' or '”' or '„' or '«' or '»') quoted = text[at] switch { '"' => !quoted, '„' or '«' => true, '»' => false, '“' => !quoted, _ => false };
            else if (text[at] is ',' or ';' or ':' or '(' or '.' or '!' or '–' or '—' && words[^1].Id != Begin) words.Add(new(Begin, at, end, quoted));
            at = end;
        }
        return words;
    }

    private static int Letters(List<Word> words, string text, int at, int until, bool quoted, Language language, bool plain)
    {
        var end = at + 1;
        while (end < until && end - at < Longest && (char.IsLetter(text[end]) || text[end] is '\'' or '’' or '-' && end + 1 < until && char.IsLetter(text[end + 1]))) end++;
        var id = Known(text.AsSpan(at, end - at), language);
        // "j'enverrai", "l'offre": what is joined by an apostrophe or a hyphen and unknown is two words.
        if (id == Unknown && text.AsSpan(at, end - at).IndexOfAny('\'', '’', '-') is > 0 and var joint)
        {
            end = at + joint + 1;
            id = Known(text.AsSpan(at, text[end - 1] == '-' ? joint : joint + 1), language);
        }
        // "i'll i'll": as people speak.
        if (!plain && words[^1].End > words[^1].Start && text.AsSpan(words[^1].Start, words[^1].End - words[^1].Start).Equals(text.AsSpan(at, end - at), StringComparison.OrdinalIgnoreCase)) return end;
        if (!plain && language.Written(id) is { } whole)
            foreach (var each in whole) words.Add(new(each, at, end, quoted));
        else if (plain || !language.Skipped.Contains(id)) words.Add(new(id, at, end, quoted));
        return end;
    }

    private static int Known(ReadOnlySpan<char> word, Language language)
    {
        if (word.Length > 30) return Unknown;
        if (!word.Contains('’')) return language.Word(word);
        Span<char> plain = stackalloc char[word.Length];
        word.Replace(plain, '’', '\'');
        return language.Word(plain);
    }
}
