using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Rapport.Members;

namespace Rapport.Channels;

/// <summary>What it takes to get into a mail server. Holds the password in the clear, so it is never stored, logged or answered.</summary>
public sealed record MailDoor(MailUse Use, string Host, int Port, MailSecurity Security, string User, string Password, string? TrustedCertificate)
{
    /// <summary>By what one gets in instead of the password, where the user signs in at a provider.</summary>
    internal MailToken? Token { get; init; }

    /// <summary>Where it is, and no more.</summary>
    public override string ToString() => $"{Host}:{Port}";

    /// <summary>Of settings that were checked.</summary>
    internal static MailDoor Of(MailUse use, NewMailServer given) =>
        new(use, given.Host!.Trim(), given.Port ?? MailServer.UsualPort(use, given.Security), given.Security, given.User?.Trim() ?? "", given.Password ?? "", string.IsNullOrWhiteSpace(given.TrustedCertificate) ? null : given.TrustedCertificate.Trim());
}

/// <summary>What a provider gave to get in by, and how another one is had when a server refuses it.</summary>
internal sealed record MailToken(string Provider, string Text, Func<CancellationToken, Task<string>>? AnotherAsync)
{
    // A token must not come out by a log line.
    public override string ToString() => Provider;
}

/// <summary>Seals the passwords of mail servers with the installation's keys (A5), and opens them only to sign in there.</summary>
public sealed class MailSecrets(IDataProtectionProvider protection)
{
    private const string Stored = "Rapport.Channels.MailServer", Typed = "Rapport.Channels.TypedPassword", SigningIn = "Rapport.Channels.SigningIn";

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

    /// <summary>What was sealed for a provider.</summary>
    /// <exception cref="MailTroubleException">The keys are not those that sealed it.</exception>
    internal string Open(string sealedText, string provider)
    {
        try
        {
            return protection.CreateProtector(Stored).Unprotect(sealedText);
        }
        catch (CryptographicException)
        {
            throw new MailTroubleException(new(MailTroubleKind.SecretLost, $"What {provider} gave was sealed with keys that are no longer here. Sign in again on the mailbox's page; if that does not help, an administrator writes the secret of {provider} again."));
        }
    }

    /// <summary>What somebody typed on a form, sealed for that member, so that trying does not mean typing it twice.</summary>
    internal string SealTyped(string password, MemberId by) => protection.CreateProtector(Typed, by.ToString()).Protect(password);

    /// <summary>What they typed; null for anything else.</summary>
    internal string? OpenTyped(string? sealedText, MemberId by) => OpenOwn(protection.CreateProtector(Typed, by.ToString()), sealedText);

    /// <summary>What goes with a member's browser to a provider and comes back, sealed for this one session of theirs.</summary>
    internal string SealFor(MemberId by, SessionId session, string text) => protection.CreateProtector(SigningIn, by.ToString(), session.ToString()).Protect(text);

    /// <summary>What came back with it; null for anything else.</summary>
    internal string? OpenFor(MemberId by, SessionId session, string? sealedText) => OpenOwn(protection.CreateProtector(SigningIn, by.ToString(), session.ToString()), sealedText);

    private static string? OpenOwn(IDataProtector seal, string? sealedText)
    {
        if (string.IsNullOrEmpty(sealedText)) return null;
        try
        {
            return seal.Unprotect(sealedText);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
