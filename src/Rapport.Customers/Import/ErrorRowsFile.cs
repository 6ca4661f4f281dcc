using System.Buffers;
using System.Text;

namespace Rapport.Customers.Import;

/// <summary>Writes rows that could not be imported back as CSV with the reasons in a last column, to be corrected and imported again. Safe to open in a spreadsheet: no cell starts a formula.</summary>
public sealed class ErrorRowsFile : IDisposable
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\";\r\n\t|");

    private readonly StreamWriter _text;

    /// <summary>Starts the file with the heads of the one that was imported. The stream is closed with it.</summary>
    public ErrorRowsFile(Stream stream, IEnumerable<string> header)
    {
        // With a byte order mark: spreadsheet programs take UTF-8 for something else without it.
        _text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)) { NewLine = "\r\n" };
        Line(header.Append("Reason"));
        Width = header.Count();
    }

    private int Width { get; }

    /// <summary>Writes one row and why it is here.</summary>
    public void Write(TableRow row, IEnumerable<string> reasons)
    {
        ArgumentNullException.ThrowIfNull(row);
        var cells = row.Cells.Take(Width).Concat(Enumerable.Repeat("", Math.Max(0, Width - row.Cells.Length)));
        Line(cells.Append(string.Join(" ", reasons)));
    }

    /// <summary>Finishes the file.</summary>
    public void Dispose() => _text.Dispose();

    /// <summary>The cell as it may stand in a file that a spreadsheet program opens: an apostrophe before what would start a formula.</summary>
    public static string Harmless(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.AsSpan().TrimStart() is ['=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..] || cell is ['\t' or '\r' or '\n', ..] ? "'" + cell : cell;
    }

    private void Line(IEnumerable<string> cells) => _text.WriteLine(string.Join(',', cells.Select(Cell)));

    private static string Cell(string cell)
    {
        var harmless = Harmless(cell);
        return harmless.AsSpan().ContainsAny(Quoted) || harmless.StartsWith(' ') || harmless.EndsWith(' ')
            ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
