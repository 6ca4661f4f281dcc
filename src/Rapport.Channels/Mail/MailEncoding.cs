using System.Buffers;
using MimeKit;

namespace Rapport.Channels.Mail;

/// <summary>Whether a part is written in the transfer encoding it names (RFC 2045, section 6). What is not is decoded as far as it goes, and said.</summary>
internal static class MailEncoding
{
    private const int AtOnce = 64 * 1024;
    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n\t "u8);

    /// <summary>A sentence on what is wrong; null when nothing is.</summary>
    public static string? Problem(MimePart part)
    {
        if (part is not { ContentTransferEncoding: ContentEncoding.Base64, Content: { Stream: { CanSeek: true } raw } }) return null;
        var name = part.FileName is { Length: > 0 } file ? MailText.OnOneLine(file, 80) : "A part of the mail";
        var buffer = ArrayPool<byte>.Shared.Rent(AtOnce);
        try
        {
            raw.Position = 0;
            while (raw.Read(buffer, 0, AtOnce) is var read and > 0)
                if (buffer.AsSpan(0, read).ContainsAnyExcept(Base64)) return $"{name} is not in base64 as it says; what can be decoded of it is shown, the raw mail holds all of it.";
            return null;
        }
        finally
        {
            raw.Position = 0;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
