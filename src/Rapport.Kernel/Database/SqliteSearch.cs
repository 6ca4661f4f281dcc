using System.Data.Common;
using Rapport.Kernel.Search;

namespace Rapport.Kernel.Database;

// The words are made by TextFold, so FTS5 only has to split at spaces; detail=none keeps its tables small, and no phrase is ever asked for.
// An FTS5 table takes rows quickly only in ascending order, hence the sorting.
public sealed partial class SqliteDialect
{
    /// <summary>The tables of the index. The search migration runs this.</summary>
    public const string SearchTables = """
        CREATE TABLE search_entries (place INTEGER PRIMARY KEY, ref BLOB NOT NULL, title TEXT NOT NULL, detail TEXT NOT NULL, only_for TEXT);
        CREATE INDEX ix_search_entries_ref ON search_entries (ref);
        CREATE VIRTUAL TABLE search_words USING fts5 (words, content='', contentless_delete=1, detail=none, prefix='1 2 3',
            tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co So Sk'");
        CREATE VIRTUAL TABLE search_scraps USING fts5 (scraps, content='', contentless_delete=1, tokenize='trigram case_sensitive 1');
        CREATE VIRTUAL TABLE search_messages USING fts5 (words, content='', contentless_delete=1, detail=none, prefix='3',
            tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co So Sk'");
        """;

    /// <inheritdoc/>
    public override async Task IndexAsync(RapportDb db, IReadOnlyList<SearchDocument> documents, CancellationToken ct)
    {
        await UnindexAsync(db, [.. documents.Select(d => d.Key)], ct);
        await using var entry = await CommandAsync(db, "INSERT OR REPLACE INTO search_entries (place, ref, title, detail, only_for) VALUES ($place, $ref, $title, $detail, $only)", ct);
        await using var words = await CommandAsync(db, "INSERT OR REPLACE INTO search_words (rowid, words) VALUES ($place, $words)", ct);
        await using var scraps = await CommandAsync(db, "INSERT OR REPLACE INTO search_scraps (rowid, scraps) VALUES ($place, $scraps)", ct);
        foreach (var (place, document) in documents.DistinctLast().Select(d => (SearchPlace.Of(d), d)).OrderBy(p => p.Item1))
        {
            var viewers = document.Viewers.Count == 0 ? null : string.Join(' ', document.Viewers);
            Fill(entry, ("$place", place), ("$ref", Conventions.ToBytes(document.Key.Ref)), ("$title", document.Title), ("$detail", document.Detail), ("$only", viewers));
            await entry.ExecuteNonQueryAsync(ct);
            Fill(words, ("$place", place), ("$words", string.Join(' ', document.IndexedWords())));
            await words.ExecuteNonQueryAsync(ct);
            Fill(scraps, ("$place", place), ("$scraps", document.IndexedText()));
            await scraps.ExecuteNonQueryAsync(ct);
        }
    }

    /// <inheritdoc/>
    public override async Task UnindexAsync(RapportDb db, IReadOnlyList<SearchKey> keys, CancellationToken ct)
    {
        await using var find = await CommandAsync(db, "SELECT place FROM search_entries WHERE ref = $ref AND place >= $first AND place < $end", ct);
        await using var forget = await CommandAsync(db, """
            DELETE FROM search_words WHERE rowid = $place;
            DELETE FROM search_scraps WHERE rowid = $place;
            DELETE FROM search_entries WHERE place = $place;
            """, ct);
        foreach (var key in keys)
        {
            var first = SearchPlace.First(key.Kind);
            Fill(find, ("$ref", Conventions.ToBytes(key.Ref)), ("$first", first), ("$end", SearchPlace.End(key.Kind)));
            if (await find.ExecuteScalarAsync(ct) is not long place) continue;
            Fill(forget, ("$place", place));
            await forget.ExecuteNonQueryAsync(ct);
        }
    }

    /// <inheritdoc/>
    public override async Task IndexAsync(RapportDb db, IReadOnlyList<MessageText> messages, CancellationToken ct)
    {
        await using var insert = await CommandAsync(db, "INSERT OR REPLACE INTO search_messages (rowid, words) VALUES ($moment, $words)", ct);
        foreach (var message in messages.OrderBy(m => m.Moment))
        {
            Fill(insert, ("$moment", message.Moment), ("$words", string.Join(' ', message.Words)));
            await insert.ExecuteNonQueryAsync(ct);
        }
    }

    /// <inheritdoc/>
    public override async Task UnindexMessagesAsync(RapportDb db, IReadOnlyList<long> moments, CancellationToken ct)
    {
        await using var delete = await CommandAsync(db, "DELETE FROM search_messages WHERE rowid = $moment", ct);
        foreach (var moment in moments.Order())
        {
            Fill(delete, ("$moment", moment));
            await delete.ExecuteNonQueryAsync(ct);
        }
    }

    internal override Task<IReadOnlyList<SearchHit>> FindByWordsAsync(RapportDb db, SearchKind kind, SearchQuery query, bool begun, Actor by, int most, CancellationToken ct)
    {
        var words = string.Join(" AND ", query.Words.Select(w => begun ? Begun(w) : Quoted(w)));
        var match = query.Digits.Length == 0 || !begun ? words
            : $"({words}) OR {Begun($"n{query.Digits}")} OR {Begun($"n{query.Subscriber}")} OR {Begun($"r{SearchQuery.Reversed(query.Subscriber)}")}";
        return FindAsync(db, "search_words", kind, match, by, most, ct);
    }

    internal override Task<IReadOnlyList<SearchHit>> FindInsideAsync(RapportDb db, SearchKind kind, SearchQuery query, Actor by, int most, CancellationToken ct) =>
        FindAsync(db, "search_scraps", kind, string.Join(" AND ", query.Scraps.Select(Quoted)), by, most, ct);

    internal override async Task<IReadOnlyList<long>> FindMessagesAsync(RapportDb db, SearchQuery query, long before, int most, CancellationToken ct)
    {
        await using var find = await CommandAsync(db, "SELECT rowid FROM search_messages WHERE search_messages MATCH $match AND rowid < $before ORDER BY rowid DESC LIMIT $most", ct);
        Fill(find, ("$match", string.Join(" AND ", query.Words.Select((w, i) => i < query.Words.Count - 1 || w.Length < SearchQuery.ShortestScrap ? Quoted(w) : Begun(w)))), ("$before", before), ("$most", most));
        var moments = new List<long>();
        await using var reader = await find.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) moments.Add(reader.GetInt64(0));
        return moments;
    }

    private static async Task<IReadOnlyList<SearchHit>> FindAsync(RapportDb db, string table, SearchKind kind, string match, Actor by, int most, CancellationToken ct)
    {
        var mine = string.Join(" OR ", by.Readers.Select((_, i) => $"instr(e.only_for, $by{i}) > 0"));
        await using var find = await CommandAsync(db, $"""
            SELECT e.ref, e.title, e.detail FROM {table} CROSS JOIN search_entries e ON e.place = {table}.rowid
            WHERE {table} MATCH $match AND {table}.rowid >= $first AND {table}.rowid < $end AND (e.only_for IS NULL OR {mine})
            ORDER BY {table}.rowid LIMIT $most
            """, ct);
        Fill(find, [("$match", match), ("$first", SearchPlace.First(kind)), ("$end", SearchPlace.End(kind)), ("$most", most), .. by.Readers.Select((r, i) => ($"$by{i}", (object?)r.ToString()))]);
        var hits = new List<SearchHit>();
        await using var reader = await find.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) hits.Add(new(new(kind, Conventions.ToGuid((byte[])reader[0])), reader.GetString(1), reader.GetString(2)));
        return hits;
    }

    // Every term is quoted: what people type is never FTS5's syntax.
    private static string Quoted(string word) => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Begun(string word) => $"{Quoted(word)}*";

    private static void Fill(DbCommand command, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (command.Parameters.Count == 0)
            foreach (var (name, value) in values) Add(command, name, value);
        else
            foreach (var (name, value) in values) command.Parameters[name].Value = value ?? DBNull.Value;
    }
}
