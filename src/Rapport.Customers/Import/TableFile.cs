using System.Text;

namespace Rapport.Customers.Import;

/// <summary>
/// A table of people as a file holds it: text of any delimiter and encoding, or an Excel workbook, told apart by content and not by name.
/// Rows are read as they are asked for, so that memory does not grow with the file. A formula is text.
/// </summary>
public sealed class TableFile
{
    private const int HeaderSearch = 15, SampleRows = 50;

    private readonly Func<IEnumerable<TableRow>> _rows;
    private readonly int _headerRow;

    private TableFile(string name, string format, Func<IEnumerable<TableRow>> rows)
    {
        (Name, Format, _rows) = (name, format, rows);
        var first = rows().Where(row => !row.IsEmpty).Take(HeaderSearch + SampleRows).ToList();
        var header = HeaderRow.Find(first.Take(HeaderSearch).ToList());
        _headerRow = header?.Number ?? 0;
        Header = header?.Cells.Select(cell => cell.Trim()).ToArray() ?? [];
        Sample = first.Where(row => row.Number > _headerRow && row.Problem is null).Take(SampleRows).ToList();
        if (Header.Count == 0 && Sample.Count > 0) Header = [.. Enumerable.Range(1, Sample.Max(row => row.Cells.Length)).Select(column => $"Column {column}")];
    }

    /// <summary>The name people know the file by.</summary>
    public string Name { get; }

    /// <summary>What it was read as, for people: "text, semicolons, windows-1252" or "workbook, sheet Customers".</summary>
    public string Format { get; }

    /// <summary>The heads of the columns; "Column 1" and so on where the file has none.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Whether the file has a row of heads.</summary>
    public bool HasHeader => _headerRow > 0;

    /// <summary>The first rows below the header, to guess from.</summary>
    public IReadOnlyList<TableRow> Sample { get; }

    /// <summary>Opens a file. When it cannot be read as a table, <paramref name="problem"/> is one sentence that names it and says what to do, and the result is null.</summary>
    public static TableFile? Open(string path, out string? problem, string? name = null, TableLimits? limits = null)
    {
        name ??= Path.GetFileName(path);
        limits ??= TableLimits.Usual;
        try
        {
            using var file = OpenShared(path);
            var sample = new byte[TextEncoding.SampleBytes];
            var length = file.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false);
            var bytes = sample.AsSpan(0, length);
            if ((problem = ForeignFormat.Refuse(bytes, name)) is not null) return null;

            var table = ForeignFormat.IsZip(bytes) ? OpenWorkbook(path, name, limits, out problem) : OpenText(path, name, bytes, file.Length == length, limits, out problem);
            if (table is { Header.Count: 0 }) problem = $"{name}: there are no rows in it; export it again and check that it has content.";
            return problem is null ? table : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"{name}: it cannot be opened; check that it exists, that you may read it, and that no other program holds it.";
            return null;
        }
    }

    /// <summary>The rows below the header, without the empty ones. What cannot be read is a row with a problem; the rest goes on. Can be asked for again.</summary>
    public IEnumerable<TableRow> Rows() => _rows().Where(row => row.Number > _headerRow && !row.IsEmpty);

    internal static FileStream OpenShared(string path) =>
        new(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan });

    private static TableFile? OpenWorkbook(string path, string name, TableLimits limits, out string? problem)
    {
        problem = WorkbookPackage.Refuse(path, name, limits);
        if (problem is not null) return null;
        var sheet = Workbook.SheetWithData(path, name, limits, out problem);
        return sheet is null ? null : new TableFile(name, $"workbook, sheet {sheet}", () => Workbook.Rows(path, sheet, limits));
    }

    private static TableFile? OpenText(string path, string name, ReadOnlySpan<byte> bytes, bool isWhole, TableLimits limits, out string? problem)
    {
        problem = null;
        if (TextEncoding.Detect(bytes) is not { } encoding)
        {
            problem = $"{name}: it is not a table but some other kind of file; export your contacts as CSV, XLSX or vCard.";
            return null;
        }
        var text = encoding.GetString(bytes).TrimStart('\uFEFF');
        var delimiter = Delimiter.Detect(text[..Math.Min(text.Length, 128 * 1024)], isWhole && text.Length <= 128 * 1024);
        var word = delimiter switch { ',' => "commas", ';' => "semicolons", '\t' => "tabs", '|' => "bars", _ => $"parted by {delimiter}" };
        return new TableFile(name, $"text, {word}, {encoding.WebName}", () => TextRows(path, encoding, delimiter, limits));
    }

    private static IEnumerable<TableRow> TextRows(string path, Encoding encoding, char delimiter, TableLimits limits)
    {
        using var text = new StreamReader(OpenShared(path), encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 128 * 1024);
        if (text.Peek() == '\uFEFF') text.Read();
        var reader = new DelimitedReader(text, delimiter, limits);
        while (reader.Read() is { } row)
        {
            // Excel's own word to itself about the delimiter.
            if (row.Number == 1 && row.Cells[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase)) continue;
            yield return row;
        }
    }
}
