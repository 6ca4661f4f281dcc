using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Rapport.Channels;

/// <summary>What it takes to get into a mail server. Holds the password in the clear, so it is never stored, logged or answered.</summary>
public sealed record MailDoor(MailUse Use, string Host, int Port, MailSecurity Security, string User, string Password, string? TrustedCertificate)
{
    /// <summary>Where it is, and no more.</summary>
    public override string ToString() => $"{Host}:{Port}";

    /// <summary>Of settings that were checked.</summary>
    internal static MailDoor Of(MailUse use, NewMailServer given) =>
        new(use, given.Host!.Trim(), given.Port ?? MailServer.UsualPort(use, given.Security), given.Security, given.User?.Trim() ?? "", given.Password ?? "", string.IsNullOrWhiteSpace(given.TrustedCertificate) ? null : given.TrustedCertificate.Trim());
}

/// <summary>Seals the passwords of mail servers with the installation's keys (A5), and opens them only to sign in there.</summary>
public sealed class MailSecrets(IDataProtectionProvider protection)
{
    private const string Stored = "Rapport.Channels.MailServer", Typed = "Rapport.Channels.TypedPassword";

    /// <summary>The password as it is stored.</summary>
    public string Seal(string password) => protection.CreateProtector(Stored).Protect(password);

    /// <summary>The way into a server.</summary>
    /// <exception cref="MailTroubleException">The keys are not those that sealed the password.</exception>
    public MailDoor Open(MailServer server)
    {
        try
        {
            var password = server.Secret.Length == 0 ? "" : protection.CreateProtector(Stored).Unprotect(server.Secret);
            return new(server.Use, server.Host, server.Port, server.Security, server.User, password, server.TrustedCertificate);
        }
        catch (CryptographicException)
        {
            throw new MailTroubleException(new(MailTroubleKind.SecretLost, $"The password for {server.Host} was sealed with keys that are no longer here. Write it again."));
        }
    }

    /// <summary>What somebody typed on a form, sealed for that member, so that trying does not mean typing it twice.</summary>
    internal string SealTyped(string password, MemberId by) => protection.CreateProtector(Typed, by.ToString()).Protect(password);

    /// <summary>What they typed; null for anything else.</summary>
    internal string? OpenTyped(string? sealedText, MemberId by)
    {
        if (string.IsNullOrEmpty(sealedText)) return null;
        try
        {
            return protection.CreateProtector(Typed, by.ToString()).Unprotect(sealedText);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
