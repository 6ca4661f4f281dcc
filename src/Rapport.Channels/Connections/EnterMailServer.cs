using System.Net;
using System.Net.Sockets;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Rapport.Channels;

/// <summary>Goes to a mail server and signs in. What keeps it from getting in is a <see cref="MailTroubleException"/> with words for people.</summary>
public sealed class EnterMailServer(TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Signs in to read. Whoever disposes it says goodbye.</summary>
    /// <exception cref="MailTroubleException">It could not get in.</exception>
    internal async Task<ImapLine> ImapAsync(MailDoor at, CancellationToken ct)
    {
        var (client, stream) = await EnterAsync(() => new ImapClient(), at, ct);
        if ((client.Capabilities & (ImapCapabilities.IMAP4rev1 | ImapCapabilities.IMAP4rev2)) != 0) return new(client, stream, at, clock);
        client.Dispose();
        throw new MailTroubleException(new(MailTroubleKind.NotMail, $"{at.Host} speaks an older IMAP than IMAP4rev1, by which mail cannot be told apart reliably. Ask whoever runs it for a newer one."));
    }

    /// <summary>Signs in to send. Whoever disposes it says goodbye.</summary>
    /// <exception cref="MailTroubleException">It could not get in.</exception>
    internal async Task<SmtpLine> SmtpAsync(MailDoor at, CancellationToken ct)
    {
        var (client, stream) = await EnterAsync(() => new WatchedSmtp(), at, ct);
        return new(client, stream, at, clock);
    }

    // A token may be taken back before it ends: refused, it is replaced once.
    private async Task<(T, MeteredStream)> EnterAsync<T>(Func<T> make, MailDoor at, CancellationToken ct) where T : MailService
    {
        var client = make();
        try
        {
            return (client, await EnterAsync(client, at, ct));
        }
        catch (MailTroubleException failure) when (failure.Trouble.Kind == MailTroubleKind.SignInRefused && at.Token is { AnotherAsync: { } another } token)
        {
            return await EnterAsync(make, at with { Token = token with { Text = await another(ct), AnotherAsync = null } }, ct);
        }
    }

    private async Task<MeteredStream> EnterAsync(MailService client, MailDoor at, CancellationToken ct)
    {
        ServerCertificate? seen = null;
        // Asking whether a certificate was revoked needs a third party on the net, which many networks do not let us reach.
        client.CheckCertificateRevocation = false;
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) => (seen = ServerCertificate.Of(certificate, chain, errors, at, clock.GetUtcNow())).Problem is null;
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            var stream = new MeteredStream(await ConnectAsync(at, either.Token), clock);
            await client.ConnectAsync(stream, at.Host, at.Port, Options(at.Security), either.Token);
            if (at.Token is { } token) await client.AuthenticateAsync(Mechanism(client, at, token), either.Token);
            else if (at.User.Length > 0 && !TakesFromAnybody(client)) await client.AuthenticateAsync(Encoding.UTF8, new NetworkCredential(at.User, at.Password), either.Token);
            return stream;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && MailTrouble.Of(failure, at, seen) is { } trouble)
        {
            client.Dispose();
            throw new MailTroubleException(trouble, failure);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    // A relay within a network often asks nobody who they are. One that could still turn to TLS may ask then.
    private static bool TakesFromAnybody(MailService client) =>
        client is WatchedSmtp smtp && !smtp.Capabilities.HasFlag(SmtpCapabilities.Authentication) && (smtp.IsSecure || !smtp.Capabilities.HasFlag(SmtpCapabilities.StartTLS));

    // The standard (RFC 7628) where it is spoken, else what Google began with and Microsoft stayed at.
    private static SaslMechanism Mechanism(MailService client, MailDoor at, MailToken token) =>
        client.AuthenticationMechanisms.Contains("OAUTHBEARER") ? new SaslMechanismOAuthBearer(at.User, token.Text)
        : client.AuthenticationMechanisms.Contains("XOAUTH2") ? new SaslMechanismOAuth2(at.User, token.Text)
        : throw new MailTroubleException(new(MailTroubleKind.NotMail, $"{at.Host} lets nobody in by signing in at {token.Provider}: it knows neither OAUTHBEARER nor XOAUTH2. Choose a password in the mailbox's settings."));

    private static async Task<NetworkStream> ConnectAsync(MailDoor at, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(at.Host, at.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SecureSocketOptions Options(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.None => SecureSocketOptions.None,
    };
}
