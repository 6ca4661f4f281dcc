using MimeKit;
using Rapport.Channels;

namespace Rapport.Tests.Mailboxes;

/// <summary>A real SMTP server on loopback with everything it keeps in a folder of its own: Debian's postfix, by <c>bin/postfix</c>. It delivers whatever it takes into one Maildir, but for <c>nobody@</c> (refused), <c>later@</c> (put off) and <c>vanished@</c> (taken, and bounced).</summary>
internal sealed class Postfix : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rapport-postfix-").FullName;

    public int Port { get; } = Dovecot.FreePort();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>How a mailbox sends by it.</summary>
    public NewMailServer Sending => new("127.0.0.1", Port, MailSecurity.None);

    public static async Task<Postfix> StartAsync(string more = "")
    {
        var here = File.Exists("/usr/sbin/postfix") && Environment.UserName == "root";
        if (!here && Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip("There is no postfix to send mail by: apt-get install postfix, and run as root");
        Assert.True(here, "There is no postfix to send mail by: apt-get install postfix, and run as root");
        var postfix = new Postfix();
        await Task.Run(() => Bin.Run("postfix", "start", postfix.folder, $"{postfix.Port}", more), Ct);
        return postfix;
    }

    /// <summary>Everything it delivered, by any order.</summary>
    public async Task<List<MimeMessage>> DeliveredAsync()
    {
        var all = new List<MimeMessage>();
        foreach (var file in Files()) all.Add(await MimeMessage.LoadAsync(file, Ct));
        return all;
    }

    /// <summary>How many it delivered.</summary>
    public int Count => Files().Count();

    public async ValueTask DisposeAsync()
    {
        await Task.Run(() => Bin.Run("postfix", "stop", folder));
        Directory.Delete(folder, recursive: true);
    }

    private IEnumerable<string> Files() => Directory.Exists(Path.Combine(folder, "mail", "all", "new")) ? Directory.EnumerateFiles(Path.Combine(folder, "mail", "all", "new")) : [];
}
