using Rapport.Kernel.Database;

namespace Rapport.Kernel.Search;

/// <summary>Finds things by any scrap of their names, addresses and numbers, and messages by their words.</summary>
public sealed class FindQueries(RapportDb db)
{
    /// <summary>The best of a kind: who has just these words, then whose words begin so, then, while there is room, who has the scrap anywhere inside; the weightiest first each time.</summary>
    public async Task<IReadOnlyList<SearchHit>> FindAsync(SearchKind kind, SearchQuery query, Actor by, int most, CancellationToken ct)
    {
        if (query.IsEmpty) return [];
        var dialect = db.Dialect;
        Func<Task<IReadOnlyList<SearchHit>>> exact = () => dialect.FindByWordsAsync(db, kind, query, begun: false, by, most, ct),
            begun = () => dialect.FindByWordsAsync(db, kind, query, begun: true, by, most, ct),
            inside = () => query.Scraps.Count == 0 ? Task.FromResult<IReadOnlyList<SearchHit>>([]) : dialect.FindInsideAsync(db, kind, query, by, most, ct);
        var found = new List<SearchHit>();
        // An address is found by its words; inside others, it shares most of its letters with everybody's.
        foreach (var look in query.IsWholeAddress ? [exact] : query.IsAddress ? [exact, begun] : query.IsPunctuated ? [inside, exact, begun] : new[] { exact, begun, inside })
        {
            found = [.. found.Concat(await look()).DistinctBy(h => h.Key).Take(most)];
            if (found.Count >= most || found.Count > 0 && query.IsAddress) break;
        }
        return found;
    }

    /// <summary>
    /// Moments of messages that have all the words, newest first, before <paramref name="before"/>; with <paramref name="begun"/> the last word may be only begun.
    /// The caller keeps those the actor may see. Whole words are asked for first: all that begins like a common word is gathered before the newest of it is known.
    /// </summary>
    public Task<IReadOnlyList<long>> FindMessagesAsync(SearchQuery query, bool begun, long? before, int most, CancellationToken ct) =>
        query.IsEmpty ? Task.FromResult<IReadOnlyList<long>>([]) : db.Dialect.FindMessagesAsync(db, query, begun, before ?? long.MaxValue, most, ct);
}
