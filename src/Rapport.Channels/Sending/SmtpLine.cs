using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using Rapport.Customers;

namespace Rapport.Channels;

/// <summary>A line to an SMTP server on which we are signed in. Hands over a mail in one transaction with all its recipients, and says for each what the server said.</summary>
internal sealed class SmtpLine(WatchedSmtp client, MeteredStream stream, MailDoor at, TimeProvider clock) : IWayOut
{
    private const long Talk = 256 * 1024;

    // A server may work on a mail for so long before it answers (RFC 5321, 4.5.3.2.6).
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The server asked who we are, and let us in.</summary>
    public bool SignedIn => client.IsAuthenticated;

    public async Task<HandedOver> HandOverAsync(Errand errand, CancellationToken ct)
    {
        stream.Allow(Talk);
        stream.Patience = Patience;
        using var message = MimeMessage.Load(new MemoryStream(errand.Mail), ct);
        var options = FormatOptions.Default.Clone();
        client.Begin(errand.Mail.Length);
        var plain = Ascii.IsValid(errand.EnvelopeSender) && !message.Headers.Any(h => h.RawValue.Any(b => b > 127));
        var others = errand.Recipients.Where(r => !Ascii.IsValid(r)).ToList();
        options.International = !plain || others.Count > 0;
        if (!options.International || client.Capabilities.HasFlag(SmtpCapabilities.UTF8)) return await OfferAsync(errand, message, options, ct);

        var cannot = new Answer(AnswerKind.Refused, $"{at.Host} cannot carry addresses with other letters than a to z before the @ (SMTPUTF8).");
        if (!plain || others.Count == errand.Recipients.Count) return All(errand, cannot, null);
        options.International = false;
        var rest = await OfferAsync(errand with { Recipients = [.. errand.Recipients.Except(others)] }, message, options, ct);
        return rest with { Answers = rest.Answers.Concat(others.Select(o => KeyValuePair.Create(o, cannot))).ToDictionary() };
    }

    private async Task<HandedOver> OfferAsync(Errand errand, MimeMessage message, FormatOptions options, CancellationToken ct)
    {
        try
        {
            var said = await client.SendAsync(options, message, new MailboxAddress("", errand.EnvelopeSender), errand.Recipients.Select(r => new MailboxAddress("", r)), ct, client.Progress);
            return All(errand, new(AnswerKind.Taken, Answer.OnOneLine(said)), null);
        }
        catch (SmtpCommandException refused)
        {
            return All(errand, Answer.Of((int)refused.StatusCode, refused.Message), refused.StatusCode == SmtpStatusCode.ServiceNotAvailable ? MailTrouble.Of(refused, at) : null);
        }
        catch (ServiceNotAuthenticatedException refused)
        {
            return All(errand, new(AnswerKind.Later, Answer.OnOneLine(refused.Message)), new(MailTroubleKind.SignInRefused, $"{at.Host} takes no mail from us without signing in (it says: {Answer.OnOneLine(refused.Message)}). Write user and password."));
        }
        catch (Exception failure) when (MailTrouble.Of(failure, at) is { } trouble)
        {
            return All(errand, client.Answered ?? (client.MayHaveIt ? new(AnswerKind.Doubt, $"The connection to {at.Host} broke after the mail was handed over and before it was confirmed.") : new(AnswerKind.Later, trouble.Sentence)), trouble);
        }
    }

    // Whom the server refused by name has an answer of their own.
    private HandedOver All(Errand errand, Answer answer, MailTrouble? trouble) =>
        new(errand.Recipients.ToDictionary(r => r, r => client.Refused.TryGetValue(WatchedSmtp.Key(r), out var own) ? OfRecipient(own) : answer), trouble);

    // Who is one too many of a transaction is refused by 552, and has another one (RFC 5321, 4.5.3.1.10).
    private Answer OfRecipient(Answer own) => own.Kind == AnswerKind.Refused && client.HasRecipient && own.Said.StartsWith("552 ", StringComparison.Ordinal) ? own with { Kind = AnswerKind.Later } : own;

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
            if (client.IsConnected) await client.DisconnectAsync(quit: true, soon.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException || MailTrouble.Of(failure, at) is not null)
        {
            // It is gone already, which is all that was wanted.
        }
        client.Dispose();
    }
}

/// <summary>MailKit's client, which also remembers whom the server refused, from when on it may have all of a mail, and what it said after that.</summary>
internal sealed class WatchedSmtp : SmtpClient
{
    private readonly Watch watch;
    private bool hasSender;

    public WatchedSmtp() : this(new Watch())
    {
    }

    private WatchedSmtp(Watch watch) : base(watch) => this.watch = watch;

    /// <summary>The recipients that the server refused, of the mail at hand, by their keys.</summary>
    public Dictionary<string, Answer> Refused { get; } = [];

    /// <summary>The server accepted somebody whom the mail at hand is for.</summary>
    public bool HasRecipient { get; private set; }

    /// <summary>The server may have all of the mail at hand.</summary>
    public bool MayHaveIt => watch.MayHaveIt;

    /// <summary>What it answered then; null while it did not.</summary>
    public Answer? Answered => watch.Answered;

    public ITransferProgress Progress => watch;

    /// <summary>An address as it is compared here: MailKit decodes the domains of those it was given, so the same one has two writings.</summary>
    public static string Key(string address) => EmailAddresses.Key(address) ?? address;

    /// <summary>Another mail, of so many bytes.</summary>
    public void Begin(long size)
    {
        Refused.Clear();
        (hasSender, HasRecipient) = (false, false);
        watch.Begin(size);
    }

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => hasSender = true;

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => HasRecipient = true;

    // Recipients are named ahead of the answer to MAIL (RFC 2920): when that is a refusal, what is said of them ("need MAIL first") is of no recipient.
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        if (hasSender) Refused[Key(mailbox.Address)] = Answer.Of((int)response.StatusCode, response.Response) with { OfRecipient = true };
    }

    private sealed class Watch : IProtocolLogger, ITransferProgress
    {
        // What MailKit holds back in its buffer, and what its headers may differ by.
        private const int Slack = 8 * 1024;

        private long almost = long.MaxValue;

        public bool MayHaveIt { get; private set; }
        public Answer? Answered { get; private set; }
        public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

        public void Begin(long size) => (almost, MayHaveIt, Answered) = (size - Slack, false, null);

        public void Report(long bytesTransferred, long totalSize) => Report(bytesTransferred);
        public void Report(long bytesTransferred) => MayHaveIt |= bytesTransferred >= almost;

        public void LogServer(byte[] buffer, int offset, int count)
        {
            if (!MayHaveIt || Answered is not null || count < 4 || !int.TryParse(Encoding.ASCII.GetString(buffer, offset, 3), out var code)) return;
            Answered = Answer.Of(code, Encoding.UTF8.GetString(buffer, offset + 4, count - 4));
        }

        public void LogConnect(Uri uri)
        {
        }

        public void LogClient(byte[] buffer, int offset, int count)
        {
        }

        public void Dispose()
        {
        }
    }
}
