using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rapport.Kernel.Database;

/// <summary>What bulk writing has to know of a column, said where its table is mapped.</summary>
public static class Bulk
{
    internal const string CountedAnnotation = "Rapport:Counted";

    /// <summary>Counted as things happen, and not by who changes the record: writing many records back leaves it as it stands by then.</summary>
    public static PropertyBuilder<T> Counted<T>(this PropertyBuilder<T> builder)
    {
        builder.HasAnnotation(CountedAnnotation, true);
        return builder;
    }
}

// Many records at once, past the change tracker: the caller has a transaction and writes one line of the journal for all of them.
public abstract partial class Dialect
{
    /// <summary>Adds many records of one type. They are not tracked and not in the journal.</summary>
    public Task InsertAsync<T>(RapportDb db, IReadOnlyCollection<T> records, CancellationToken ct) where T : class => InsertAsync(db, BulkRows.Of(db, records), ct);

    /// <summary>Adds records that were read off.</summary>
    public abstract Task InsertAsync(RapportDb db, BulkRows rows, CancellationToken ct);

    /// <summary>Makes the connection ready for a long run of large transactions; it stays open until <see cref="EndBulkAsync"/>.</summary>
    public abstract Task BeginBulkAsync(RapportDb db, CancellationToken ct);

    /// <summary>Puts the connection back as it was.</summary>
    public abstract Task EndBulkAsync(RapportDb db);

    /// <summary>Makes ready for filling a database that nobody uses yet: nothing is kept for a crash, and indexes wait until the rows are there. Returns what <see cref="EndFillAsync"/> needs.</summary>
    public abstract Task<IReadOnlyList<string>> BeginFillAsync(RapportDb db, CancellationToken ct);

    /// <summary>Makes the indexes and puts the connection back as it was.</summary>
    public abstract Task EndFillAsync(RapportDb db, IReadOnlyList<string> indexes, CancellationToken ct);

    /// <summary>Writes many records of one type back, found by their keys. They are not tracked and not in the journal.</summary>
    public static Task UpdateAsync<T>(RapportDb db, IReadOnlyCollection<T> records, CancellationToken ct) where T : class => UpdateAsync(db, BulkRows.Of(db, records), ct);

    /// <summary>Writes back records that were read off: all columns but those that are <see cref="Bulk.Counted"/>.</summary>
    public static async Task UpdateAsync(RapportDb db, BulkRows rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        var columns = rows.Shape.Columns;
        await RunForEachAsync(db, $"UPDATE {rows.Shape.Table} SET {string.Join(", ", Given(columns, c => !c.IsKey && !c.IsCounted))} WHERE {string.Join(" AND ", Given(columns, c => c.IsKey))}", rows, ct);
    }

    /// <summary>Removes many records of one type, found by their keys. Not in the journal.</summary>
    public static async Task DeleteAsync<T>(RapportDb db, IReadOnlyCollection<T> records, CancellationToken ct) where T : class
    {
        if (records.Count == 0) return;
        var rows = BulkRows.Of(db, records);
        await RunForEachAsync(db, $"DELETE FROM {rows.Shape.Table} WHERE {string.Join(" AND ", Given(rows.Shape.Columns, c => c.IsKey))}", rows, ct);
    }

    // Reads one text a row.
    private protected static async Task<List<string>> TextsAsync(RapportDb db, string sql, CancellationToken ct)
    {
        await using var command = await CommandAsync(db, sql, ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var texts = new List<string>();
        while (await reader.ReadAsync(ct)) texts.Add(reader.GetString(0));
        return texts;
    }

    private protected static async Task RunAsync(RapportDb db, string sql, CancellationToken ct)
    {
        await using var command = await CommandAsync(db, sql, ct);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    private protected static string Quoted(RowColumn column) => $"\"{column.Name}\"";

    // Parameters are called by the place of their column.
    private static IEnumerable<string> Given(IReadOnlyList<RowColumn> columns, Func<RowColumn, bool> which) =>
        columns.Select((column, i) => (column, i)).Where(c => which(c.column)).Select(c => $"{Quoted(c.column)} = @p{c.i}_");

    private static async Task RunForEachAsync(RapportDb db, string sql, BulkRows rows, CancellationToken ct)
    {
        await using var command = await CommandAsync(db, sql, ct);
        var parameters = Enumerable.Range(0, rows.Shape.Columns.Count).Where(i => sql.Contains($"@p{i}_", StringComparison.Ordinal)).Select(i => (At: i, Parameter: Add(command, $"@p{i}_", null))).ToList();
        foreach (var row in rows.Values)
        {
            foreach (var (at, parameter) in parameters) parameter.Value = row[at] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
