namespace Rapport.Channels;

/// <summary>One session of sending from a mailbox, and what came of it.</summary>
internal sealed class SendingSession(MailboxId mailbox)
{
    /// <summary>From which.</summary>
    public MailboxId Mailbox => mailbox;

    /// <summary>The server took something: whatever is wrong with it since is new.</summary>
    public bool Delivered { get; set; }

    /// <summary>When it may go on, after as many mails as may be sent in a minute; null when it may now.</summary>
    public DateTimeOffset? NotBefore { get; set; }
}
