using System.Buffers;

namespace Rapport.Channels.Mail;

/// <summary>Reads an mbox (RFC 4155; mboxo and mboxrd quoting) of any length, with one mail in memory at a time.</summary>
internal static class Mbox
{
    private const int BufferSize = 256 * 1024;

    public static bool StartsWithFromLine(FileStream stream)
    {
        Span<byte> start = stackalloc byte[5];
        var read = stream.ReadAtLeast(start, 5, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == 5 && start.SequenceEqual("From "u8);
    }

    public static IEnumerable<RawMail> Read(string file, FileStream stream, long from, CancellationToken ct)
    {
        using var open = stream;
        var lines = new LineSource(stream, Math.Clamp(from, 0, stream.Length), BufferSize);
        var mail = new MailBuffer(file, from);
        var (index, blank, pending) = (0, true, false);
        string? broken = null;
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                if (!lines.Next()) break;
            }
            catch (IOException failed)
            {
                broken = $"{file}: reading stopped at byte {lines.Offset} ({failed.Message.TrimEnd('.')}). What came before is kept; copy the file to a sound disk and try again.";
                break;
            }
            if (lines.AtStart && IsFromLine(lines.Line.Span) && (blank || pending || lines.NextIsHeader()) && lines.NextMayFollow())
            {
                if (!mail.IsEmpty) yield return mail.Take(index++, lines.Offset);
                mail.Begin(lines.Offset);
                (pending, blank) = (true, false);
                continue;
            }
            var line = lines.Line.Span;
            if (lines.AtStart && line.StartsWith(">"u8) && line.TrimStart((byte)'>').StartsWith("From "u8)) line = line[1..];
            mail.Add(line, lines.AtStart);
            pending = false;
            blank = lines.AtStart ? line.TrimEnd("\r\n"u8).IsEmpty : blank && line.TrimEnd("\r\n"u8).IsEmpty;
        }
        if (!mail.IsEmpty) yield return mail.Take(index++, lines.End);
        if (broken is not null) yield return new(file, index, lines.Offset, lines.Offset, null, broken);
        else if (index == 0) yield return new(file, 0, 0, lines.End, null, $"{file}: there is no mail in it. Check that it was exported as an mbox.");
    }

    /// <summary>"From somebody Thu Jan  1 00:00:00 1970": words at the start of a sentence have no clock time and year.</summary>
    public static bool IsFromLine(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("From "u8) || line.Length > 500) return false;
        var (time, year) = (false, false);
        for (var i = 6; i + 1 < line.Length; i++)
        {
            if (line[i] == ':' && char.IsAsciiDigit((char)line[i - 1]) && char.IsAsciiDigit((char)line[i + 1])) time = true;
            if (line[i] is (byte)'1' or (byte)'2' && i + 3 < line.Length && line[i - 1] == ' ' && char.IsAsciiDigit((char)line[i + 1]) && char.IsAsciiDigit((char)line[i + 2]) && char.IsAsciiDigit((char)line[i + 3])) year = true;
        }
        return time && year;
    }

    /// <summary>"Name: value" with a name that RFC 5322 allows.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> line)
    {
        var colon = line[..Math.Min(line.Length, 80)].IndexOf((byte)':');
        if (colon < 2) return false;
        foreach (var c in line[..colon].TrimEnd((byte)' '))
            if (c is <= 32 or >= 127) return false;
        return true;
    }
}

/// <summary>Gathers the bytes of one mail and gives up gathering, not counting, when it is too large.</summary>
internal sealed class MailBuffer(string file, long start)
{
    private readonly ArrayBufferWriter<byte> bytes = new(64 * 1024);
    private long begins = start, length;
    private bool headers, from;

    public bool IsEmpty => length == 0 && !from;

    public void Begin(long offset) => (begins, from) = (offset, true);

    public void Add(ReadOnlySpan<byte> line, bool atStart)
    {
        headers |= atStart && Mbox.IsHeader(line);
        length += line.Length;
        if (length <= MailSource.LargestMail) bytes.Write(line);
    }

    public RawMail Take(int index, long next)
    {
        // The blank line before the next "From " belongs to the mbox.
        var written = bytes.WrittenSpan;
        if (written.EndsWith("\r\n\r\n"u8)) written = written[..^2];
        else if (written.EndsWith("\n\n"u8)) written = written[..^1];
        var mail = length > MailSource.LargestMail ? Problem(index, next, $"mail {index + 1} at byte {begins} is larger than {MailSource.LargestMail >> 20} MB and was passed over")
            : headers ? new RawMail(file, index, begins, next, written.ToArray(), null)
            : Problem(index, next, from ? $"mail {index + 1} at byte {begins} has no headers and cannot be read; it was probably cut off" : $"the first {length} bytes are no mail and were passed over. Check that it was exported as an mbox");
        bytes.ResetWrittenCount();
        (length, headers, from) = (0, false, false);
        return mail;
    }

    private RawMail Problem(int index, long next, string what) => new(file, index, begins, next, null, $"{file}: {what}.");
}
