using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;
using Rapport.Channels;

namespace Rapport.Tests.Mailboxes;

/// <summary>A real IMAP server on loopback with everything it keeps in a folder of its own: Debian's dovecot. Everybody signs in by the same password.</summary>
internal sealed class Dovecot : IAsyncDisposable
{
    public const string Password = "a_lighthouse_in_fog";

    private static readonly string? Program = new[] { "/usr/sbin/dovecot", "/usr/bin/dovecot", "/usr/local/sbin/dovecot" }.FirstOrDefault(File.Exists);

    private readonly string folder = Directory.CreateTempSubdirectory("rapport-dovecot-").FullName;
    private Process? server;

    private Dovecot() => (Port, TlsPort) = (FreePort(), FreePort());

    /// <summary>Where it listens without TLS, and offers STARTTLS where it has a certificate.</summary>
    public int Port { get; }

    /// <summary>Where it speaks TLS at once.</summary>
    public int TlsPort { get; }

    /// <summary>The SHA-256 of its certificate.</summary>
    public string Print { get; private set; } = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Starts one. <paramref name="certificateFor"/> is the name on a certificate that nobody vouches for; <paramref name="more"/> further lines of its configuration.</summary>
    public static async Task<Dovecot> StartAsync(string? certificateFor = null, DateTimeOffset? until = null, string more = "")
    {
        if (Program is null && Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip("There is no dovecot to read mail from: apt-get install dovecot-imapd");
        Assert.True(Program is not null, "There is no dovecot to read mail from: apt-get install dovecot-imapd");
        var dovecot = new Dovecot();
        await dovecot.WriteAsync(certificateFor, until, more);
        await dovecot.StartAsync();
        return dovecot;
    }

    /// <summary>Starts it again, with all that it kept.</summary>
    public async Task StartAsync()
    {
        server = Process.Start(new ProcessStartInfo(Program!, ["-F", "-c", Path.Combine(folder, "dovecot.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _ = server.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = server.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await Waiting.UntilAsync(async () =>
        {
            if (server.HasExited) throw new InvalidOperationException($"dovecot ended: {await File.ReadAllTextAsync(Path.Combine(folder, "log"), Ct)}");
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Port, Ct);
                using var reader = new StreamReader(client.GetStream());
                return (await reader.ReadLineAsync(Ct))?.StartsWith("* OK", StringComparison.Ordinal) == true;
            }
            catch (SocketException)
            {
                return false;
            }
        }, "dovecot answers");
    }

    /// <summary>Stops it and all its children at once, as when the machine loses its power.</summary>
    public async Task StopAsync()
    {
        if (server is null) return;
        if (!server.HasExited) server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync(CancellationToken.None);
        server.Dispose();
        server = null;
    }

    /// <summary>Forgets its numbers while it is stopped, so that it gives every mail another one.</summary>
    public void NumberAnew(string user)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "mail", user), "dovecot*", SearchOption.AllDirectories)) File.Delete(file);
    }

    /// <summary>Takes from itself what it needs to serve a folder of the user's, and gives it back.</summary>
    public Task LockAsync(string user, string of, bool open = false) => RunAsync("chmod", open ? "700" : "000", Path.Combine(folder, "mail", user, $".{of}"));

    /// <summary>The same with what arrived for the user, whom it still lets in.</summary>
    public async Task LockInboxAsync(string user, bool open = false)
    {
        foreach (var part in new[] { "cur", "new", "tmp" }) await RunAsync("chmod", open ? "700" : "000", Path.Combine(folder, "mail", user, part));
    }

    /// <summary>Gives another UIDVALIDITY to a folder while it serves it.</summary>
    public Task NumberAnewAsync(string user, string of, uint validity) =>
        RunAsync("doveadm", "-c", Path.Combine(folder, "dovecot.conf"), "mailbox", "update", "-u", user, "--uid-validity", validity.ToString(System.Globalization.CultureInfo.InvariantCulture), of);

    /// <summary>Another program of the user's.</summary>
    public async Task<ImapClient> ClientAsync(string user)
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", Port, SecureSocketOptions.None, Ct);
        await client.AuthenticateAsync(user, Password, Ct);
        return client;
    }

    /// <summary>Delivers mails to the user.</summary>
    public Task DeliverAsync(string user, params IEnumerable<NewMail> mails) => AppendAsync(user, "INBOX", null, mails);

    /// <summary>Puts mails into a folder of the user's, as arrived at a moment.</summary>
    public async Task AppendAsync(string user, string into, DateTimeOffset? arrived, params IEnumerable<NewMail> mails)
    {
        using var client = await ClientAsync(user);
        var target = into == "INBOX" ? client.Inbox : await client.GetFolderAsync(into, Ct);
        var raw = mails.Select(m => Append(m, arrived)).ToList();
        foreach (var some in raw.Chunk(50)) await target.AppendAsync([.. some], Ct);
        await client.DisconnectAsync(true, Ct);
    }

    // As the bytes are: mail that no library would write, too.
    private static AppendRequest Append(NewMail mail, DateTimeOffset? arrived)
    {
        var message = MimeMessage.Load(new MemoryStream(mail.Bytes.ToArray()));
        return arrived is { } at ? new AppendRequest(message, MessageFlags.None, at) : new AppendRequest(message, MessageFlags.None);
    }

    /// <summary>How a mailbox there is connected.</summary>
    public NewMailServer Reading(string user, MailSecurity security = MailSecurity.None, string? password = Password, string? trusted = null) =>
        new("127.0.0.1", security == MailSecurity.Tls ? TlsPort : Port, security, user, password, trusted);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task WriteAsync(string? certificateFor, DateTimeOffset? until, string more)
    {
        Directory.CreateDirectory(Path.Combine(folder, "mail"));
        var root = Environment.UserName == "root";
        var who = root ? "mail" : Environment.UserName;
        var own = root ? "" : $"default_internal_user = {who}\ndefault_login_user = {who}\nservice anvil {{\n chroot =\n}}\nservice imap-login {{\n chroot =\n}}\n";
        await File.WriteAllTextAsync(Path.Combine(folder, "dovecot.conf"), $$"""
            base_dir = {{folder}}/run
            state_dir = {{folder}}/state
            log_path = {{folder}}/log
            protocols = imap
            listen = 127.0.0.1
            {{Tls(certificateFor, until)}}
            disable_plaintext_auth = no
            mail_max_userip_connections = 100
            first_valid_uid = 1
            mail_location = maildir:{{folder}}/mail/%u
            namespace inbox {
              inbox = yes
              mailbox Trash {
                auto = create
                special_use = \Trash
              }
              mailbox "Out of here" {
                auto = create
                special_use = \Sent
              }
            }
            passdb {
              driver = static
              args = password={{Password}}
            }
            userdb {
              driver = static
              args = uid={{who}} gid={{who}} home={{folder}}/mail/%u
            }
            service imap-login {
              inet_listener imap {
                port = {{Port}}
              }
              inet_listener imaps {
                port = {{(certificateFor is null ? 0 : TlsPort)}}
                ssl = yes
              }
            }
            {{own}}{{more}}
            """, Ct);
        if (root) await RunAsync("chown", "-R", who, Path.Combine(folder, "mail"));
        await RunAsync("chmod", "755", folder);
    }

    private string Tls(string? name, DateTimeOffset? until)
    {
        if (name is null) return "ssl = no";
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var end = until ?? TimeProvider.System.GetUtcNow().AddYears(1);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), end);
        Print = Convert.ToHexString(SHA256.HashData(certificate.RawData));
        File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return $"ssl = yes\nssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem";
    }

    private static async Task RunAsync(string program, params string[] args)
    {
        using var process = Process.Start(program, args);
        await process.WaitForExitAsync(Ct);
        Assert.Equal(0, process.ExitCode);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Waits for what is to become true.</summary>
internal static class Waiting
{
    /// <summary>Asks again and again; fails with <paramref name="what"/> never having come true.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what, int seconds = 60)
    {
        var ct = TestContext.Current.CancellationToken;
        var started = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(seconds)) Assert.Fail($"It never came true that {what}.");
            await Task.Delay(50, ct);
        }
    }
}
