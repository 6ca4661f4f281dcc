using System.Net.Sockets;
using System.Security.Authentication;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace Rapport.Channels;

/// <summary>What can be wrong between us and a mail server. Names are stored, so they are not renamed.</summary>
public enum MailTroubleKind
{
    /// <summary>Nobody knows a server of that name.</summary>
    NameUnknown,
    /// <summary>The machine is there; nobody listens on that port.</summary>
    Refused,
    /// <summary>No answer in time.</summary>
    Timeout,
    /// <summary>The certificate is not one to trust, or there is none.</summary>
    Certificate,
    /// <summary>The server offers no STARTTLS.</summary>
    NoStartTls,
    /// <summary>User or password are not accepted.</summary>
    SignInRefused,
    /// <summary>Something answers that is no mail server of the kind that is needed.</summary>
    NotMail,
    /// <summary>The line broke, or the server ended it.</summary>
    Dropped,
    /// <summary>The server refused something, in words of its own.</summary>
    ServerSays,
    /// <summary>The server sends more than it said it would.</summary>
    TooMuch,
    /// <summary>The stored password cannot be opened any more.</summary>
    SecretLost,
    /// <summary>Whoever looks after it signs in once more, where it is entered by signing in at a provider.</summary>
    SignInAgain,
    /// <summary>It is our own machine: the disk, the database.</summary>
    Ours,
    /// <summary>What arrives is read; the Sent folder cannot be.</summary>
    SentFolder,
}

/// <summary>What is wrong, and what to do, in plain words.</summary>
/// <param name="Kind">For programs.</param>
/// <param name="Sentence">For people.</param>
/// <param name="Certificate">SHA-256 of the certificate that was not trusted, for who knows it to be right.</param>
public sealed record MailTrouble(MailTroubleKind Kind, string Sentence, string? Certificate = null)
{
    private const int LongestWords = 200;

    /// <summary>What a failure at a server means; null when it is a fault of ours.</summary>
    internal static MailTrouble? Of(Exception failure, MailDoor at, ServerCertificate? seen = null) => failure switch
    {
        MailTroubleException trouble => trouble.Trouble,
        SocketException socket => OfSocket(socket, at),
        SslHandshakeException or System.Security.Authentication.AuthenticationException when seen?.Problem is { } problem => new(MailTroubleKind.Certificate, problem, seen.Print),
        SslHandshakeException or System.Security.Authentication.AuthenticationException => new(MailTroubleKind.Certificate, $"Port {at.Port} of {at.Host} does not speak TLS. Choose STARTTLS, or the port that speaks TLS at once: {MailServer.UsualPort(at.Use, MailSecurity.Tls)}."),
        AuthenticationException or SaslException when at.Token is { } token => new(MailTroubleKind.SignInRefused, $"{at.Host} does not let {at.User} in although {token.Provider} did{Says(failure)}. Sign in again with the account of this mailbox, and check that other programs may read it."),
        AuthenticationException or SaslException => new(MailTroubleKind.SignInRefused, $"{at.Host} does not accept the user {at.User} with this password{Says(failure)}. Check both; some providers want a password made for this program only."),
        NotSupportedException when at.Security == MailSecurity.StartTls => new(MailTroubleKind.NoStartTls, $"{at.Host} offers no STARTTLS on port {at.Port}. Choose TLS with port {MailServer.UsualPort(at.Use, MailSecurity.Tls)}."),
        NotSupportedException => new(MailTroubleKind.NotMail, $"{at.Host} cannot do what is needed{Says(failure)}."),
        ImapProtocolException or SmtpProtocolException when failure.Message.Contains("unexpectedly disconnected", StringComparison.Ordinal) => Broken(at),
        ImapProtocolException or SmtpProtocolException => new(MailTroubleKind.NotMail, $"What answers on port {at.Port} of {at.Host} does not speak {(at.Use == MailUse.Reading ? "IMAP" : "SMTP")}. Check name and port."),
        ImapCommandException or SmtpCommandException or FolderNotFoundException => new(MailTroubleKind.ServerSays, $"{at.Host} refused what Rapport asked for{Says(failure)}."),
        OperationCanceledException or TimeoutException => Late(at),
        IOException { InnerException: SocketException socket } => OfSocket(socket, at),
        IOException or ServiceNotConnectedException or ServiceNotAuthenticatedException or FolderNotOpenException or ObjectDisposedException => Broken(at),
        _ => null,
    };

    private static MailTrouble Late(MailDoor at) => new(MailTroubleKind.Timeout, $"{at.Host} does not answer on port {at.Port}. Check name and port, and whether a firewall lets Rapport out.");

    private static MailTrouble Broken(MailDoor at) => new(MailTroubleKind.Dropped, $"{at.Host} ended the connection in the middle. It is tried again by itself.");

    private static MailTrouble OfSocket(SocketException failure, MailDoor at) => failure.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => new(MailTroubleKind.NameUnknown, $"No server is called {at.Host}. Check the spelling."),
        SocketError.ConnectionRefused => new(MailTroubleKind.Refused, $"{at.Host} is there, but nothing listens on its port {at.Port}. Check the port: usually {MailServer.UsualPort(at.Use, at.Security)}."),
        SocketError.TimedOut => Late(at),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => Broken(at),
        _ => new(MailTroubleKind.Timeout, $"{at.Host} cannot be reached: {failure.Message.TrimEnd('.')}. Check the name, and whether this machine may go out to port {at.Port}."),
    };

    // What a server says of itself may be long, or anything at all.
    private static string Says(Exception failure)
    {
        var words = (failure is ImapCommandException imap ? imap.ResponseText : failure.InnerException is ImapCommandException inner ? inner.ResponseText : failure.Message) ?? "";
        words = new string([.. words.Select(c => char.IsControl(c) ? ' ' : c)]).Trim().TrimEnd('.');
        return words.Length == 0 ? "" : $" (it says: {(words.Length > LongestWords ? words[..LongestWords] + "…" : words)})";
    }
}

/// <summary>A mail server could not be used.</summary>
public sealed class MailTroubleException(MailTrouble trouble, Exception? inner = null) : Exception(trouble.Sentence, inner)
{
    /// <summary>What is wrong.</summary>
    public MailTrouble Trouble { get; } = trouble;
}
