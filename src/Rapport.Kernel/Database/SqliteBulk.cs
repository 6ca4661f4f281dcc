using Microsoft.EntityFrameworkCore;

namespace Rapport.Kernel.Database;

// One prepared statement for all rows. A large cache keeps the indexes in memory, and the log is moved into the file less often.
public sealed partial class SqliteDialect
{
    /// <inheritdoc/>
    public override async Task InsertAsync<T>(RapportDb db, IReadOnlyList<T> records, CancellationToken ct)
    {
        if (records.Count == 0) return;
        var shape = RowShape.Of<T>(db).Without(records);
        var sql = $"INSERT INTO {shape.Table} ({string.Join(", ", shape.Columns.Select(Quoted))}) VALUES ({string.Join(", ", shape.Columns.Select((_, i) => $"@p{i}"))})";
        await using var command = await CommandAsync(db, sql, ct);
        var parameters = shape.Columns.Select((c, i) => Add(command, $"@p{i}", null)).ToArray();
        command.Prepare();
        foreach (var record in records)
        {
            for (var i = 0; i < parameters.Length; i++) parameters[i].Value = shape.Columns[i].Read(record) ?? DBNull.Value;
            // SQLite has no asynchronous calls: the other form only costs.
#pragma warning disable CA1849
            command.ExecuteNonQuery();
#pragma warning restore CA1849
        }
    }

    /// <inheritdoc/>
    public override async Task BeginBulkAsync(RapportDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA cache_size = -262144; PRAGMA wal_autocheckpoint = 32000", ct);
    }

    /// <inheritdoc/>
    public override async Task EndBulkAsync(RapportDb db)
    {
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
}
