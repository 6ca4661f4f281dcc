using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Rapport.Kernel.Database;

/// <summary>How records of a type lie in their table, for writing many of them past the change tracker.</summary>
internal sealed class RowShape
{
    private RowShape(string table, IReadOnlyList<RowColumn> columns) => (Table, Columns) = (table, columns);

    public string Table { get; }

    public IReadOnlyList<RowColumn> Columns { get; }

    public static RowShape Of<T>(RapportDb db)
    {
        var type = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} has no table.");
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        return new(type.GetTableName()!, [.. type.GetProperties().Select(p => new RowColumn(p.GetColumnName(table)!, p.IsPrimaryKey(), p.FindAnnotation(Bulk.CountedAnnotation) is not null, ReaderOf(type, p)))]);
    }

    /// <summary>A record's values in the order of the columns. May be asked by several threads.</summary>
    public object?[] Values<T>(T record) where T : class
    {
        var values = new object?[Columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Columns[i].Read(record);
        return values;
    }

    private static Func<object, object?> ReaderOf(IEntityType type, IProperty property)
    {
        if (property == type.FindDiscriminatorProperty())
        {
            var word = type.GetDiscriminatorValue();
            return _ => word;
        }
        var getter = property.GetGetter();
        var mapping = property.GetTypeMapping();
        return mapping.Converter is { } converter
            ? record => getter.GetClrValue(record) is { } value ? converter.ConvertToProvider(value) : null
            : getter.GetClrValue;
    }
}

/// <summary>A column, and how its value as the database keeps it is read from a record.</summary>
internal sealed record RowColumn(string Name, bool IsKey, bool IsCounted, Func<object, object?> Read);
