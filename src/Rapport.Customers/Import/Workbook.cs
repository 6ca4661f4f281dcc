using System.Globalization;
using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Rapport.Customers.Import;

/// <summary>Reads the rows of one sheet of an Excel workbook that <see cref="WorkbookPackage"/> let pass, one after the other.</summary>
internal static class Workbook
{
    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The first sheet with at least two rows, else the first with one.</summary>
    public static string? SheetWithData(string path, string name, TableLimits limits, out string? problem)
    {
        problem = null;
        try
        {
            using var stream = TableFile.OpenShared(path);
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
            string? single = null;
            do
            {
                var rows = 0;
                while (rows < 2 && reader.Read())
                    if (!RowOf(reader, 1, limits).IsEmpty) rows++;
                if (rows >= 2) return reader.Name;
                if (rows == 1) single ??= reader.Name;
            }
            while (reader.NextResult());
            if (single is null) problem = $"{name}: none of its sheets has any rows; check that it is the right file.";
            return single;
        }
        catch (Exception e) when (IsBroken(e))
        {
            problem = WorkbookPackage.Broken(name);
            return null;
        }
    }

    /// <summary>The rows of a sheet; where the file breaks off, a last row says so.</summary>
    public static IEnumerable<TableRow> Rows(string path, string sheet, TableLimits limits)
    {
        using var stream = TableFile.OpenShared(path);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
        while (reader.Name != sheet && reader.NextResult()) { }

        for (var number = 1; ; number++)
        {
            TableRow? row;
            try
            {
                row = reader.Read() ? RowOf(reader, number, limits) : null;
            }
            catch (Exception e) when (IsBroken(e))
            {
                row = new TableRow(number, [], "The workbook cannot be read from this row on; open it in your spreadsheet program, save it again, and import it once more.");
            }
            if (row is not null) yield return row;
            if (row is null or { Problem: not null, Cells.Length: 0 }) yield break;
        }
    }

    private static TableRow RowOf(IExcelDataReader reader, int number, TableLimits limits)
    {
        var width = Math.Min(reader.FieldCount, limits.Columns);
        while (width > 0 && reader.GetValue(width - 1) is null or "") width--;
        var cells = width == 0 ? [] : new string[width];
        for (var i = 0; i < width; i++) cells[i] = Text(reader.GetValue(i));
        return new TableRow(number, cells);
    }

    // As the other formats give it: dates in ISO form, numbers without groups, the result of a formula and never the formula.
    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTime at => at.TimeOfDay == TimeSpan.Zero ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        double number when Math.Abs(number) < 1e15 && Math.Floor(number) == number => ((long)number).ToString(CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // The reader gives up on hostile parts with whatever its parsing threw.
    private static bool IsBroken(Exception e) => e
        is ExcelReaderException or InvalidDataException or XmlException or IOException or FormatException or ArgumentException
        or NullReferenceException or IndexOutOfRangeException or InvalidOperationException or OverflowException or NotSupportedException or InvalidCastException or KeyNotFoundException;
}
