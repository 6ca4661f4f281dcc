using Rapport.Kernel.Database;

namespace Rapport.Kernel.Search;

/// <summary>Finds things by any scrap of their names, addresses and numbers, and messages by their words.</summary>
public sealed class FindQueries(RapportDb db)
{
    /// <summary>The best of a kind: who has just these words, then whose words begin so, then, while there is room, who has the scrap anywhere inside; the weightiest first each time.</summary>
    public async Task<IReadOnlyList<SearchHit>> FindAsync(SearchKind kind, SearchQuery query, Actor by, int most, CancellationToken ct) => (await FindAsync([kind], query, by, most, ct))[kind];

    /// <summary>The same of several kinds.</summary>
    public async Task<IReadOnlyDictionary<SearchKind, IReadOnlyList<SearchHit>>> FindAsync(IReadOnlyList<SearchKind> kinds, SearchQuery query, Actor by, int most, CancellationToken ct)
    {
        var found = kinds.ToDictionary(k => k, IReadOnlyList<SearchHit> (_) => []);
        var dialect = db.Dialect;
        Look exact = kind => dialect.FindByWordsAsync(db, kind, query, begun: false, by, most, ct),
            begun = kind => dialect.FindByWordsAsync(db, kind, query, begun: true, by, most, ct),
            inside = kind => query.Scraps.Count == 0 ? Task.FromResult<IReadOnlyList<SearchHit>>([]) : dialect.FindInsideAsync(db, kind, query, by, most, ct);
        // An address is found by its words; inside others, it shares most of its letters with everybody's.
        Look[] looks = query.IsEmpty ? [] : query.IsWholeAddress ? [exact] : query.IsAddress ? [exact, begun] : query.IsPunctuated ? [inside, exact, begun] : [exact, begun, inside];
        foreach (var look in looks)
        {
            // Whoever types several words, and is understood, means words: to look for each of them inside all others costs most of all.
            if (look == inside && query.Scraps.Count > 1 && found.Values.Any(f => f.Count > 0)) continue;
            foreach (var kind in kinds.Where(k => found[k].Count == 0 || found[k].Count < most && !query.IsAddress))
                found[kind] = [.. found[kind].Concat(await look(kind)).DistinctBy(h => h.Key).Take(most)];
        }
        return found;
    }

    private delegate Task<IReadOnlyList<SearchHit>> Look(SearchKind kind);

    /// <summary>
    /// Moments of messages that have all the words, newest first, before <paramref name="before"/>; with <paramref name="begun"/> the last word may be only begun.
    /// The caller keeps those the actor may see. Whole words are asked for first: all that begins like a common word is gathered before the newest of it is known.
    /// </summary>
    public Task<IReadOnlyList<long>> FindMessagesAsync(SearchQuery query, bool begun, long? before, int most, CancellationToken ct) =>
        query.IsEmpty ? Task.FromResult<IReadOnlyList<long>>([]) : db.Dialect.FindMessagesAsync(db, query, begun, before ?? long.MaxValue, most, ct);

    /// <summary>Those of these moments whose messages have all the words, the last of which may be only begun; newest first.</summary>
    public Task<IReadOnlyList<long>> FindMessagesAmongAsync(SearchQuery query, IReadOnlyCollection<long> moments, CancellationToken ct) =>
        query.IsEmpty || moments.Count == 0 ? Task.FromResult<IReadOnlyList<long>>([]) : db.Dialect.FindMessagesAmongAsync(db, query, moments, ct);
}
