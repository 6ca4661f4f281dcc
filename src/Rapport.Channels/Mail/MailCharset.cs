using System.Text;
using UtfUnknown;

namespace Rapport.Channels.Mail;

/// <summary>Decodes the bytes of a text part: by its declared charset when the bytes agree with it, else by what they look like.</summary>
internal static class MailCharset
{
    private const int Sample = 64 * 1024;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Western;

    static MailCharset()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Western = Encoding.GetEncoding(1252);
    }

    public static string Decode(ReadOnlySpan<byte> bytes, string? charset, List<string> problems)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) return Encoding.UTF8.GetString(bytes[3..]);
        var declared = Declared(charset);
        var ascii = Ascii.IsValid(bytes);
        if (ascii && (declared is null || declared.CodePage is not (50220 or 50221 or 50222 or 50225 or 50227 or 52936 or 65000 or 1200 or 1201 or 12000))) return Encoding.ASCII.GetString(bytes);

        // Bytes beyond ASCII that form valid UTF-8 are UTF-8, whatever the label of one byte a letter says.
        var single = declared is null || declared.IsSingleByte || declared.CodePage == 65001;
        if (single && TryDecode(StrictUtf8, bytes) is { } utf8)
        {
            if (declared is { CodePage: not 65001 }) problems.Add($"The text says it is in {charset} but is in UTF-8; it was read as that.");
            return utf8;
        }
        if (declared is not null && declared.CodePage != 65001 && TryDecode(Strict(declared), bytes) is { } text) return text;

        var guessed = Guess(bytes) ?? Western;
        problems.Add(charset is null ? $"The text does not say its character set; it was read as {guessed.WebName}." : $"The text is not in {Shown(charset)} as it says; it was read as {guessed.WebName}.");
        return guessed.GetString(bytes);
    }

    private static Encoding? Declared(string? charset)
    {
        if (string.IsNullOrWhiteSpace(charset)) return null;
        var name = charset.Trim().Trim('"', '\'').ToLowerInvariant();
        // The web and every mail program read these two as Windows-1252; ASCII says nothing about the bytes beyond it.
        if (name is "iso-8859-1" or "latin1" or "iso_8859-1" or "cp1252") return Western;
        if (name is "us-ascii" or "ascii" or "unknown-8bit" or "x-unknown" or "default" or "8bit" or "binary") return null;
        if (name is "utf-7" or "unicode-1-1-utf-7") return null;
        if (name is "utf8") return Encoding.UTF8;
        try
        {
            return Encoding.GetEncoding(Alias(name));
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Alias(string name) => name switch
    {
        "x-gbk" or "gbk" or "cp936" => "gb18030",
        "ks_c_5601-1987" or "cp949" or "uhc" => "ks_c_5601-1987",
        "x-sjis" or "cp932" or "ms932" or "windows-31j" => "shift_jis",
        _ when name.StartsWith("cp-", StringComparison.Ordinal) || name.StartsWith("cp12", StringComparison.Ordinal) => "windows-" + name.TrimStart('c', 'p', '-'),
        _ => name,
    };

    private static Encoding? Guess(ReadOnlySpan<byte> bytes)
    {
        var detected = CharsetDetector.DetectFromBytes(bytes[..Math.Min(bytes.Length, Sample)].ToArray()).Detected;
        if (detected is not { Encoding: { } encoding, Confidence: > 0.4f } || encoding.CodePage == 20127) return null;
        // A handful of letters beyond ASCII is a name or a quotation mark, and says little about Central Europe.
        var few = CountBeyondAscii(bytes) < 20;
        return few && encoding.CodePage is 1250 or 28592 or 1257 or 28594 or 1254 or 28599 or 28593 or 28605 or 28606 or 852 or 10029 ? null : encoding;
    }

    private static int CountBeyondAscii(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var b in bytes) count += b >> 7;
        return count;
    }

    private static Encoding Strict(Encoding encoding) => Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ExceptionFallback);

    private static string? TryDecode(Encoding strict, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Shown(string charset) => MailText.OnOneLine(charset, 40);
}
