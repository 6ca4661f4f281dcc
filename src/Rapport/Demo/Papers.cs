using System.Globalization;
using System.IO.Compression;
using System.Text;
using MimeKit;

namespace Rapport.Demo;

/// <summary>Small real attachments: a one-page PDF (ISO 32000), a table in CSV (RFC 4180), a picture in PNG.</summary>
internal static class Papers
{
    public static MimePart Attach(string kind, string name, Draft draft, Dice dice)
    {
        var (type, bytes) = kind switch
        {
            "pdf" => ("application/pdf", Pdf([draft.House.Name, draft.Subject, "", $"Reference {Path.GetFileNameWithoutExtension(name)}", draft.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), draft.Speaker.Said])),
            "csv" => ("text/csv", Csv(dice)),
            "png" => ("image/png", Png(dice)),
            _ => throw new FormatException(kind),
        };
        return new MimePart(type)
        {
            Content = new MimeContent(new MemoryStream(bytes)),
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            ContentTransferEncoding = ContentEncoding.Base64,
            FileName = name,
        };
    }

    public static byte[] Pdf(IReadOnlyList<string> lines)
    {
        var page = new StringBuilder("BT /F1 14 Tf 60 770 Td 20 TL\n");
        foreach (var line in lines) page.Append('(').Append(string.Concat(line.Where(c => c is >= ' ' and < '\u0100')).Replace("\\", "\\\\").Replace("(", "\\(").Replace(")", "\\)")).Append(") Tj T*\n");
        page.Append("ET\n");
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {page.Length} >>\nstream\n{page}endstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ];
        var (pdf, places) = (new StringBuilder("%PDF-1.4\n"), new List<int>());
        for (var i = 0; i < objects.Length; i++)
        {
            places.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var start = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places) pdf.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }

    private static byte[] Csv(Dice dice)
    {
        var rows = new StringBuilder("position;part;description;quantity;price_eur\r\n");
        for (var i = 1; i <= dice.Between(4, 12); i++)
        {
            var (name, number) = Part(dice.Pick(Scripts.Lists["part"]));
            rows.Append(CultureInfo.InvariantCulture, $"{i};{number};{name};{dice.Between(1, 24)};{dice.Between(8, 990)}.{dice.Below(100):00}\r\n");
        }
        return Encoding.UTF8.GetBytes(rows.ToString());
    }

    private static (string Name, string Number) Part(string text) => text.LastIndexOf(' ') is > 0 and var i ? (text[..i], text[(i + 1)..]) : (text, "");

    /// <summary>A grey, grainy picture with a darker bar across, like a photograph of steel taken in bad light.</summary>
    private static byte[] Png(Dice dice)
    {
        const int width = 120, height = 80;
        var (bar, light) = (dice.Between(15, 60), dice.Between(110, 170));
        var raw = new byte[height * (width + 1)];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                raw[(y * (width + 1)) + x + 1] = (byte)(light + (y / 2) - (Math.Abs(y - bar - (x / 8)) < 7 ? 70 : 0) + dice.Below(12));
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Chunk(png, "IHDR", [0, 0, 0, width, 0, 0, 0, height, 8, 0, 0, 0, 0]);
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, true)) zip.Write(raw);
        Chunk(png, "IDAT", packed.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(Stream into, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        into.Write(BigEndian((uint)data.Length));
        into.Write(body);
        into.Write(BigEndian(Crc(body)));
    }

    private static byte[] BigEndian(uint number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    /// <summary>CRC-32 of ISO 3309, bit by bit: the pictures are small.</summary>
    private static uint Crc(byte[] data)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }
        return ~crc;
    }
}
