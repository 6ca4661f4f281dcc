namespace Rapport.Customers.Import;

/// <summary>Knows files by their first bytes, so that a wrong one is refused with a sentence that says what it is and what to do.</summary>
internal static class ForeignFormat
{
    /// <summary>Whether it is a zip package, as workbooks are.</summary>
    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\x03\x04"u8);

    /// <summary>The sentence, or null when the file may be a table.</summary>
    public static string? Refuse(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.IsEmpty) return $"{name}: the file is empty; export it again.";
        if (bytes.StartsWith("PK\x05\x06"u8)) return $"{name}: it is an empty archive; export it again.";
        if (bytes.StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 }))
            return $"{name}: it is a workbook of the old .xls kind, or one with a password; open it in your spreadsheet program and save it as .xlsx without a password, or as CSV.";
        if (bytes.StartsWith("%PDF"u8)) return $"{name}: it is a PDF; export the table it was made from as CSV or XLSX.";
        if (bytes.StartsWith(new byte[] { 0x1F, 0x8B }) || bytes.StartsWith("7z\xBC\xAF"u8) || bytes.StartsWith("Rar!"u8))
            return $"{name}: it is a packed file; unpack it and import what is in it.";
        if (bytes.StartsWith(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }) || bytes.StartsWith(new byte[] { 0xFF, 0xD8, 0xFF }) || bytes.StartsWith("GIF8"u8))
            return $"{name}: it is a picture; export your contacts as CSV, XLSX or vCard.";
        if (bytes.StartsWith("SQLite format 3"u8)) return $"{name}: it is a database; export the table of people from its program as CSV.";

        var text = bytes[..Math.Min(bytes.Length, 512)].TrimStart(" \t\r\n\xEF\xBB\xBF"u8);
        if (StartsWith(text, "BEGIN:VCARD")) return $"{name}: it is a vCard file; give it the ending .vcf and import it as such.";
        if (StartsWith(text, "<!doctype html") || StartsWith(text, "<html") || StartsWith(text, "<table"))
            return $"{name}: it is a web page in spite of its name; open it in your spreadsheet program and save it as .xlsx or CSV.";
        if (StartsWith(text, "<?xml")) return $"{name}: it is XML; export the table as CSV or XLSX.";
        return StartsWith(text, "From ") && text.IndexOf("\nReceived:"u8) >= 0 ? $"{name}: it is a mailbox; give it the ending .mbox and import it as mail." : null;
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, string start) =>
        text.Length >= start.Length && System.Text.Ascii.EqualsIgnoreCase(text[..start.Length], start);
}
