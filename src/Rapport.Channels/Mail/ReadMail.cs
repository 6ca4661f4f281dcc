namespace Rapport.Channels.Mail;

/// <summary>A mail address with the name written beside it, as given; the name may be empty.</summary>
public sealed record Correspondent(string Name, string Address);

/// <summary>One mail as read from its bytes (RFC 5322, RFC 2045). Nothing in it is trusted; text holds no control characters besides line ends and tabs.</summary>
public sealed record ReadMail
{
    /// <summary>Without angle brackets; made from the content when the mail has none, see <see cref="MessageIdIsMade"/>.</summary>
    public required string MessageId { get; init; }

    /// <summary>The mail had no usable Message-ID and got one that the same content always gets (V2).</summary>
    public bool MessageIdIsMade { get; init; }

    /// <summary>SHA-256 in hexadecimal over what people see of the mail (sender, date, subject, text, attachments), whatever way it came.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The first author; null when there is none that can be read.</summary>
    public Correspondent? From { get; init; }
    /// <summary>To whom it is addressed.</summary>
    public IReadOnlyList<Correspondent> To { get; init; } = [];
    /// <summary>Who is in copy.</summary>
    public IReadOnlyList<Correspondent> Cc { get; init; } = [];
    /// <summary>Where its author wants answers; empty for the author.</summary>
    public IReadOnlyList<Correspondent> ReplyTo { get; init; } = [];
    /// <summary>Who sent it for its author; null when it names nobody.</summary>
    public Correspondent? Sender { get; init; }

    /// <summary>Addresses of the envelope that mail systems noted (Delivered-To, X-Original-To, Envelope-To).</summary>
    public IReadOnlyList<string> DeliveredTo { get; init; } = [];

    /// <summary>When it was written, by its Date or else by its first Received header; null when neither makes sense.</summary>
    public DateTimeOffset? Date { get; init; }
    /// <summary>Decoded, on one line.</summary>
    public string Subject { get; init; } = "";
    /// <summary>The Message-IDs it says it answers, without brackets.</summary>
    public IReadOnlyList<string> InReplyTo { get; init; } = [];
    /// <summary>Those of the thread before it, the oldest first.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The Message-ID of the mail of ours that it answers by the address it was sent to; null when that address bears no mark of ours (V3). Known once <see cref="OurMarks"/> saw it.</summary>
    public string? Answers { get; init; }

    /// <summary>Message-IDs of mails of ours whose marks stand in its text, quoted text included (V3). Known once <see cref="OurMarks"/> saw it.</summary>
    public IReadOnlyList<string> MarkedInText { get; init; } = [];

    /// <summary>The same of its subject, between brackets.</summary>
    public IReadOnlyList<string> MarkedInSubject { get; init; } = [];

    /// <summary>The identifier of the mailing list (RFC 2919), or null.</summary>
    public string? ListId { get; init; }

    /// <summary>The best plain text: its plain part, else its HTML as text. At most <see cref="MailReader.LongestText"/> characters.</summary>
    public string Text { get; init; } = "";

    /// <summary>Its HTML as it came, hostile until <see cref="MailHtml"/> cleaned it; null when it has none.</summary>
    public string? Html { get; init; }
    /// <summary>What was written, without what it quotes and without its signature (V8).</summary>
    public string Reply { get; init; } = "";
    /// <summary>The rest of the text.</summary>
    public string Quoted { get; init; } = "";
    /// <summary>Its files, those shown within its HTML included.</summary>
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>It is signed or encrypted; null when it is neither.</summary>
    public MailSeal? Seal { get; init; }

    /// <summary>Who or what sends: a person, a list, a newsletter, a robot, or unsure (V6).</summary>
    public MailKind Kind { get; init; }

    /// <summary>Made by a machine without a person's act (RFC 3834). Not the opposite of <see cref="MayAutoAnswer"/>.</summary>
    public bool Automatic { get; init; }

    /// <summary>An automatic answer of ours is allowed.</summary>
    public bool MayAutoAnswer { get; init; }

    /// <summary>One sentence: why it was judged so.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whom another mail did not reach, as this one reports it (V7); empty when it reports none.</summary>
    public IReadOnlyList<Bounce> Bounces { get; init; } = [];

    /// <summary>Whom another mail reached, as this one reports it.</summary>
    public IReadOnlyList<string> Arrived { get; init; } = [];

    /// <summary>Somebody complained of another mail (RFC 5965), or null.</summary>
    public Complaint? Complaint { get; init; }

    /// <summary>The Message-ID, without brackets, of the mail that bounces and complaint are about; null when it did not come back.</summary>
    public string? About { get; init; }

    /// <summary>It reports on another mail.</summary>
    public bool IsReport => Bounces.Count > 0 || Arrived.Count > 0 || Complaint is not null;

    /// <summary>The sentence in which an automatic answer says that its sender has left, or null (C6).</summary>
    public string? SaysLeft { get; init; }

    /// <summary>Plain sentences on what is wrong with the mail and what was done about it.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>Who or what sends a mail.</summary>
public enum MailKind
{
    /// <summary>A person, to us.</summary>
    Human,

    /// <summary>A person, to a mailing list.</summary>
    List,

    /// <summary>A newsletter or other bulk mail.</summary>
    Newsletter,

    /// <summary>A machine: bounces, notifications, absence notes.</summary>
    Robot,

    /// <summary>May be a person's answer that only looks automatic (a ticket system): shown, never hidden.</summary>
    Unsure,
}

/// <summary>A file in a mail. Size in bytes when decoded; SHA-256 in hexadecimal of the decoded bytes.</summary>
public sealed record MailAttachment(string Name, string ContentType, long Size, string Sha256, string? ContentId, bool Inline)
{
    /// <summary>Opens the decoded content; it lives as long as the bytes or stream that the mail was read from.</summary>
    public required Func<Stream> Open { get; init; }
}
