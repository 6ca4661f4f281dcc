using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rapport.Channels;

/// <summary>The certificate that a server showed, and what is wrong with it in plain words.</summary>
internal sealed record ServerCertificate(string Print, string? Problem)
{
    /// <summary>Judges what a server showed.</summary>
    public static ServerCertificate Of(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors, MailDoor at, DateTimeOffset now)
    {
        if (shown is not X509Certificate2 certificate) return new("", $"{at.Host} shows no certificate. Ask whoever runs it.");
        var print = Convert.ToHexString(SHA256.HashData(certificate.RawData));
        if (errors == SslPolicyErrors.None || print.Equals(at.TrustedCertificate, StringComparison.OrdinalIgnoreCase)) return new(print, null);
        return new(print, $"{at.Host} shows a certificate {Names(certificate)}, valid until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}. {Why(certificate, chain, errors, at, now)}");
    }

    private static string Why(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors, MailDoor at, DateTimeOffset now)
    {
        if (certificate.NotAfter.ToUniversalTime() < now) return "It is over; ask whoever runs the server to renew it.";
        if (certificate.NotBefore.ToUniversalTime() > now) return "It is not valid yet; check this machine's clock.";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return "That is another name than you gave: write the server's name as its certificate says it.";
        var own = chain?.ChainStatus.Any(s => s.Status is X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain) == true;
        return own ? $"{(certificate.Issuer == certificate.Subject ? "It vouches for itself" : $"Nobody this machine knows vouches for {Common(certificate.Issuer)}, who signed it")}. If you know it to be right, trust this one certificate." : $"It is not to be trusted: {chain?.ChainStatus.FirstOrDefault().StatusInformation.Trim()}";
    }

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames()).Take(3).ToList();
        return "for " + (names.Count > 0 ? string.Join(", ", names) : Common(certificate.Subject));
    }

    private static string Common(string name) => name.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(p => p.StartsWith("CN=", StringComparison.OrdinalIgnoreCase))?[3..] ?? name;
}
