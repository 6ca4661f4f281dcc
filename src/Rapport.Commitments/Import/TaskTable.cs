using System.Collections.Frozen;
using Rapport.Customers.Import;

namespace Rapport.Commitments;

/// <summary>Reads tasks from a table, as other programs export them: what, for whom, by when, whose and whether it is done are found by the heads of the columns.</summary>
internal static class TaskTable
{
    private enum Column { What, With, Due, For, State, DoneAt, Id }

    private static readonly FrozenDictionary<string, Column> Heads = new Dictionary<Column, string>
    {
        [Column.What] = "task|task name|title|subject|summary|name|content|to do|todo|what|promise|card name|aufgabe|betreff|titel|tâche|objet",
        [Column.With] = "customer|client|contact|company|organisation|organization|for|to|with|whom|promised to|customer name|kunde|firma|für|client name",
        [Column.Due] = "due|due date|due on|deadline|by when|date due|fällig|fällig am|fälligkeitsdatum|échéance",
        [Column.For] = "assignee|assignee email|assigned to|owner|responsible|zuständig",
        [Column.State] = "status|state|completed|complete|done|% complete|percent complete|erledigt",
        [Column.DoneAt] = "completed at|completed on|date completed|done on|closed at",
        [Column.Id] = "id|task id|uid|key|card id",
    }.SelectMany(c => c.Value.Split('|').Select(word => (word, c.Key))).ToFrozenDictionary(w => w.word, w => w.Key, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Done = FrozenSet.ToFrozenSet(["done", "completed", "complete", "closed", "finished", "resolved", "cancelled", "canceled", "yes", "true", "x", "1", "100", "100%", "100 %", "erledigt", "ja", "oui"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file is a table of tasks: something says what, and something by when.</summary>
    public static bool Knows(string path) => !Directory.Exists(path) && TableFile.Open(path, out _) is { HasHeader: true } table && Columns(table) is var columns && columns.ContainsKey(Column.What) && columns.ContainsKey(Column.Due);

    public static Result<TaskFile> Open(string path, string name)
    {
        if (TableFile.Open(path, out var problem, name) is not { } table) return Refusal.Invalid("import.unreadable", problem!, "file");
        var columns = Columns(table);
        return new TaskFile(table.Format, table.Header, () => table.Rows().Select(row => Read(row, columns)));
    }

    private static Dictionary<Column, int> Columns(TableFile table)
    {
        var columns = new Dictionary<Column, int>();
        for (var i = 0; i < table.Header.Count; i++)
            if (Heads.TryGetValue(table.Header[i].Trim(), out var column)) columns.TryAdd(column, i);
        return columns;
    }

    private static TaskRow Read(TableRow row, Dictionary<Column, int> columns)
    {
        var (words, with, id) = (Cell(Column.What), Cell(Column.With), Cell(Column.Id));
        var done = Done.Contains(Cell(Column.State)) || Cell(Column.DoneAt) is { Length: > 0 } at && !at.Equals("no", StringComparison.OrdinalIgnoreCase);
        return new(row.Number, row.Cells, $"{id}\n{words}\n{with}", words, with, Cell(Column.Due), null, Cell(Column.For), done, row.Problem);

        string Cell(Column column) => columns.TryGetValue(column, out var at) ? row[at] : "";
    }
}
