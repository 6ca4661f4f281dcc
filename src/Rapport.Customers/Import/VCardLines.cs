using System.Text;

namespace Rapport.Customers.Import;

/// <summary>
/// The unfolded lines of a vCard file as bytes, each bounded. Bytes and not text, because old cards change charset by property,
/// and wrong folding cuts characters in two.
/// </summary>
internal sealed class VCardLines(Stream stream)
{
    /// <summary>The longest line that is kept, in bytes; what is longer (a picture) is cut there, and read over.</summary>
    public const int Longest = 256 * 1024;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _next, _end;
    private byte[]? _pending;

    /// <summary>The next logical line, or null at the end.</summary>
    public byte[]? Read()
    {
        var line = _pending ?? Physical();
        _pending = null;
        if (line is null) return null;

        MemoryStream? folded = null;
        var quoted = IsQuotedPrintable(line);
        var last = line;
        while ((_pending = Physical()) is { } next)
        {
            var soft = quoted && last.AsSpan().TrimEnd(" \t"u8) is [.., (byte)'='];
            var indented = next is [(byte)' ' or (byte)'\t', ..];
            if (!soft && !indented && !IsStray(next)) break;
            if (folded is null)
            {
                folded = new MemoryStream();
                folded.Write(line);
            }
            if (soft)
            {
                folded.SetLength(Math.Max(0, folded.Length - (last.Length - last.AsSpan().TrimEnd(" \t"u8).Length) - 1));
                folded.Position = folded.Length;
            }
            // The first space is the fold; a line without a space was folded wrongly and is taken whole.
            var content = indented && !soft ? next.AsSpan(1) : next;
            if (folded.Length + content.Length <= Longest) folded.Write(content);
            last = next;
        }
        return folded?.ToArray() ?? line;
    }

    private static bool IsQuotedPrintable(byte[] line)
    {
        var colon = line.AsSpan().IndexOf((byte)':');
        return colon > 0 && Encoding.ASCII.GetString(line, 0, Math.Min(colon, 1000)).Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase);
    }

    // Not empty, and neither a property nor a group of one: what went before was broken without a space.
    private static bool IsStray(byte[] line)
    {
        if (line.Length == 0) return false;
        var end = line.AsSpan().IndexOfAny((byte)':', (byte)';');
        if (end <= 0) return true;
        foreach (var b in line.AsSpan(0, end))
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'-' or (byte)'.' or (byte)'_' or (byte)' ')) return true;
        return false;
    }

    private byte[]? Physical()
    {
        MemoryStream? line = null;
        while (true)
        {
            if (_next == _end)
            {
                (_next, _end) = (0, stream.Read(_buffer));
                if (_end == 0) return line?.ToArray();
            }
            var rest = _buffer.AsSpan(_next, _end - _next);
            var length = rest.IndexOfAny((byte)'\n', (byte)'\r');
            var piece = length < 0 ? rest : rest[..length];
            line ??= new MemoryStream(piece.Length);
            line.Write(piece[..(int)Math.Min(piece.Length, Math.Max(0, Longest - line.Length))]);
            _next += piece.Length;
            if (length < 0) continue;
            var wasReturn = _buffer[_next++] == '\r';
            if (wasReturn) SkipLineFeed();
            return line.ToArray();
        }
    }

    private void SkipLineFeed()
    {
        if (_next == _end) (_next, _end) = (0, stream.Read(_buffer));
        if (_next < _end && _buffer[_next] == '\n') _next++;
    }
}
