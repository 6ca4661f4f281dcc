namespace Rapport.Kernel.Search;

/// <summary>What the index holds of a document.</summary>
internal static class Indexing
{
    private const int Longest = 4000;

    /// <summary>Its words, those with a mark inside also in one piece (oneill), and its numbers from both ends.</summary>
    public static IEnumerable<string> IndexedWords(this SearchDocument document) => document.IndexedWords(document.IndexedText());

    /// <summary>The same, of a text that is at hand.</summary>
    public static IEnumerable<string> IndexedWords(this SearchDocument document, string text) =>
        SearchQuery.WordsOf(text).Concat(InOnePiece(text)).Concat(SearchQuery.NumberWords(document.Scraps)).Distinct();

    private static IEnumerable<string> InOnePiece(string folded) =>
        from piece in folded.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
        where piece.Length <= SearchQuery.LongestWord && piece.Any(IsJoint) && piece.All(c => char.IsLetter(c) || IsJoint(c))
        let whole = string.Concat(piece.Where(char.IsLetter))
        where whole.Length >= SearchQuery.ShortestScrap
        select whole;

    private static bool IsJoint(char c) => c is '\'' or '\u2019' or '-' or '\u2010';

    /// <summary>All of it, folded, for what is found inside words.</summary>
    public static string IndexedText(this SearchDocument document)
    {
        var text = TextFold.Fold(string.Join('\n', document.Scraps.Prepend(document.Title).Append(document.Detail)));
        return text.Length <= Longest ? text : text[..Longest];
    }

    /// <summary>Each document once, as it was said last.</summary>
    public static IEnumerable<SearchDocument> DistinctLast(this IReadOnlyList<SearchDocument> documents) =>
        documents.Count == 1 ? documents : documents.Reverse().DistinctBy(d => d.Key);
}
