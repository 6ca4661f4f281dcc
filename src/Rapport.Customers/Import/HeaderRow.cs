using System.Globalization;

namespace Rapport.Customers.Import;

/// <summary>Finds the row that names the columns: the first that is as wide as the table and holds words, not values. Titles above it are passed over.</summary>
internal static class HeaderRow
{
    public static TableRow? Find(IReadOnlyList<TableRow> rows)
    {
        var widest = rows.Count == 0 ? 0 : rows.Max(Width);
        foreach (var row in rows)
        {
            if (row.Problem is not null || Width(row) * 2 <= widest) continue;
            return IsHeader(row) ? row : null;
        }
        return null;
    }

    private static int Width(TableRow row) => row.Cells.Count(cell => !string.IsNullOrWhiteSpace(cell));

    private static bool IsHeader(TableRow row)
    {
        var cells = row.Cells.Where(cell => !string.IsNullOrWhiteSpace(cell)).ToList();
        if (cells.Count(cell => ColumnWords.KindOf(cell) is not ColumnKind.Ignore) is var known && known * 2 >= cells.Count && known > 0) return true;
        return cells.TrueForAll(cell => cell.Length <= 100 && !IsValue(cell.Trim()));
    }

    private static bool IsValue(string cell) =>
        cell.Contains('@') || double.TryParse(cell, CultureInfo.InvariantCulture, out _) || cell.Count(char.IsDigit) >= 5;
}
