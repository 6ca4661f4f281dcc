using System.Buffers;

namespace Rapport.Channels.Mail;

/// <summary>
/// Cuts headers, outside and within parts, that are longer than any real one: a parser grows its buffer with each, and ten megabytes cost it seconds and gigabytes.
/// Headers are looked for where they can stand: at the start, below a line that may be a boundary, and below the headers of an enclosed mail.
/// </summary>
internal static class LongHeaders
{
    private const int LongestAddresses = 1024 * 1024;
    private const int LongestOther = 100 * 1024;

    /// <summary>The same bytes when nothing is too long, else a copy without the excess.</summary>
    public static byte[] Cut(byte[] raw, List<string> problems)
    {
        if (raw.Length <= LongestOther) return raw;
        ArrayBufferWriter<byte>? kept = null;
        var (at, copied, inHeaders, enclosed, room) = (0, 0, true, false, LongestOther);
        while (at < raw.Length)
        {
            var length = raw.AsSpan(at).IndexOf((byte)'\n') is var end and >= 0 ? end + 1 : raw.Length - at;
            var line = raw.AsSpan(at, length);
            if (line.StartsWith("--"u8)) (inHeaders, enclosed, room) = (true, false, LongestOther);
            else if (line.TrimEnd("\r\n"u8).IsEmpty) (inHeaders, enclosed, room) = (enclosed, false, LongestOther);
            else if (inHeaders)
            {
                if (line[0] is not ((byte)' ' or (byte)'\t')) room = IsAddresses(line) ? LongestAddresses : LongestOther;
                enclosed |= line.Length < 200 && Ascii(line).Contains("message/rfc822", StringComparison.OrdinalIgnoreCase);
                var fits = Math.Min(length, Math.Max(0, room));
                room -= length;
                if (fits < length)
                {
                    kept ??= new(raw.Length);
                    kept.Write(raw.AsSpan(copied, at + fits - copied));
                    if (fits > 0) kept.Write("\n"u8);
                    copied = at + length;
                }
            }
            at += length;
        }
        if (kept is null) return raw;
        kept.Write(raw.AsSpan(copied));
        problems.Add("A header of the mail is longer than any real one; its end is left out here and stays in the raw mail.");
        return kept.WrittenSpan.ToArray();
    }

    private static bool IsAddresses(ReadOnlySpan<byte> line) =>
        Ascii(line[..Math.Min(line.Length, 10)]) is var name && (name.StartsWith("to:", StringComparison.OrdinalIgnoreCase) || name.StartsWith("cc:", StringComparison.OrdinalIgnoreCase) || name.StartsWith("bcc:", StringComparison.OrdinalIgnoreCase));

    private static string Ascii(ReadOnlySpan<byte> bytes) => System.Text.Encoding.ASCII.GetString(bytes);
}
