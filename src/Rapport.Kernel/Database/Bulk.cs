namespace Rapport.Kernel.Database;

// Many records at once, past the change tracker: the caller has a transaction and writes one line of the journal for all of them.
public abstract partial class Dialect
{
    /// <summary>Adds many records of one type. They are not tracked and not in the journal.</summary>
    public abstract Task InsertAsync<T>(RapportDb db, IReadOnlyList<T> records, CancellationToken ct) where T : class;

    /// <summary>Makes the connection ready for a long run of large transactions; it stays open until <see cref="EndBulkAsync"/>.</summary>
    public abstract Task BeginBulkAsync(RapportDb db, CancellationToken ct);

    /// <summary>Puts the connection back as it was.</summary>
    public abstract Task EndBulkAsync(RapportDb db);

    /// <summary>Makes ready for filling a database that nobody uses yet: nothing is kept for a crash, and indexes wait until the rows are there. Returns what <see cref="EndFillAsync"/> needs.</summary>
    public abstract Task<IReadOnlyList<string>> BeginFillAsync(RapportDb db, CancellationToken ct);

    /// <summary>Makes the indexes and puts the connection back as it was.</summary>
    public abstract Task EndFillAsync(RapportDb db, IReadOnlyList<string> indexes, CancellationToken ct);

    /// <summary>Writes many records of one type back, all columns of each, found by their keys. They are not tracked and not in the journal.</summary>
    public static async Task UpdateAsync<T>(RapportDb db, IReadOnlyList<T> records, CancellationToken ct) where T : class
    {
        if (records.Count == 0) return;
        var shape = RowShape.Of<T>(db);
        var sets = shape.Columns.Where(c => !c.IsKey).ToList();
        var all = sets.Concat(shape.Keys).ToList();
        var sql = $"UPDATE {shape.Table} SET {string.Join(", ", sets.Select((c, i) => $"{Quoted(c)} = @p{i}"))} WHERE {string.Join(" AND ", shape.Keys.Select((c, i) => $"{Quoted(c)} = @p{sets.Count + i}"))}";
        await RunForEachAsync(db, sql, all, records, ct);
    }

    /// <summary>Removes many records of one type, found by their keys. Not in the journal.</summary>
    public static async Task DeleteAsync<T>(RapportDb db, IReadOnlyList<T> records, CancellationToken ct) where T : class
    {
        if (records.Count == 0) return;
        var shape = RowShape.Of<T>(db);
        var sql = $"DELETE FROM {shape.Table} WHERE {string.Join(" AND ", shape.Keys.Select((c, i) => $"{Quoted(c)} = @p{i}"))}";
        await RunForEachAsync(db, sql, [.. shape.Keys], records, ct);
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

    private static async Task RunForEachAsync<T>(RapportDb db, string sql, List<RowColumn> columns, IReadOnlyList<T> records, CancellationToken ct) where T : class
    {
        await using var command = await CommandAsync(db, sql, ct);
        var parameters = columns.Select((c, i) => Add(command, $"@p{i}", null)).ToArray();
        foreach (var record in records)
        {
            for (var i = 0; i < parameters.Length; i++) parameters[i].Value = columns[i].Read(record) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
