namespace Rapport.Kernel.Search;

/// <summary>What the index holds of a document.</summary>
internal static class Indexing
{
    private const int Longest = 4000;

    /// <summary>Its words, and its numbers from both ends.</summary>
    public static IEnumerable<string> IndexedWords(this SearchDocument document) =>
        SearchQuery.WordsOf(document.IndexedText()).Concat(SearchQuery.NumberWords(document.Scraps)).Distinct();

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
