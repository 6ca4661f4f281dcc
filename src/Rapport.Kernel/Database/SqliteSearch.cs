using System.Data.Common;
using Rapport.Kernel.Search;

namespace Rapport.Kernel.Database;

// The words are made by TextFold, so FTS5 only has to split at spaces; detail=none keeps its tables small, and no phrase is ever asked for.
// A beginning of more letters than its prefix index holds costs FTS5 a walk through all that begins so before it gives the first row; an OR of whole words costs nothing until it is read.
// An FTS5 table takes rows quickly, and stays small, only in ascending order without gaps: hence places one after the other.
public sealed partial class SqliteDialect
{
    private const int LongestIndexedBeginning = 10, MostCompletions = 32;

    /// <summary>The tables of the index, and the vocabularies of its words. The first migration runs this.</summary>
    public static string SearchTables => $"""
        CREATE TABLE search_entries (place INTEGER PRIMARY KEY, ref BLOB NOT NULL, title TEXT NOT NULL, detail TEXT NOT NULL, only_for TEXT);
        CREATE INDEX ix_search_entries_ref ON search_entries (ref);
        CREATE VIRTUAL TABLE search_words USING fts5 (words, content='', contentless_delete=1, detail=none, prefix='{string.Join(' ', Enumerable.Range(1, LongestIndexedBeginning))}',
            tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co So Sk'");
        CREATE VIRTUAL TABLE search_scraps USING fts5 (scraps, content='', contentless_delete=1, tokenize='trigram case_sensitive 1');
        CREATE VIRTUAL TABLE search_messages USING fts5 (words, content='', contentless_delete=1, detail=none, prefix='3',
            tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co So Sk'");
        CREATE VIRTUAL TABLE search_words_vocabulary USING fts5vocab(search_words, instance);
        CREATE VIRTUAL TABLE search_messages_vocabulary USING fts5vocab(search_messages, instance);
        """;

    /// <inheritdoc/>
    public override async Task IndexAsync(RapportDb db, IReadOnlyList<IndexedDocument> documents, CancellationToken ct)
    {
        await UnindexAsync(db, [.. documents.Select(d => d.Document).Where(d => !d.IsNew).Select(d => d.Key)], ct);
        using var last = new SqliteStatement(db, "SELECT max(place) FROM search_entries WHERE place >= ? AND place < ?");
        using var entry = new SqliteStatement(db, "INSERT INTO search_entries (place, ref, title, detail, only_for) VALUES (?, ?, ?, ?, ?)");
        using var words = new SqliteStatement(db, "INSERT INTO search_words (rowid, words) VALUES (?, ?)");
        using var scraps = new SqliteStatement(db, "INSERT INTO search_scraps (rowid, scraps) VALUES (?, ?)");
        foreach (var alike in documents.GroupBy(d => SearchPlace.FirstOf(d.Document)).OrderBy(g => g.Key))
        {
            (last[1], last[2]) = (alike.Key, SearchPlace.EndOf(alike.Key));
            var place = last.Ask() ?? alike.Key - 1;
            foreach (var indexed in alike)
            {
                var document = indexed.Document;
                var viewers = document.Viewers.Count == 0 ? null : string.Join(' ', document.Viewers);
                (entry[1], entry[2], entry[3], entry[4], entry[5]) = (++place, Conventions.ToBytes(document.Key.Ref), document.Title, document.Detail, viewers);
                entry.Run();
                (words[1], words[2]) = (place, indexed.Words);
                words.Run();
                (scraps[1], scraps[2]) = (place, indexed.Text);
                scraps.Run();
            }
        }
    }

    /// <inheritdoc/>
    public override Task UnindexAsync(RapportDb db, IReadOnlyList<SearchKey> keys, CancellationToken ct)
    {
        if (keys.Count == 0) return Task.CompletedTask;
        using var find = new SqliteStatement(db, "SELECT place FROM search_entries WHERE ref = ? AND place >= ? AND place < ?");
        var forget = new[] { "search_words WHERE rowid", "search_scraps WHERE rowid", "search_entries WHERE place" }.Select(where => new SqliteStatement(db, $"DELETE FROM {where} = ?")).ToList();
        try
        {
            foreach (var key in keys)
            {
                (find[1], find[2], find[3]) = (Conventions.ToBytes(key.Ref), SearchPlace.First(key.Kind), SearchPlace.End(key.Kind));
                if (find.Ask() is not { } place) continue;
                foreach (var statement in forget)
                {
                    statement[1] = place;
                    statement.Run();
                }
            }
        }
        finally
        {
            forget.ForEach(f => f.Dispose());
        }
        return Task.CompletedTask;
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
        var words = query.Words.Select(w => begun ? Begun(db, "search_words_vocabulary", w, LongestIndexedBeginning) : Quoted(w));
        var match = string.Join(" OR ", [.. begun && query.IsSurelyNumber ? [] : new[] { $"({string.Join(" AND ", words)})" }, .. begun ? query.NumberBeginnings.Select(Begun) : []]);
        return FindAsync(db, "search_words", kind, match, by, most, ct);
    }

    internal override Task<IReadOnlyList<SearchHit>> FindInsideAsync(RapportDb db, SearchKind kind, SearchQuery query, Actor by, int most, CancellationToken ct) =>
        FindAsync(db, "search_scraps", kind, string.Join(" AND ", query.Scraps.Select(Quoted)), by, most, ct);

    internal override async Task<IReadOnlyList<long>> FindMessagesAsync(RapportDb db, SearchQuery query, bool begun, long before, int most, CancellationToken ct)
    {
        await using var find = await CommandAsync(db, "SELECT rowid FROM search_messages WHERE search_messages MATCH $match AND rowid < $before ORDER BY rowid DESC LIMIT $most", ct);
        Fill(find, ("$match", MatchOf(db, query, begun)), ("$before", before), ("$most", most));
        return await MomentsAsync(find, ct);
    }

    internal override async Task<IReadOnlyList<long>> FindMessagesAmongAsync(RapportDb db, SearchQuery query, IReadOnlyCollection<long> moments, CancellationToken ct)
    {
        await using var find = await CommandAsync(db, $"SELECT rowid FROM search_messages WHERE search_messages MATCH $match AND rowid IN ({string.Join(',', moments)})", ct);
        Fill(find, ("$match", MatchOf(db, query, begun: true)));
        return [.. (await MomentsAsync(find, ct)).OrderDescending()];
    }

    private static string MatchOf(RapportDb db, SearchQuery query, bool begun)
    {
        var last = query.Words.Count - 1;
        return string.Join(" AND ", query.Words.Select((w, i) => begun && i == last && w.Length >= SearchQuery.ShortestScrap ? Begun(db, "search_messages_vocabulary", w, SearchQuery.ShortestScrap) : Quoted(w)));
    }

    private static async Task<IReadOnlyList<long>> MomentsAsync(DbCommand find, CancellationToken ct)
    {
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

    private static string Begun(RapportDb db, string vocabulary, string word, int indexed)
    {
        if (word.Length <= indexed || Completions(db, vocabulary, word) is not { } words) return Begun(word);
        return words.Count == 0 ? Quoted(word) : $"({string.Join(" OR ", words.Select(Quoted))})";
    }

    // From a word straight to the next, whatever number of rows has it. Null where too many begin so.
    private static List<string>? Completions(RapportDb db, string vocabulary, string word)
    {
        using var next = new SqliteStatement(db, $"SELECT term FROM {vocabulary} WHERE term >= ? LIMIT 1");
        var words = new List<string>();
        next[1] = word;
        while (next.AskText() is { } found && found.StartsWith(word, StringComparison.Ordinal))
        {
            if (words.Count == MostCompletions) return null;
            words.Add(found);
            next[1] = found + '\u0001';
        }
        return words;
    }

    private static void Fill(DbCommand command, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (command.Parameters.Count == 0)
            foreach (var (name, value) in values) Add(command, name, value);
        else
            foreach (var (name, value) in values) command.Parameters[name].Value = value ?? DBNull.Value;
    }
}
