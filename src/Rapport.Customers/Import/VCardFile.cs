using System.Text;

namespace Rapport.Customers.Import;

/// <summary>
/// Reads the people and organisations of a vCard file (2.1, RFC 2426, RFC 6350), as correct or wrong as programs write it, one card after the other.
/// Pictures, sounds, keys, birthdays and relatives are not read.
/// </summary>
public static class VCardFile
{
    private const int MostProperties = 500;

    private static readonly HashSet<string> Wanted =
        ["FN", "N", "ORG", "EMAIL", "TEL", "ADR", "URL", "TITLE", "ROLE", "NOTE", "KIND", "X-ADDRESSBOOKSERVER-KIND", "UID", "CATEGORIES", "LANG", "VERSION", "X-ABSHOWAS"];

    /// <summary>The cards of a file, in its order; <paramref name="region"/> is the ISO 3166 country whose national telephone numbers are understood. A card that cannot be read is a row with a problem.</summary>
    public static IEnumerable<PeopleRow> Read(string path, string region) => Read(() => TableFile.OpenShared(path), region);

    /// <summary>Why a file is no vCard file, as one sentence that names it and says what to do; null when it is one.</summary>
    public static string? Refuse(string path, string? name = null)
    {
        name ??= Path.GetFileName(path);
        try
        {
            using var stream = Utf8(TableFile.OpenShared(path));
            var lines = new VCardLines(stream);
            for (var i = 0; i < 1000 && lines.Read() is { } line; i++)
                if (IsLine(line, "BEGIN:VCARD")) return null;
            return $"{name}: there are no cards in it; export your contacts as vCard, CSV or XLSX again.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{name}: it cannot be opened; check that it exists, that you may read it, and that no other program holds it.";
        }
    }

    /// <summary>The cards of what is opened, which is closed at the end.</summary>
    public static IEnumerable<PeopleRow> Read(Func<Stream> open, string region)
    {
        ArgumentNullException.ThrowIfNull(open);
        foreach (var card in Cards(open))
            if (VCardReader.Read(card, region) is { } row) yield return row;
    }

    internal static IEnumerable<VCard> Cards(Func<Stream> open)
    {
        using var stream = Utf8(open());
        var lines = new VCardLines(stream);
        List<VCardProperty>? properties = null;
        int number = 0, inner = 0;
        while (lines.Read() is { } line)
        {
            if (IsLine(line, "BEGIN:VCARD"))
            {
                // Within AGENT another card may stand (2.1); after a card without an end the next begins.
                if (properties is { Count: > 0 } && properties[^1].Name == "AGENT") { inner++; continue; }
                if (properties is not null) yield return new VCard(number, properties, "the card has no end; check that it is whole.");
                (properties, number) = ([], number + 1);
            }
            else if (properties is not null && IsLine(line, "END:VCARD"))
            {
                if (inner > 0) { inner--; continue; }
                yield return new VCard(number, properties, null);
                properties = null;
            }
            else if (properties is not null && inner == 0 && properties.Count < MostProperties && Parse(line) is { } property && (property.Name == "AGENT" || Wanted.Contains(property.Name)))
                properties.Add(property);
        }
        if (properties is not null) yield return new VCard(number, properties, "the card is cut off; export the file again and check that it is whole.");
    }

    private static VCardProperty? Parse(byte[] line)
    {
        var head = Latin(line, ValueStart(line) - 1);
        if (head is null) return null;
        var parts = head.Split(';');
        var name = parts[0][(parts[0].LastIndexOf('.') + 1)..].Trim().ToUpperInvariant();
        if (name != "AGENT" && !Wanted.Contains(name)) return null;

        var parameters = parts.Skip(1).Take(50).Select(part => part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (part[..at].Trim().ToUpperInvariant(), part[(at + 1)..].Trim('"', ' ')) : ("", part.Trim())).ToList();
        var bytes = line.AsSpan(ValueStart(line));
        var quoted = parameters.Exists(p => p.Item2.Equals("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase));
        var charset = parameters.Find(p => p.Item1 == "CHARSET").Item2;
        return new VCardProperty(name, Decode(quoted ? QuotedPrintable(bytes) : bytes, charset), parameters);
    }

    // The first colon outside quotes.
    private static int ValueStart(byte[] line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ':' && !quoted) return i + 1;
        }
        return Array.IndexOf(line, (byte)':') + 1;
    }

    private static string? Latin(byte[] line, int length) => length <= 0 ? null : Encoding.Latin1.GetString(line, 0, Math.Min(length, 2000));

    private static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        var encoding = charset is { Length: > 0 } ? TextEncoding.Named(charset) : null;
        return (encoding ?? (TextEncoding.IsUtf8(bytes) ? TextEncoding.LenientUtf8 : TextEncoding.Western)).GetString(bytes).Replace("\0", "", StringComparison.Ordinal);
    }

    private static byte[] QuotedPrintable(ReadOnlySpan<byte> bytes)
    {
        var to = new byte[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var isCode = bytes[i] == '=' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]);
            to[length++] = isCode ? (byte)((Hex(bytes[i + 1]) << 4) | Hex(bytes[i + 2])) : bytes[i];
            if (isCode) i += 2;
        }
        return to[..length];
    }

    private static int Hex(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static bool IsLine(ReadOnlySpan<byte> line, string text)
    {
        if (line is [0xEF, 0xBB, 0xBF, ..]) line = line[3..];
        line = line.Trim(" \t"u8);
        if (line.Length == text.Length) return Ascii.EqualsIgnoreCase(line, text);
        return line.Length is > 0 and < 40 && Ascii.IsValid(line) && Encoding.ASCII.GetString(line).Replace(" ", "", StringComparison.Ordinal).Equals(text, StringComparison.OrdinalIgnoreCase);
    }

    private static Stream Utf8(Stream stream)
    {
        var mark = new byte[2];
        var length = stream.ReadAtLeast(mark, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        if (length < 2) return stream;
        var utf16 = mark is [0xFF, 0xFE] or [(byte)'B', 0] ? Encoding.Unicode : mark is [0xFE, 0xFF] or [0, (byte)'B'] ? Encoding.BigEndianUnicode : null;
        return utf16 is null ? stream : Encoding.CreateTranscodingStream(stream, utf16, Encoding.UTF8);
    }
}
