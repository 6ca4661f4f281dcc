using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Journal;

namespace Rapport.Channels;

/// <summary>What a mail server is for. Names are stored, so they are not renamed.</summary>
public enum MailUse
{
    /// <summary>Mail is read from it, by IMAP.</summary>
    Reading,
    /// <summary>Mail is handed to it to be sent, by SMTP.</summary>
    Sending,
}

/// <summary>How the line to a mail server is kept private. Names are stored, so they are not renamed.</summary>
public enum MailSecurity
{
    /// <summary>TLS from the first byte.</summary>
    Tls,
    /// <summary>TLS after a greeting in the clear; a server that does not offer it is refused.</summary>
    StartTls,
    /// <summary>None: only within this machine.</summary>
    None,
}

/// <summary>One server of a connected mailbox: where it is, how the line is kept private, and who signs in.</summary>
public sealed class MailServer
{
    internal const int LongestHost = 253, LongestUser = 254, LongestPassword = 1_000;

    /// <summary>Of which mailbox.</summary>
    public MailboxId Mailbox { get; init; }
    /// <summary>What for.</summary>
    public MailUse Use { get; init; }
    /// <summary>Its name or number on the net.</summary>
    public string Host { get; private set; } = "";
    /// <summary>Its port.</summary>
    public int Port { get; private set; }
    /// <summary>How the line is kept private.</summary>
    public MailSecurity Security { get; private set; }
    /// <summary>Who signs in; empty where a server for sending wants nobody to.</summary>
    public string User { get; private set; } = "";
    /// <summary>The password, sealed by <see cref="MailSecrets"/> (A5).</summary>
    public string Secret { get; private set; } = "";
    /// <summary>Where the user signs in instead of by a password; null where there is one, or no user.</summary>
    public MailProviderId? Provider { get; private set; }
    /// <summary>SHA-256 of the one certificate that is trusted although nobody known vouches for it; null for the usual trust.</summary>
    public string? TrustedCertificate { get; private set; }

    /// <summary>The port that servers for this usually listen on.</summary>
    public static int UsualPort(MailUse use, MailSecurity security) => (use, security) switch
    {
        (MailUse.Reading, MailSecurity.Tls) => 993,
        (MailUse.Reading, _) => 143,
        (MailUse.Sending, MailSecurity.Tls) => 465,
        (MailUse.Sending, _) => 587,
    };

    /// <summary>Whose mail on which server it is; by IMAP's two ports (RFC 8314, 3.2) one comes to the same.</summary>
    internal (string Host, int Port, string User) Account => (Host.ToLowerInvariant(), Port == 143 ? 993 : Port, User);

    /// <summary>Whether that is the same server, user and way to get there: the only ones that the kept password, or the permission of a provider, is for.</summary>
    internal bool IsAt(NewMailServer other) =>
        Provider == other.Provider && Host.Equals(other.Host?.Trim(), StringComparison.OrdinalIgnoreCase) && User == (other.User?.Trim() ?? "") && (other.Security == Security || Security == MailSecurity.None)
        && (TrustedCertificate ?? "").Equals(other.TrustedCertificate?.Trim() ?? "", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes other settings. Without a new password the old one is kept, but never taken along to another server or another user: whoever may change settings may not read passwords.</summary>
    internal Refusal? Set(NewMailServer given, MailSecrets secrets)
    {
        if (given.Check(Use) is { } wrong) return wrong;
        var (host, user) = (given.Host!.Trim(), given.User?.Trim() ?? "");
        var needs = given.Provider is null && user.Length > 0 && string.IsNullOrEmpty(given.Password);
        if (needs && (!IsAt(given) || Secret.Length == 0)) return Refusal.Invalid("server.password", Host.Length == 0 ? "Write the password." : "Write the password again: it is not taken along to another server, another user or another way to get there.", NewMailServer.Field(Use, "password"));
        if (!needs) Secret = user.Length == 0 || given.Provider is not null ? "" : secrets.Seal(given.Password!);
        (Host, Port, Security, User, Provider) = (host, given.Port ?? UsualPort(Use, given.Security), given.Security, user, given.Provider);
        TrustedCertificate = string.IsNullOrWhiteSpace(given.TrustedCertificate) ? null : given.TrustedCertificate.Trim().ToUpperInvariant();
        return null;
    }
}

/// <summary>A mail server as somebody describes it.</summary>
/// <param name="Host">Its name or number on the net.</param>
/// <param name="Port">Its port; the usual one when left out.</param>
/// <param name="Security">How the line is kept private.</param>
/// <param name="User">Who signs in; only a server for sending may do without.</param>
/// <param name="Password">Their password; left out, the one that is kept stays.</param>
/// <param name="TrustedCertificate">SHA-256 of the one certificate to trust, in hexadecimal digits, where nobody known vouches for it.</param>
/// <param name="Provider">Where the user signs in instead of by a password.</param>
public sealed record NewMailServer(string? Host, int? Port = null, MailSecurity Security = MailSecurity.Tls, string? User = null, string? Password = null, string? TrustedCertificate = null, MailProviderId? Provider = null)
{
    // A password must not come out by a log line.
    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port}";

    /// <summary>A server in one line, like <c>tls://imap.example.com:993</c>; null when it is none.</summary>
    public static NewMailServer? Parse(string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri) && Enum.TryParse<MailSecurity>(uri.Scheme, ignoreCase: true, out var security) && Enum.IsDefined(security) && uri.Host.Length > 0
            ? new(uri.Host, uri.Port < 0 ? null : uri.Port, security) : null;

    /// <summary>The same in one line.</summary>
    internal string Written => $"{Security.ToString().ToLowerInvariant()}://{Host}{(Port is { } port ? $":{port}" : "")}";

    internal static string Field(MailUse use, string name) => $"{(use == MailUse.Reading ? "reading" : "sending")}.{name}";

    /// <summary>What is wrong with it by itself; whether it works only the server can tell.</summary>
    internal Refusal? Check(MailUse use)
    {
        var host = Host?.Trim() ?? "";
        if (host.Length is 0 or > MailServer.LongestHost || Uri.CheckHostName(host) == UriHostNameType.Unknown) return Refusal.Invalid("server.host", "Write the name of the server, like imap.example.com.", Field(use, "host"));
        if (Port is < 1 or > 65_535) return Refusal.Invalid("server.port", "A port is a number from 1 to 65535.", Field(use, "port"));
        if (Security == MailSecurity.None && !IsThisMachine(host)) return Refusal.Invalid("server.security", "Without TLS everybody on the way reads mail and password. Choose TLS or STARTTLS; none is only for a server on this machine.", Field(use, "security"));
        if (use == MailUse.Reading && string.IsNullOrWhiteSpace(User)) return Refusal.Invalid("server.user", "Write who signs in; usually the address.", Field(use, "user"));
        if (Provider is not null && string.IsNullOrWhiteSpace(User)) return Refusal.Invalid("server.user", "Write who signs in; usually the address.", Field(use, "user"));
        if (User?.Length > MailServer.LongestUser || User?.Any(char.IsControl) == true) return Refusal.Invalid("server.user", $"A user name has at most {MailServer.LongestUser} characters, all in one line.", Field(use, "user"));
        if (Password?.Length > MailServer.LongestPassword || Password?.Any(char.IsControl) == true) return Refusal.Invalid("server.password", $"A password has at most {MailServer.LongestPassword} characters, all in one line.", Field(use, "password"));
        if (TrustedCertificate?.Trim() is { Length: > 0 } print && (print.Length != 64 || !print.All(char.IsAsciiHexDigit))) return Refusal.Invalid("server.certificate", "A certificate is named by the 64 hexadecimal digits of its SHA-256.", Field(use, "trustedCertificate"));
        return null;
    }

    private static bool IsThisMachine(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out var number) && IPAddress.IsLoopback(number);
}

internal sealed class MailServerTable : IEntityTypeConfiguration<MailServer>
{
    public void Configure(EntityTypeBuilder<MailServer> builder)
    {
        builder.ToTable("mail_servers").Journaled();
        builder.HasKey(s => new { s.Mailbox, s.Use });
        builder.Property(s => s.Host).HasMaxLength(MailServer.LongestHost);
        builder.Property(s => s.User).HasMaxLength(MailServer.LongestUser);
        builder.Property(s => s.Secret).HasMaxLength(4_000).Unjournaled();
        builder.Property(s => s.TrustedCertificate).HasMaxLength(64);
    }
}
