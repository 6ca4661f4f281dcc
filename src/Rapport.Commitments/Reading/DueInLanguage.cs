using System.Text;

namespace Rapport.Commitments.Reading;

/// <summary>Reads due dates in any language that is here: words of time are put into English word by word, read there, and found again where they stood.</summary>
internal static class DueInLanguage
{
    /// <summary>What a sentence says of time; the words are those that stand in it.</summary>
    public static DueReading? ReadFirst(string text, Stretch sentence, Language language, DueContext context)
    {
        if (language.Dates.IsEmpty) return DueReader.ReadFirst(text.Substring(sentence.Start, sentence.Length), context);
        var (english, places) = Translate(text, sentence, language);
        if (english.Length == 0 || DueReader.ReadFirst(english, context) is not { } read) return null;
        var from = places.First(p => p.English.End > read.Start).Original.Start;
        var until = places.Last(p => p.English.Start < read.Start + read.Length).Original.End;
        var words = text[from..until];
        return read with { Words = words, Start = from - sentence.Start, Due = read.Due is { } due ? due with { Words = words } : null, Other = read.Other is { } other ? other with { Words = words } : null };
    }

    // A word that says nothing of time becomes a mark, so that no English word is seen where none was written.
    private static (string English, List<(Stretch English, Stretch Original)> Places) Translate(string text, Stretch sentence, Language language)
    {
        var words = Word.Cut(text, sentence, language, plain: true);
        var (english, places, any) = (new StringBuilder(sentence.Length), new List<(Stretch, Stretch)>(words.Count), false);
        for (var at = 0; at < words.Count;)
        {
            var (phrase, length) = language.Dates.Longest(words, at);
            var original = new Stretch(words[at].Start, words[at + Math.Max(length, 1) - 1].End);
            var number = length == 0 ? null : words.Skip(at).Take(length).Where(w => w.Id == Word.Number).Select(w => text[w.Start..w.End]).FirstOrDefault();
            var said = phrase is null ? Plain(text, words[at]) : number is null ? phrase : phrase.Replace("#th", number + Ordinal(number), StringComparison.Ordinal).Replace("#", number, StringComparison.Ordinal);
            if (english.Length > 0 && (at == 0 || words[at].Start > words[at - 1].End || phrase is not null)) english.Append(' ');
            places.Add((new(english.Length, english.Length + said.Length), original));
            english.Append(said);
            (any, at) = (any || said != "~", at + Math.Max(length, 1));
        }
        return (any ? english.ToString() : "", places);
    }

    private static string Plain(string text, Word word) =>
        word.Id == Word.Number || word.End - word.Start == 1 && !char.IsLetter(text[word.Start]) ? text[word.Start..word.End] : "~";

    private static string Ordinal(string number) => number switch { [.., '1', _] => "th", [.., '1'] => "st", [.., '2'] => "nd", [.., '3'] => "rd", _ => "th" };
}
