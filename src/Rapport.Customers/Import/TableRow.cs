namespace Rapport.Customers.Import;

/// <summary>
/// One row of a table as it stands in the file. <paramref name="Number"/> is the row people see in a spreadsheet, the first is 1.
/// <paramref name="Problem"/> is one sentence where the row could not be read; its cells are then what could be saved of it.
/// </summary>
public sealed record TableRow(int Number, string[] Cells, string? Problem = null)
{
    /// <summary>The cell at a column, trimmed; empty where the row is shorter. The apostrophe that keeps a cell from being a formula is not part of it.</summary>
    public string this[int column]
    {
        get
        {
            var cell = column < Cells.Length ? Cells[column].Trim() : "";
            return cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;
        }
    }

    /// <summary>Whether nothing stands in it.</summary>
    public bool IsEmpty => Problem is null && Array.TrueForAll(Cells, string.IsNullOrWhiteSpace);
}
