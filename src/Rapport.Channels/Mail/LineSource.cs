namespace Rapport.Channels.Mail;

/// <summary>Hands out the lines of a stream from one buffer; a line longer than the buffer comes in pieces.</summary>
internal sealed class LineSource
{
    private readonly Stream stream;
    private readonly byte[] buffer;
    private int start, filled;
    private long bufferOffset;
    private bool continues, ended;

    public LineSource(Stream stream, long from, int size)
    {
        this.stream = stream;
        buffer = new byte[size];
        stream.Position = bufferOffset = from;
    }

    /// <summary>The line or piece with its line end.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>The piece begins a line.</summary>
    public bool AtStart { get; private set; }

    /// <summary>Where in the stream the piece begins.</summary>
    public long Offset { get; private set; }
    public long End => bufferOffset + start;

    public bool Next()
    {
        var length = Available();
        if (length == 0) return false;
        Line = buffer.AsMemory(start, length);
        (AtStart, Offset) = (!continues, bufferOffset + start);
        continues = buffer[start + length - 1] != '\n';
        start += length;
        return true;
    }

    /// <summary>A header follows the line just handed out.</summary>
    public bool NextIsHeader() => Mbox.IsHeader(Peek()) || Peek().StartsWith(">From "u8);

    /// <summary>What follows may open a mail: a header, or an empty or missing line when the mail has lost its headers.</summary>
    public bool NextMayFollow() => NextIsHeader() || Peek().TrimEnd("\r\n"u8).IsEmpty;

    // Keeps the line just handed out in the buffer, as the caller still looks at it.
    private ReadOnlySpan<byte> Peek()
    {
        if (start + 100 > filled && !ended)
        {
            var keep = (int)(Offset - bufferOffset);
            if (keep > 0) Shift(keep);
            Fill();
            Line = buffer.AsMemory(0, start);
        }
        var rest = buffer.AsSpan(start, filled - start);
        var end = rest.IndexOf((byte)'\n');
        return end < 0 ? rest : rest[..(end + 1)];
    }

    private int Available()
    {
        var end = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');
        if (end >= 0) return end + 1;
        Shift(start);
        Fill();
        end = buffer.AsSpan(0, filled).IndexOf((byte)'\n');
        return end >= 0 ? end + 1 : filled;
    }

    private void Shift(int by)
    {
        buffer.AsSpan(by, filled - by).CopyTo(buffer);
        (start, filled, bufferOffset) = (start - by, filled - by, bufferOffset + by);
    }

    private void Fill()
    {
        while (filled < buffer.Length && !ended)
        {
            var read = stream.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            ended = read == 0;
        }
    }
}
