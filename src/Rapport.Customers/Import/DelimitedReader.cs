using System.Buffers;
using System.Globalization;

namespace Rapport.Customers.Import;

/// <summary>
/// Reads rows of delimited text (RFC 4180 and what programs make of it) from one buffer that is never larger than the longest row allowed.
/// A quote within a quoted cell may stand undoubled; a quote that is opened and never closed costs its own line only.
/// </summary>
internal sealed class DelimitedReader(TextReader text, char delimiter, TableLimits limits)
{
    private readonly SearchValues<char> _ends = SearchValues.Create([delimiter, '\n', '\r']);
    private readonly List<string> _cells = new(32);
    private char[] _buffer = new char[64 * 1024];
    private int _start, _end, _row;
    private bool _ended;

    private enum Found { Row, NeedsMore, Unclosed }

    /// <summary>The next row, or null at the end. Row numbers count empty lines.</summary>
    public TableRow? Read()
    {
        while (true)
        {
            if (_start == _end && !Fill()) return null;
            switch (TryRow(out var next, out var problem))
            {
                case Found.Row:
                    _start = next;
                    return new TableRow(++_row, [.. _cells], problem);
                case Found.Unclosed:
                    return Unclosed();
                case Found.NeedsMore when !Fill():
                    if (_end - _start >= limits.RowLength) return TooLong();
                    break;
                default:
                    break;
            }
        }
    }

    private Found TryRow(out int next, out string? problem)
    {
        _cells.Clear();
        problem = null;
        var at = _start;
        while (true)
        {
            var quote = QuoteAt(at);
            var found = quote >= 0 ? Quoted(quote, out var cell, out next) : Plain(at, out cell, out next);
            if (found != Found.Row) return found;
            if (_cells.Count < limits.Columns) _cells.Add(cell);
            else problem = $"It has more than {limits.Columns} cells; the rest was not read. Remove the columns that are not needed.";
            if (next >= _end || _buffer[next] != delimiter) break;
            at = next + 1;
        }
        return AfterLine(ref next) ? Found.Row : Found.NeedsMore;
    }

    // Some programs write a space between the delimiter and the quote.
    private int QuoteAt(int at)
    {
        while (at < _end && _buffer[at] == ' ') at++;
        return at < _end && _buffer[at] == '"' ? at : -1;
    }

    private Found Plain(int at, out string cell, out int next)
    {
        var length = _buffer.AsSpan(at, _end - at).IndexOfAny(_ends);
        next = length < 0 ? _end : at + length;
        cell = next == at ? "" : new string(_buffer, at, next - at);
        return length < 0 && !_ended ? Found.NeedsMore : Found.Row;
    }

    private Found Quoted(int at, out string cell, out int next)
    {
        (cell, next) = ("", at);
        var (from, doubled, stray) = (at + 1, false, false);
        while (true)
        {
            var length = _buffer.AsSpan(from, _end - from).IndexOf('"');
            if (length < 0) return _ended || _end - _start >= limits.RowLength ? Found.Unclosed : Found.NeedsMore;
            var quote = from + length;
            if (quote + 1 >= _end && !_ended) return Found.NeedsMore;

            var after = quote + 1 < _end ? _buffer[quote + 1] : '\n';
            if (after == '"') { doubled = true; from = quote + 2; continue; }
            var end = quote + 1;
            while (end < _end && _buffer[end] == ' ') end++;
            if (end >= _end ? _ended : _buffer[end] == delimiter || _buffer[end] is '\n' or '\r')
            {
                var content = _buffer.AsSpan(at + 1, quote - at - 1);
                cell = doubled ? content.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : content.ToString();
                next = end;
                return Found.Row;
            }
            if (end >= _end) return Found.NeedsMore;
            // A lone quote on a later line opens the next row's cell: ours was never closed.
            stray = stray || _buffer.AsSpan(at, quote - at).ContainsAny('\n', '\r');
            if (stray) return Found.Unclosed;
            from = quote + 1;
        }
    }

    // Steps over one line end, of whichever kind.
    private bool AfterLine(ref int next)
    {
        if (next >= _end) return _ended;
        if (_buffer[next] == '\r')
        {
            if (next + 1 >= _end && !_ended) return false;
            if (next + 1 < _end && _buffer[next + 1] == '\n') next++;
        }
        next++;
        return true;
    }

    private TableRow Unclosed()
    {
        var line = _buffer.AsSpan(_start, _end - _start);
        var length = line.IndexOfAny('\n', '\r');
        var next = length < 0 ? _end : _start + length;
        var cells = new string(_buffer, _start, Math.Min(next - _start, 10_000)).Split(delimiter).Take(limits.Columns).Select(cell => cell.Trim('"')).ToArray();
        AfterLine(ref next);
        _start = Math.Min(next, _end);
        return new TableRow(++_row, cells, "A quotation mark is opened and never closed; close it, or remove it.");
    }

    private TableRow TooLong()
    {
        var cells = new[] { new string(_buffer, _start, 200) };
        SkipLine();
        return new TableRow(++_row, cells, string.Create(CultureInfo.InvariantCulture, $"It is longer than {limits.RowLength:N0} characters; shorten it."));
    }

    private void SkipLine()
    {
        while (true)
        {
            var next = _buffer.AsSpan(_start, _end - _start).IndexOfAny('\n', '\r');
            if (next >= 0)
            {
                next += _start;
                if (!AfterLine(ref next)) Fill();
                _start = Math.Min(next, _end);
                return;
            }
            _start = _end;
            if (!Fill()) return;
        }
    }

    // Makes room and reads on; false when nothing more came or none may.
    private bool Fill()
    {
        if (_ended) return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= limits.RowLength) return false;
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, Math.Max(limits.RowLength, _buffer.Length)));
            if (_end == _buffer.Length) return false;
        }
        var read = text.ReadBlock(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
        return !_ended;
    }
}
