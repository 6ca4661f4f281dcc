using MimeKit;
using MimeKit.Cryptography;

namespace Rapport.Channels.Mail;

/// <summary>How a mail is signed or closed. Nothing of it is checked or opened here: that takes keys, and they stay with their owner's mail program. Names are stored, so they are not renamed.</summary>
public enum MailSeal
{
    /// <summary>Signed with S/MIME (RFC 8551), not checked.</summary>
    SignedSmime,
    /// <summary>Signed with OpenPGP (RFC 3156), not checked.</summary>
    SignedPgp,
    /// <summary>Encrypted with S/MIME.</summary>
    EncryptedSmime,
    /// <summary>Encrypted with OpenPGP.</summary>
    EncryptedPgp,
}

internal static class MailSeals
{
    private const string PgpMessage = "-----BEGIN PGP MESSAGE-----", PgpSigned = "-----BEGIN PGP SIGNED MESSAGE-----";

    /// <summary>Null for a plain mail. What a mailing list put around the mail is looked through.</summary>
    public static MailSeal? Of(MimeEntity? body, string text)
    {
        if (OfPart(body) is { } seal) return seal;
        if (body is Multipart wrapped && wrapped.Take(3).Select(OfPart).FirstOrDefault(s => s is not null) is { } inner) return inner;
        var start = text.AsSpan(0, Math.Min(text.Length, 2_000)).TrimStart();
        return start.StartsWith(PgpMessage) ? MailSeal.EncryptedPgp : start.StartsWith(PgpSigned) ? MailSeal.SignedPgp : null;
    }

    private static MailSeal? OfPart(MimeEntity? part) => part switch
    {
        MultipartEncrypted => MailSeal.EncryptedPgp,
        MultipartSigned signed => signed.ContentType.Parameters["protocol"]?.Contains("pkcs7", StringComparison.OrdinalIgnoreCase) == true ? MailSeal.SignedSmime : MailSeal.SignedPgp,
        ApplicationPkcs7Mime { SecureMimeType: SecureMimeType.SignedData or SecureMimeType.CertsOnly } => MailSeal.SignedSmime,
        ApplicationPkcs7Mime => MailSeal.EncryptedSmime,
        _ => null,
    };
}
