using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Rapport.Webhooks;

/// <summary>The secrets by which endpoints know that it is us: <c>whsec_</c> and 32 random bytes in Base64, sealed with the installation's keys (A5).</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    public const string Prefix = "whsec_";

    private readonly IDataProtector seal = protection.CreateProtector("Rapport.Webhooks.Secret");

    /// <summary>A new one, as it is stored.</summary>
    public string New() => seal.Protect(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    /// <summary>In the clear; null when the keys that sealed it are no longer here.</summary>
    public string? Open(string stored)
    {
        try
        {
            return seal.Unprotect(stored);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>One signature for each secret, as the header <c>webhook-signature</c> has it (Standard Webhooks).</summary>
    public static string Sign(IEnumerable<string> secrets, string id, long timestamp, string body)
    {
        var content = System.Text.Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}");
        return string.Join(' ', secrets.Select(s => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(s[Prefix.Length..]), content))));
    }
}
