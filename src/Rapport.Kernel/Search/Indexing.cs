using System.Buffers;

namespace Rapport.Kernel.Search;

/// <summary>What the index holds of a document.</summary>
internal static class Indexing
{
    private const int Longest = 4000, UsualWords = 40;

    private static readonly SearchValues<char> Joints = SearchValues.Create("'\u2019-\u2010");

    /// <summary>The words of its folded text, those with a mark inside also in one piece (oneill), and its numbers from both ends.</summary>
    public static HashSet<string> IndexedWords(this SearchDocument document, string text)
    {
        var words = new HashSet<string>(UsualWords);
        words.UnionWith(SearchQuery.WordsOf(text));
        words.UnionWith(InOnePiece(text));
        words.UnionWith(SearchQuery.NumberWords(document.Scraps));
        return words;
    }

    private static IEnumerable<string> InOnePiece(string folded) => !folded.AsSpan().ContainsAny(Joints) ? [] :
        from piece in folded.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
        where piece.Length <= SearchQuery.LongestWord && piece.AsSpan().ContainsAny(Joints) && piece.All(c => char.IsLetter(c) || Joints.Contains(c))
        let whole = string.Concat(piece.Where(char.IsLetter))
        where whole.Length >= SearchQuery.ShortestScrap
        select whole;

    /// <summary>All of it, folded, for what is found inside words.</summary>
    public static string IndexedText(this SearchDocument document)
    {
        var text = TextFold.Fold(string.Join('\n', [document.Title, document.Detail, .. document.Scraps]));
        return text.Length <= Longest ? text : text[..Longest];
    }

    /// <summary>Each document once, as it was said last.</summary>
    public static IEnumerable<SearchDocument> DistinctLast(this IReadOnlyList<SearchDocument> documents) =>
        documents.Count == 1 ? documents : documents.Reverse().DistinctBy(d => d.Key);
}
