using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using Rapport.Channels;

namespace Rapport.Tests.Mailboxes;

/// <summary>A real SMTP server on loopback with everything it keeps in a folder of its own: Debian's postfix. It delivers whatever it takes into one Maildir, but for <c>nobody@</c> (refused), <c>later@</c> (put off) and <c>vanished@</c> (taken, and bounced).</summary>
internal sealed class Postfix : IAsyncDisposable
{
    private const string Program = "/usr/sbin/postfix";

    private readonly string folder = Directory.CreateTempSubdirectory("rapport-postfix-").FullName;
    private Process? server;

    public int Port { get; } = Dovecot.FreePort();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>How a mailbox sends by it.</summary>
    public NewMailServer Sending => new("127.0.0.1", Port, MailSecurity.None);

    public static async Task<Postfix> StartAsync(string more = "")
    {
        var here = File.Exists(Program) && Environment.UserName == "root";
        if (!here && Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip("There is no postfix to send mail by: apt-get install postfix, and run as root");
        Assert.True(here, "There is no postfix to send mail by: apt-get install postfix, and run as root");
        var postfix = new Postfix();
        await postfix.WriteAsync(more);
        await postfix.StartAsync();
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

    /// <summary>What it says of itself.</summary>
    public string Log => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "";

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            using (var stop = Process.Start(new ProcessStartInfo(Program, ["-c", Etc, "stop"]) { RedirectStandardError = true, RedirectStandardOutput = true })!) await stop.WaitForExitAsync(CancellationToken.None);
            if (!server.HasExited) server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(CancellationToken.None);
            server.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    private string Etc => Path.Combine(folder, "etc");

    private string LogPath => Path.Combine(folder, "log");

    private IEnumerable<string> Files() => Directory.Exists(Path.Combine(folder, "mail", "all", "new")) ? Directory.EnumerateFiles(Path.Combine(folder, "mail", "all", "new")) : [];

    private async Task StartAsync()
    {
        server = Process.Start(new ProcessStartInfo(Program, ["-c", Etc, "start-fg"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _ = server.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = server.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await Waiting.UntilAsync(async () =>
        {
            if (server.HasExited) throw new InvalidOperationException($"postfix ended: {Log}");
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Port, Ct);
                using var reader = new StreamReader(client.GetStream());
                return (await reader.ReadLineAsync(Ct))?.StartsWith("220", StringComparison.Ordinal) == true;
            }
            catch (SocketException)
            {
                return false;
            }
        }, "postfix answers");
    }

    private async Task WriteAsync(string more)
    {
        foreach (var name in new[] { "etc", "queue", "data", "mail" }) Directory.CreateDirectory(Path.Combine(folder, name));
        await RunAsync("chmod", "755", folder);
        await RunAsync("chown", "postfix", Path.Combine(folder, "data"));
        await RunAsync("chown", "mail", Path.Combine(folder, "mail"));
        await File.WriteAllTextAsync(Path.Combine(Etc, "access"), "/^later@/ 450 4.2.0 come back later\n/^nobody@/ 550 5.1.1 nobody of that name\n", Ct);
        await File.WriteAllTextAsync(Path.Combine(Etc, "domains"), "/./ ok\n", Ct);
        await File.WriteAllTextAsync(Path.Combine(Etc, "boxes"), "if !/^vanished@/\n/./ all/\nendif\n", Ct);
        await File.WriteAllTextAsync(Path.Combine(Etc, "main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {folder}/queue
            data_directory = {folder}/data
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            mail_owner = postfix
            setgid_group = postdrop
            maillog_file = {LogPath}
            maillog_file_prefixes = {folder}
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = postfix.example
            mynetworks = 127.0.0.0/8
            mydestination =
            alias_maps =
            smtpd_client_connection_count_limit = 0
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_recipient_restrictions = check_recipient_access regexp:{Etc}/access, permit_mynetworks, reject
            smtpd_reject_unlisted_recipient = no
            virtual_mailbox_domains = regexp:{Etc}/domains
            virtual_mailbox_maps = regexp:{Etc}/boxes
            virtual_mailbox_base = {folder}/mail
            virtual_uid_maps = static:8
            virtual_gid_maps = static:8
            virtual_minimum_uid = 1
            {more}

            """, Ct);
        await File.WriteAllTextAsync(Path.Combine(Etc, "master.cf"), $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            proxywrite unix - - n - 1 proxymap
            smtp unix - - n - - smtp
            showq unix n - n - - showq
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd

            """, Ct);
    }

    private static async Task RunAsync(string program, params string[] args)
    {
        using var process = Process.Start(program, args);
        await process.WaitForExitAsync(Ct);
        Assert.Equal(0, process.ExitCode);
    }
}
