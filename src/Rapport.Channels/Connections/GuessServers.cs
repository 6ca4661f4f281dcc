using Rapport.Customers;

namespace Rapport.Channels;

/// <summary>Where the servers of an address usually are, by the names that most domains give them. Asks nobody.</summary>
public static class GuessServers
{
    /// <summary>The likeliest first; none when the text is no address.</summary>
    public static IReadOnlyList<NewMailServer> For(string? address, MailUse use)
    {
        if (EmailAddresses.Read(address) is not { } read) return [];
        string[] names = use == MailUse.Reading ? [$"imap.{read.Domain}", $"mail.{read.Domain}"] : [$"smtp.{read.Domain}", $"mail.{read.Domain}"];
        return [.. names.SelectMany(name => new[] { MailSecurity.Tls, MailSecurity.StartTls }.Select(security => new NewMailServer(name, MailServer.UsualPort(use, security), security, read.Original)))];
    }
}
