using Npgsql;
using NpgsqlTypes;
using Rapport.Kernel.Search;

namespace Rapport.Kernel.Database;

// Words made by TextFold go into tsvector as they are: PostgreSQL's own parsers and dictionaries are not asked.
public sealed partial class PostgresDialect
{
    /// <summary>The tables of the index. The search migration runs this.</summary>
    public const string SearchTables = """
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE TABLE search_entries (place bigint PRIMARY KEY, ref uuid NOT NULL, title text NOT NULL, detail text NOT NULL, only_for uuid[],
            words tsvector NOT NULL, scraps text NOT NULL);
        CREATE INDEX ix_search_entries_ref ON search_entries (ref);
        CREATE INDEX ix_search_entries_words ON search_entries USING gin (words);
        CREATE INDEX ix_search_entries_scraps ON search_entries USING gin (scraps gin_trgm_ops);
        CREATE TABLE search_messages (moment bigint PRIMARY KEY, words tsvector NOT NULL);
        CREATE INDEX ix_search_messages_words ON search_messages USING gin (words);
        """;

    /// <inheritdoc/>
    public override async Task IndexAsync(RapportDb db, IReadOnlyList<IndexedDocument> documents, CancellationToken ct)
    {
        await UnindexAsync(db, [.. documents.Select(d => d.Document).Where(d => !d.IsNew).Select(d => d.Key)], ct);
        var rows = documents.Select(d => (Place: SearchPlace.Of(d.Document), d.Document, Indexed: d)).OrderBy(r => r.Place).ToList();
        await using var insert = (NpgsqlCommand)await CommandAsync(db, """
            INSERT INTO search_entries (place, ref, title, detail, only_for, words, scraps)
            SELECT place, ref, title, detail, string_to_array(only_for, ' ')::uuid[], array_to_tsvector(string_to_array(words, ' ')), scraps
            FROM unnest(@places, @refs, @titles, @details, @only, @words, @scraps) AS row (place, ref, title, detail, only_for, words, scraps)
            ON CONFLICT (place) DO NOTHING
            """, ct);
        insert.Parameters.AddWithValue("places", rows.Select(r => r.Place).ToArray());
        insert.Parameters.AddWithValue("refs", rows.Select(r => r.Document.Key.Ref).ToArray());
        insert.Parameters.AddWithValue("titles", rows.Select(r => Storable(r.Document.Title)).ToArray());
        insert.Parameters.AddWithValue("details", rows.Select(r => Storable(r.Document.Detail)).ToArray());
        insert.Parameters.AddWithValue("only", NpgsqlDbType.Array | NpgsqlDbType.Text, rows.Select(r => r.Document.Viewers.Count == 0 ? null : string.Join(' ', r.Document.Viewers)).ToArray());
        insert.Parameters.AddWithValue("words", rows.Select(r => r.Indexed.Words).ToArray());
        insert.Parameters.AddWithValue("scraps", rows.Select(r => Storable(r.Indexed.Text)).ToArray());
        await insert.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public override async Task UnindexAsync(RapportDb db, IReadOnlyList<SearchKey> keys, CancellationToken ct)
    {
        if (keys.Count == 0) return;
        await using var delete = (NpgsqlCommand)await CommandAsync(db, """
            DELETE FROM search_entries e USING unnest(@refs, @firsts) AS key (ref, first)
            WHERE e.ref = key.ref AND e.place >= key.first AND e.place < key.first + (1::bigint << 60)
            """, ct);
        delete.Parameters.AddWithValue("refs", keys.Select(k => k.Ref).ToArray());
        delete.Parameters.AddWithValue("firsts", keys.Select(k => SearchPlace.First(k.Kind)).ToArray());
        await delete.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public override async Task IndexAsync(RapportDb db, IReadOnlyList<MessageText> messages, CancellationToken ct)
    {
        var rows = messages.GroupBy(m => m.Moment).Select(g => g.Last()).OrderBy(m => m.Moment).ToList();
        await using var insert = (NpgsqlCommand)await CommandAsync(db, """
            INSERT INTO search_messages (moment, words)
            SELECT moment, array_to_tsvector(string_to_array(words, ' ')) FROM unnest(@moments, @words) AS row (moment, words)
            ON CONFLICT (moment) DO UPDATE SET words = excluded.words
            """, ct);
        insert.Parameters.AddWithValue("moments", rows.Select(m => m.Moment).ToArray());
        insert.Parameters.AddWithValue("words", rows.Select(m => string.Join(' ', m.Words)).ToArray());
        await insert.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public override async Task UnindexMessagesAsync(RapportDb db, IReadOnlyList<long> moments, CancellationToken ct)
    {
        await using var delete = (NpgsqlCommand)await CommandAsync(db, "DELETE FROM search_messages WHERE moment = ANY (@moments)", ct);
        delete.Parameters.AddWithValue("moments", moments.ToArray());
        await delete.ExecuteNonQueryAsync(ct);
    }

    internal override Task<IReadOnlyList<SearchHit>> FindByWordsAsync(RapportDb db, SearchKind kind, SearchQuery query, bool begun, Actor by, int most, CancellationToken ct)
    {
        var words = string.Join(" & ", query.Words.Select(w => begun ? Begun(w) : Quoted(w)));
        var asked = query.Digits.Length == 0 || !begun ? words : $"({words}) | {Begun($"n{query.Digits}")} | {Begun($"n{query.Subscriber}")} | {Begun($"r{SearchQuery.Reversed(query.Subscriber)}")}";
        return FindAsync(db, "words @@ @asked::tsquery", kind, [new("asked", asked)], by, most, ct);
    }

    internal override Task<IReadOnlyList<SearchHit>> FindInsideAsync(RapportDb db, SearchKind kind, SearchQuery query, Actor by, int most, CancellationToken ct)
    {
        var conditions = string.Join(" AND ", query.Scraps.Select((_, i) => $"scraps LIKE @scrap{i}"));
        return FindAsync(db, conditions, kind, [.. query.Scraps.Select((s, i) => new NpgsqlParameter($"scrap{i}", $"%{Escaped(s)}%"))], by, most, ct);
    }

    internal override async Task<IReadOnlyList<long>> FindMessagesAsync(RapportDb db, SearchQuery query, bool begun, long before, int most, CancellationToken ct)
    {
        await using var find = (NpgsqlCommand)await CommandAsync(db, "SELECT moment FROM search_messages WHERE words @@ @asked::tsquery AND moment < @before ORDER BY moment DESC LIMIT @most", ct);
        find.Parameters.AddWithValue("asked", string.Join(" & ", query.Words.Select((w, i) => begun && i == query.Words.Count - 1 && w.Length >= SearchQuery.ShortestScrap ? Begun(w) : Quoted(w))));
        find.Parameters.AddWithValue("before", before);
        find.Parameters.AddWithValue("most", most);
        var moments = new List<long>();
        await using var reader = await find.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) moments.Add(reader.GetInt64(0));
        return moments;
    }

    private static async Task<IReadOnlyList<SearchHit>> FindAsync(RapportDb db, string condition, SearchKind kind, NpgsqlParameter[] values, Actor by, int most, CancellationToken ct)
    {
        await using var find = (NpgsqlCommand)await CommandAsync(db, $"""
            SELECT ref, title, detail FROM search_entries
            WHERE {condition} AND place >= @first AND place < @end AND (only_for IS NULL OR only_for && @by)
            ORDER BY place LIMIT @most
            """, ct);
        find.Parameters.AddRange(values);
        find.Parameters.AddWithValue("first", SearchPlace.First(kind));
        find.Parameters.AddWithValue("end", SearchPlace.End(kind));
        find.Parameters.AddWithValue("by", by.Readers.Select(r => r.Value).ToArray());
        find.Parameters.AddWithValue("most", most);
        var hits = new List<SearchHit>();
        await using var reader = await find.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) hits.Add(new(new(kind, reader.GetGuid(0)), reader.GetString(1), reader.GetString(2)));
        return hits;
    }

    private static string Quoted(string word) => $"'{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Begun(string word) => $"{Quoted(word)}:*";

    private static string Escaped(string scrap) => scrap.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    // PostgreSQL's text holds everything but the null character.
    private static string Storable(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
