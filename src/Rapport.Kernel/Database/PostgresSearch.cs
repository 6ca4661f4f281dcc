using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Rapport.Kernel.Search;

namespace Rapport.Kernel.Database;

// Words made by TextFold go into tsvector as they are: PostgreSQL's own parsers and dictionaries are not asked.
// A GIN index knows nothing of places: it gathers all rows that match before it gives the first. So a word that few have is asked of it, and a word that many have is met soon by walking the places in order.
// Which it is, the planner only guesses, and a wrong guess costs a walk through all that is there; hence FindAsync asks for a few first, unless many must have it.
public sealed partial class PostgresDialect
{
    private const int Few = 64, FirstPlaces = 4000, FirstMessages = 30_000;

    /// <summary>The tables of the index, with a part for each kind, so that looking for one kind never gathers the rows of others. The first migration runs this.</summary>
    public static string SearchTables => $"""
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE TABLE search_entries (place bigint PRIMARY KEY, ref uuid NOT NULL, title text NOT NULL, detail text NOT NULL, only_for uuid[],
            words tsvector NOT NULL, scraps text NOT NULL) PARTITION BY RANGE (place);
        {string.Join('\n', Enum.GetValues<SearchKind>().Select(k => $"CREATE TABLE search_entries_{k.ToString().ToLowerInvariant()} PARTITION OF search_entries FOR VALUES FROM ({SearchPlace.First(k)}) TO ({SearchPlace.End(k)});"))}
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
        var asked = string.Join(" | ", [.. begun && query.IsSurelyNumber ? [] : new[] { $"({words})" }, .. begun ? query.NumberBeginnings.Select(Begun) : []]);
        return FindAsync(db, "words @@ @asked::tsquery", kind, [new("asked", asked)], by, most, many: begun && query.Words.All(w => w.Length < SearchQuery.ShortestScrap), ct);
    }

    internal override Task<IReadOnlyList<SearchHit>> FindInsideAsync(RapportDb db, SearchKind kind, SearchQuery query, Actor by, int most, CancellationToken ct)
    {
        var conditions = string.Join(" AND ", query.Scraps.Select((_, i) => $"scraps LIKE @scrap{i}"));
        return FindAsync(db, conditions, kind, [.. query.Scraps.Select((s, i) => new NpgsqlParameter($"scrap{i}", $"%{Escaped(s)}%"))], by, most, many: false, ct);
    }

    internal override async Task<IReadOnlyList<long>> FindMessagesAsync(RapportDb db, SearchQuery query, bool begun, long before, int most, CancellationToken ct)
    {
        var newest = new Walk("search_messages", "moment", "DESC", FirstMessages, "moment < @before", "words @@ @asked::tsquery", "true");
        return await FindAsync(db, newest, "moment", [new("asked", AskedOf(query, begun)), new("before", before)], most, many: false, row => row.GetInt64(0), ct);
    }

    internal override async Task<IReadOnlyList<long>> FindMessagesAmongAsync(RapportDb db, SearchQuery query, IReadOnlyCollection<long> moments, CancellationToken ct)
    {
        // The rows first and their words afterwards, whatever the planner thinks of the word.
        await using var find = (NpgsqlCommand)await CommandAsync(db, "WITH these AS MATERIALIZED (SELECT moment, words FROM search_messages WHERE moment = ANY (@moments)) SELECT moment FROM these WHERE words @@ @asked::tsquery ORDER BY moment DESC", ct);
        find.Parameters.AddWithValue("asked", AskedOf(query, begun: true));
        find.Parameters.AddWithValue("moments", moments.ToArray());
        var having = new List<long>();
        await using var reader = await find.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) having.Add(reader.GetInt64(0));
        return having;
    }

    private static string AskedOf(SearchQuery query, bool begun) =>
        string.Join(" & ", query.Words.Select((w, i) => begun && i == query.Words.Count - 1 && w.Length >= SearchQuery.ShortestScrap ? Begun(w) : Quoted(w)));

    private static Task<IReadOnlyList<SearchHit>> FindAsync(RapportDb db, string condition, SearchKind kind, NpgsqlParameter[] values, Actor by, int most, bool many, CancellationToken ct)
    {
        var best = new Walk("search_entries", "place", "ASC", FirstPlaces, $"place >= {SearchPlace.First(kind)} AND place < {SearchPlace.End(kind)}", condition, "(only_for IS NULL OR only_for && @by)");
        return FindAsync(db, best, "ref, title, detail", [.. values, new("by", by.Readers.Select(r => r.Value).ToArray())], most, many, row => new SearchHit(new(kind, row.GetGuid(0)), row.GetString(1), row.GetString(2)), ct);
    }

    // Where rows stand, in which order they are wanted, and which of them.
    private sealed record Walk(string Table, string Key, string Direction, int First, string Range, string Condition, string Visible)
    {
        // Without an order, so that nothing tempts the planner to walk; fewer than asked for are all there are.
        public string AnyFew(string columns) => $"SELECT {columns}, {Visible} FROM (SELECT * FROM {Table} WHERE {Range} AND {Condition} LIMIT {Few}) few ORDER BY {Key} {Direction}";

        public string AmongFirst(string columns) => $"SELECT {columns}, true FROM (SELECT * FROM {Table} WHERE {Range} ORDER BY {Key} {Direction} LIMIT {First}) first WHERE {Condition} AND {Visible} ORDER BY {Key} {Direction} LIMIT @most";

        public string AmongAll(string columns) => $"SELECT {columns}, true FROM (SELECT * FROM {Table} WHERE {Range} AND {Condition} AND {Visible} OFFSET 0) found ORDER BY {Key} {Direction} LIMIT @most";
    }

    private static async Task<IReadOnlyList<T>> FindAsync<T>(RapportDb db, Walk walk, string columns, NpgsqlParameter[] values, int most, bool many, Func<DbDataReader, T> read, CancellationToken ct)
    {
        if (!many && await RowsAsync(walk.AnyFew(columns)) is (var few, < Few)) return [.. few.Take(most)];
        var (first, _) = await RowsAsync(walk.AmongFirst(columns));
        return first.Count == most ? first : (await RowsAsync(walk.AmongAll(columns))).Visible;

        async Task<(List<T> Visible, int All)> RowsAsync(string sql)
        {
            await using var find = (NpgsqlCommand)await CommandAsync(db, sql, ct);
            find.Parameters.AddRange(values.Select(v => v.Clone()).ToArray());
            find.Parameters.AddWithValue("most", most);
            var visible = new List<T>();
            var all = 0;
            await using var reader = await find.ExecuteReaderAsync(ct);
            for (; await reader.ReadAsync(ct); all++)
                if (reader.GetBoolean(reader.FieldCount - 1)) visible.Add(read(reader));
            return (visible, all);
        }
    }

    private static string Quoted(string word) => $"'{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Begun(string word) => $"{Quoted(word)}:*";

    private static string Escaped(string scrap) => scrap.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    // PostgreSQL's text holds everything but the null character.
    private static string Storable(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
