using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using MimeKit;
using MimeKit.Cryptography;
using MimeKit.Tnef;

namespace Rapport.Channels.Mail;

/// <summary>Parts that hold what was sent in a wrapping of their own: Outlook's winmail.dat (TNEF), and what S/MIME signs in one piece. They are unwrapped, never trusted.</summary>
internal static class WrappedParts
{
    private const int Largest = 64 * 1024 * 1024, MostParts = 200;

    /// <summary>What is inside; null for a part that wraps nothing, or that cannot be opened and is a file like any other.</summary>
    public static IReadOnlyList<MimeEntity>? Open(MimeEntity part, ParserOptions options, List<string> problems)
    {
        try
        {
            return part switch
            {
                TnefPart { Content: not null } tnef => [.. tnef.ConvertToMessage().BodyParts.Take(MostParts)],
                ApplicationPkcs7Mime { SecureMimeType: SecureMimeType.SignedData, Content: { } content } => Signed(content, options),
                _ => null,
            };
        }
        catch (Exception damaged) when (damaged is TnefException or CryptographicException or FormatException or ArgumentException or IOException or InvalidOperationException or NotSupportedException or OverflowException or IndexOutOfRangeException)
        {
            problems.Add(part is TnefPart ? "A winmail.dat of Outlook could not be unpacked; it is kept as a file." : "What is signed in one piece could not be unpacked; it is kept as a file.");
            return null;
        }
    }

    // The signature is not looked at: the text is shown as "signed, not checked".
    private static List<MimeEntity>? Signed(IMimeContent content, ParserOptions options)
    {
        using var bytes = new MemoryStream();
        using var limited = new LimitedStream(bytes, Largest);
        content.DecodeTo(limited);
        if (limited.Overflowed) return null;
        var signed = new SignedCms();
        signed.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        return signed.ContentInfo.Content is { Length: > 0 } inside ? [MimeEntity.Load(options, new MemoryStream(inside, writable: false), persistent: true)] : null;
    }
}
