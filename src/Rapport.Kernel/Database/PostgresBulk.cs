using System.Collections;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Rapport.Kernel.Database;

// COPY, PostgreSQL's own way for many rows.
public sealed partial class PostgresDialect
{
    /// <inheritdoc/>
    public override async Task InsertAsync(RapportDb db, BulkRows rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        var filled = rows.Filled();
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await using var copy = await connection.BeginBinaryImportAsync($"COPY {rows.Shape.Table} ({string.Join(", ", filled.Select(i => Quoted(rows.Shape.Columns[i])))}) FROM STDIN (FORMAT BINARY)", ct);
            foreach (var row in rows.Values)
            {
                await copy.StartRowAsync(ct);
                foreach (var i in filled) await WriteAsync(copy, row[i], ct);
            }
            await copy.CompleteAsync(ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <inheritdoc/>
    public override Task BeginBulkAsync(RapportDb db, CancellationToken ct) => db.Database.OpenConnectionAsync(ct);

    /// <inheritdoc/>
    public override Task EndBulkAsync(RapportDb db) => db.Database.CloseConnectionAsync();

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<string>> BeginFillAsync(RapportDb db, CancellationToken ct)
    {
        await RunAsync(db, "SET synchronous_commit = off; SET maintenance_work_mem = '512MB'", ct);
        // Keys stay, and the one by which the search table looks for what it replaces. A partition's indexes come and go with those of the whole.
        const string Droppable = """
            FROM pg_indexes i WHERE schemaname = current_schema() AND indexname <> 'ix_search_entries_ref'
            AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)
            AND NOT (SELECT relispartition FROM pg_class c WHERE c.oid = format('%I.%I', i.schemaname, i.tablename)::regclass)
            """;
        var indexes = await TextsAsync(db, $"SELECT replace(indexdef, ' ON ONLY ', ' ON ') {Droppable}", ct);
        foreach (var name in await TextsAsync(db, $"SELECT indexname {Droppable}", ct)) await RunAsync(db, $"DROP INDEX \"{name}\"", ct);
        return indexes;
    }

    /// <inheritdoc/>
    public override async Task EndFillAsync(RapportDb db, IReadOnlyList<string> indexes, CancellationToken ct)
    {
        foreach (var index in indexes) await RunAsync(db, index, ct);
        await RunAsync(db, "VACUUM (ANALYZE)", ct);
        await db.Database.CloseConnectionAsync();
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, object? value, CancellationToken ct) => value switch
    {
        null => copy.WriteNullAsync(ct),
        // PostgreSQL keeps no null characters in text.
        string text => copy.WriteAsync(Storable(text), NpgsqlDbType.Text, ct),
        Guid id => copy.WriteAsync(id, ct),
        bool flag => copy.WriteAsync(flag, ct),
        int number => copy.WriteAsync(number, ct),
        long number => copy.WriteAsync(number, ct),
        double number => copy.WriteAsync(number, ct),
        DateOnly day => copy.WriteAsync(day, ct),
        DateTimeOffset at => copy.WriteAsync(at, NpgsqlDbType.TimestampTz, ct),
        byte[] bytes => copy.WriteAsync(bytes, ct),
        ICollection list => copy.WriteAsync((object)list, ct),
        _ => throw new NotSupportedException($"A value of {value.GetType().Name} cannot be copied."),
    };
}
