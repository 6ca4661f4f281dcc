using System.Buffers;
using System.Text;
using UtfUnknown;

namespace Rapport.Customers.Import;

/// <summary>Finds out how a text file is encoded from its first bytes. UTF-8 wins where it is valid; where a guess is weak, Windows-1252 is what old exports are in.</summary>
internal static class TextEncoding
{
    /// <summary>How many bytes to look at.</summary>
    public const int SampleBytes = 512 * 1024;

    private const float Trusted = 0.6f;

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Windows-1252, which any byte is a character of.</summary>
    public static Encoding Western { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>UTF-8 that reads a byte that cannot be as Windows-1252 instead of losing it.</summary>
    public static Encoding LenientUtf8 { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new WesternFallback());

    /// <summary>The encoding; null where the bytes are no text at all.</summary>
    public static Encoding? Detect(ReadOnlySpan<byte> sample)
    {
        if (sample is [0xFF, 0xFE, 0, 0, ..]) return Encoding.UTF32;
        if (sample is [0xFF, 0xFE, ..]) return Encoding.Unicode;
        if (sample is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode;
        if (sample is [0xEF, 0xBB, 0xBF, ..]) return IsBinary(sample) ? null : LenientUtf8;
        if (sample.Contains((byte)0)) return Utf16WithoutMark(sample);
        if (IsBinary(sample)) return null;
        return IsUtf8(sample) ? LenientUtf8 : Guess(sample);
    }

    /// <summary>A charset by the name a file gives it; null where there is none of that name.</summary>
    public static Encoding? Named(string name)
    {
        try { return Encoding.GetEncoding(name.Trim('"', ' ')); }
        catch (Exception e) when (e is ArgumentException or NotSupportedException) { return null; }
    }

    /// <summary>Whether the bytes are UTF-8; a character cut at the end of the sample does not count against it.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var consumed);
            if (status == OperationStatus.InvalidData) return false;
            if (status == OperationStatus.NeedMoreData) return true;
            bytes = bytes[consumed..];
            var ascii = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0) return true;
            bytes = bytes[ascii..];
        }
        return true;
    }

    private static Encoding Guess(ReadOnlySpan<byte> sample)
    {
        var best = CharsetDetector.DetectFromBytes(sample.ToArray()).Detected;
        // Its single-byte guesses tell scripts apart well, and Western and Central European poorly.
        if (best?.Encoding is null || best.Confidence < Trusted || best.EncodingName.StartsWith("iso-8859-1", StringComparison.OrdinalIgnoreCase)) return Western;
        return best.Encoding;
    }

    // One half of the bytes are zero in the UTF-16 of most languages' delimiters, digits and letters.
    private static Encoding? Utf16WithoutMark(ReadOnlySpan<byte> sample)
    {
        int even = 0, odd = 0;
        for (var i = 0; i < sample.Length; i++)
            if (sample[i] == 0) _ = i % 2 == 0 ? even++ : odd++;
        var half = sample.Length / 2;
        if (odd > half / 4 && even < odd / 20) return Encoding.Unicode;
        return even > half / 4 && odd < even / 20 ? Encoding.BigEndianUnicode : null;
    }

    private static bool IsBinary(ReadOnlySpan<byte> sample)
    {
        var controls = 0;
        foreach (var b in sample)
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C or 0x0B or 0x1A or 0x1B)) controls++;
        return controls * 200L > sample.Length;
    }

    private sealed class WesternFallback : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new WesternBuffer();
    }

    private sealed class WesternBuffer : DecoderFallbackBuffer
    {
        private string _text = "";
        private int _next;

        public override int Remaining => _text.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (_text, _next) = (Western.GetString(bytesUnknown), 0);
            return _text.Length > 0;
        }

        public override char GetNextChar() => _next < _text.Length ? _text[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0) return false;
            _next--;
            return true;
        }

        public override void Reset() => (_text, _next) = ("", 0);
    }
}
