using Microsoft.EntityFrameworkCore;

namespace Rapport.Kernel.Database;

// One prepared statement for all rows. A large cache keeps the indexes in memory, and the log is moved into the file less often.
public sealed partial class SqliteDialect
{
    /// <inheritdoc/>
    public override Task InsertAsync(RapportDb db, BulkRows rows, CancellationToken ct)
    {
        if (rows.Count == 0) return Task.CompletedTask;
        var filled = rows.Filled();
        using var insert = new SqliteStatement(db, $"INSERT INTO {rows.Shape.Table} ({string.Join(", ", filled.Select(i => Quoted(rows.Shape.Columns[i])))}) VALUES ({string.Join(", ", filled.Select(_ => "?"))})");
        foreach (var row in rows.Values)
        {
            for (var i = 0; i < filled.Count; i++) insert[i + 1] = row[filled[i]];
            insert.Run();
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task BeginBulkAsync(RapportDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA cache_size = -262144; PRAGMA wal_autocheckpoint = 32000", ct);
        await GatherWordsAsync(db, 32 * 1024 * 1024, ct);
    }

    /// <inheritdoc/>
    public override async Task EndBulkAsync(RapportDb db)
    {
        await GatherWordsAsync(db, 1024 * 1024, CancellationToken.None);
        await db.Database.ExecuteSqlRawAsync("PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 1000; PRAGMA wal_checkpoint(PASSIVE)");
        await db.Database.CloseConnectionAsync();
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<string>> BeginFillAsync(RapportDb db, CancellationToken ct)
    {
        await RunAsync(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576", ct);
        // The search tables look for what they replace by theirs.
        const string Droppable = "FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name NOT LIKE 'search%'";
        var indexes = await TextsAsync(db, $"SELECT sql {Droppable}", ct);
        foreach (var name in await TextsAsync(db, $"SELECT name {Droppable}", ct)) await RunAsync(db, $"DROP INDEX \"{name}\"", ct);
        return indexes;
    }

    /// <inheritdoc/>
    public override async Task EndFillAsync(RapportDb db, IReadOnlyList<string> indexes, CancellationToken ct)
    {
        foreach (var index in indexes) await RunAsync(db, index, ct);
        await RunAsync(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000", ct);
        await db.Database.CloseConnectionAsync();
    }

    // What FTS5 gathers before it writes a segment: with the usual megabyte a large batch becomes many small ones, which are merged again and again.
    private static async Task GatherWordsAsync(RapportDb db, int bytes, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"INSERT INTO search_words (search_words, rank) VALUES ('hashsize', {bytes})", ct);
        await db.Database.ExecuteSqlAsync($"INSERT INTO search_scraps (search_scraps, rank) VALUES ('hashsize', {bytes})", ct);
    }
}
