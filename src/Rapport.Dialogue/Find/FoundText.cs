using System.Globalization;
using Rapport.Kernel.Search;

namespace Rapport.Dialogue;

/// <summary>A stretch of a text; <see cref="Hit"/> when it is what was searched for.</summary>
public readonly record struct TextPiece(string Text, bool Hit);

/// <summary>Finds the searched words in a text as the index does, so that what is marked is why it was found.</summary>
internal static class FoundText
{
    private const int Around = 70, Longest = 220;

    /// <summary>The whole text in pieces; joined they are the text again.</summary>
    public static IReadOnlyList<TextPiece> Mark(string text, SearchQuery query, bool anywhere = false) => Pieces(text, 0, text.Length, Hits(text, query, anywhere));

    /// <summary>The part of a text that has most of the words, in pieces and on one line. Without a hit, its beginning.</summary>
    public static IReadOnlyList<TextPiece> Snippet(string text, SearchQuery query)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var hits = Hits(line, query, anywhere: false);
        var best = hits.Count == 0 ? 0 : hits.MaxBy(h => hits.Where(o => o.Start >= h.Start && o.End <= h.Start + Longest - Around).Select(o => o.Word).Distinct().Count()).Start;
        var from = best <= Around ? 0 : WordAfter(line, best - Around, best);
        var to = line.Length - from <= Longest ? line.Length : WordBefore(line, from + Longest, best);
        var pieces = Pieces(line, from, to, hits);
        return [.. from > 0 ? [new TextPiece("… ", false)] : Array.Empty<TextPiece>(), .. pieces, .. to < line.Length ? [new TextPiece(" …", false)] : Array.Empty<TextPiece>()];
    }

    private readonly record struct Found(int Start, int End, int Word);

    private static List<Found> Hits(string text, SearchQuery query, bool anywhere)
    {
        var hits = new List<Found>();
        for (var at = 0; at < text.Length;)
        {
            if (!InWord(text, at)) { at++; continue; }
            var end = at + 1;
            while (end < text.Length && InWord(text, end)) end++;
            AddHits(hits, text[at..end], at, query, anywhere);
            at = end;
        }
        return [.. hits.OrderBy(h => h.Start).ThenByDescending(h => h.End)];
    }

    // Where folding keeps the length, the matched letters are marked; else the whole word.
    private static void AddHits(List<Found> hits, string word, int offset, SearchQuery query, bool anywhere)
    {
        var folded = TextFold.Fold(word);
        var spaced = TextFold.Words(folded).Take(2).Count() == 1;
        for (var i = 0; i < query.Words.Count; i++)
        {
            var wanted = query.Words[i];
            var at = !spaced || anywhere ? folded.IndexOf(wanted, StringComparison.Ordinal)
                : folded == wanted || i == query.Words.Count - 1 && folded.StartsWith(wanted, StringComparison.Ordinal) ? 0 : -1;
            for (; at >= 0; at = spaced ? -1 : folded.IndexOf(wanted, at + wanted.Length, StringComparison.Ordinal))
                hits.Add(folded.Length == word.Length ? new(offset + at, offset + at + wanted.Length, i) : new(offset, offset + word.Length, i));
        }
    }

    private static List<TextPiece> Pieces(string text, int from, int to, List<Found> hits)
    {
        var pieces = new List<TextPiece>();
        var at = from;
        foreach (var hit in hits.Where(h => h.End > from && h.Start < to))
        {
            var (start, end) = (Math.Max(hit.Start, at), Math.Min(hit.End, to));
            if (end <= start) continue;
            if (start > at) pieces.Add(new(text[at..start], false));
            if (start == at && pieces is [.., { Hit: true } last]) pieces[^1] = new(last.Text + text[start..end], true);
            else pieces.Add(new(text[start..end], true));
            at = end;
        }
        if (at < to) pieces.Add(new(text[at..to], false));
        return pieces;
    }

    private static bool InWord(string text, int at) => char.IsLetterOrDigit(text[at]) || char.IsSurrogate(text[at]) || char.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static int WordAfter(string text, int at, int most)
    {
        var space = text.IndexOf(' ', at);
        return space >= 0 && space < most ? space + 1 : Whole(text, at);
    }

    private static int WordBefore(string text, int at, int least)
    {
        var space = text.LastIndexOf(' ', at);
        return space > least ? space : Whole(text, at);
    }

    private static int Whole(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
