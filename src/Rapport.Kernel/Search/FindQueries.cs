using Rapport.Kernel.Database;

namespace Rapport.Kernel.Search;

/// <summary>Finds things by any scrap of their names, addresses and numbers, and messages by their words.</summary>
public sealed class FindQueries(RapportDb db)
{
    /// <summary>The best of a kind: whose words begin so, the weightiest first; then, while there is room, who has the scrap anywhere inside.</summary>
    public async Task<IReadOnlyList<SearchHit>> FindAsync(SearchKind kind, SearchQuery query, Actor by, int most, CancellationToken ct)
    {
        if (query.IsEmpty) return [];
        var hits = await db.Dialect.FindByWordsAsync(db, kind, query, by.Id, most, ct);
        if (hits.Count >= most || query.Scraps.Count == 0) return hits;
        var inside = await db.Dialect.FindInsideAsync(db, kind, query, by.Id, most, ct);
        return [.. hits.Concat(inside).DistinctBy(h => h.Key).Take(most)];
    }

    /// <summary>Moments of messages that have all the words, newest first, before <paramref name="before"/>. The caller keeps those the actor may see.</summary>
    public Task<IReadOnlyList<long>> FindMessagesAsync(SearchQuery query, long? before, int most, CancellationToken ct) =>
        query.IsEmpty ? Task.FromResult<IReadOnlyList<long>>([]) : db.Dialect.FindMessagesAsync(db, query, before ?? long.MaxValue, most, ct);
}
