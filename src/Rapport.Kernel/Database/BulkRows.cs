namespace Rapport.Kernel.Database;

/// <summary>Records of one type as they lie in their table, read off once: whoever has the records may go on changing them while these are written.</summary>
public sealed class BulkRows
{
    private BulkRows(RowShape shape, IReadOnlyList<object?[]> values) => (Shape, Values) = (shape, values);

    /// <summary>How many there are.</summary>
    public int Count => Values.Count;

    internal RowShape Shape { get; }

    /// <summary>A row each, in the order of the shape's columns.</summary>
    internal IReadOnlyList<object?[]> Values { get; }

    /// <summary>Reads the records off. Nothing is asked of the database.</summary>
    public static BulkRows Of<T>(RapportDb db, IReadOnlyCollection<T> records) where T : class
    {
        var shape = RowShape.Of<T>(db);
        var values = new List<object?[]>(records.Count);
        foreach (var record in records) values.Add(shape.Values(record));
        return new(shape, values);
    }

    /// <summary>The columns that hold anything, by their place in a row: most columns of most imports are null in all rows.</summary>
    internal List<int> Filled() => [.. Enumerable.Range(0, Shape.Columns.Count).Where(i => Values.Any(row => row[i] is not null))];
}
