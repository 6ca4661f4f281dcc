using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>How something was said.</summary>
public enum Channel
{
    /// <summary>E-mail.</summary>
    Email,
    /// <summary>A call.</summary>
    Telephone,
    /// <summary>We went there, or they came.</summary>
    Visit,
    /// <summary>Several people round a table or a screen.</summary>
    Meeting,
    /// <summary>A chat.</summary>
    Chat,
    /// <summary>A text message.</summary>
    Sms,
    /// <summary>On paper.</summary>
    Letter,
    /// <summary>Something one of us wrote down; not said to anybody.</summary>
    Note,
}

/// <summary>Who spoke to whom.</summary>
public enum Direction
{
    /// <summary>They to us.</summary>
    Inbound,
    /// <summary>We to them.</summary>
    Outbound,
    /// <summary>Both: a call, a visit.</summary>
    Mutual,
    /// <summary>Among ourselves.</summary>
    Internal,
}

/// <summary>Whether a human being said it.</summary>
public enum Voice
{
    /// <summary>A human being.</summary>
    Human,
    /// <summary>A human answer that looks automatic: a ticket system, a list. Shown as unsure, never hidden.</summary>
    Unsure,
    /// <summary>A program: never counts as contact, never waits, never starts a clock.</summary>
    Automatic,
}

/// <summary>One thing said, at a time, on a channel. Never changed afterwards, but for who it is attributed to.</summary>
public sealed class Interaction
{
    /// <summary>The longest text that is kept here; the whole of a longer mail is its original, one click away.</summary>
    public const int LongestText = 100_000;

    /// <summary>Its id, which is its moment.</summary>
    public InteractionId Id { get; init; }
    /// <summary>The conversation it belongs to.</summary>
    public ConversationId Conversation { get; set; }
    /// <summary>How it was said.</summary>
    public Channel Channel { get; init; }
    /// <summary>Who spoke to whom.</summary>
    public Direction Direction { get; set; }
    /// <summary>Whether a human being said it.</summary>
    public Voice Voice { get; set; }
    /// <summary>When it was said.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>How long it took, where that was noted.</summary>
    public int? Minutes { get; init; }
    /// <summary>Its own subject.</summary>
    public string Subject { get; init; } = "";
    /// <summary>What was said, without quoted history and signature.</summary>
    public string Text { get; init; } = "";
    /// <summary>Who said it; null for a sender that is nobody.</summary>
    public PartyId? Author { get; set; }
    /// <summary>The sender's name as it stood there; empty when none did.</summary>
    public string AuthorName { get; init; } = "";
    /// <summary>The member who said or recorded it.</summary>
    public MemberId? Member { get; set; }
    /// <summary>It asks or requests something of whom it is addressed to.</summary>
    public bool Asks { get; init; }
    /// <summary>It only thanks or confirms: whoever waited is content.</summary>
    public bool Thanks { get; init; }
    /// <summary>The original has more: quoted history, a signature.</summary>
    public bool HasMore { get; init; }
    /// <summary>The original has an HTML body.</summary>
    public bool HasHtml { get; init; }
    /// <summary>How the mail was signed or encrypted; null when it was neither.</summary>
    public Channels.Mail.MailSeal? Seal { get; init; }
    /// <summary>How many attachments it has.</summary>
    public int AttachmentCount { get; init; }
    /// <summary>Why it is in this conversation, in a few words.</summary>
    public string? JoinedBecause { get; set; }
    /// <summary>The mail it was read from.</summary>
    public IntakeId? Intake { get; set; }
    /// <summary>Its Message-ID, without angle brackets.</summary>
    public string? MessageId { get; init; }
    /// <summary>The first member or team that may read it, further ones beside it; null when everybody may.</summary>
    public ReaderId? OnlyFor { get; set; }
    /// <summary>Whoever may not read it sees its subject and its people all the same.</summary>
    public bool Outlined { get; set; }
    /// <summary>Whoever recorded it keeps it for themselves, however the conversation is shared.</summary>
    public bool Private { get; init; }
}

/// <summary>What a party had to do with an interaction.</summary>
public enum Part
{
    /// <summary>Said it.</summary>
    From,
    /// <summary>Was addressed, or spoke with us.</summary>
    To,
    /// <summary>Was in copy.</summary>
    Cc,
    /// <summary>The organisation that one of the others belonged to at the time.</summary>
    Organization,
}

/// <summary>That a party took part. Ordered by party and moment: a party's timeline is one range of this table.</summary>
public sealed class Participant
{
    /// <summary>Who.</summary>
    public PartyId Party { get; set; }
    /// <summary>In what.</summary>
    public InteractionId Interaction { get; init; }
    /// <summary>How.</summary>
    public Part Part { get; init; }
    /// <summary>A human interaction that counts as contact; repeated here so that a timeline needs one range only.</summary>
    public bool Counts { get; set; }
}

/// <summary>A further member or team that may read an interaction that is not for everyone.</summary>
internal sealed class InteractionViewer
{
    public InteractionId Interaction { get; init; }
    public ReaderId Reader { get; init; }
}

/// <summary>A file that came with an interaction.</summary>
public sealed class Attachment
{
    /// <summary>With which.</summary>
    public InteractionId Interaction { get; init; }
    /// <summary>Its place among them, from 0.</summary>
    public int Position { get; init; }
    /// <summary>As the sender called it.</summary>
    public string Name { get; init; } = "";
    /// <summary>As the sender declared it; never trusted when served.</summary>
    public string Type { get; init; } = "";
    /// <summary>Bytes.</summary>
    public long Size { get; init; }
    /// <summary>Its Content-ID, for images within the HTML.</summary>
    public string? ContentId { get; init; }
    /// <summary>The blob that holds it: its SHA-256.</summary>
    public byte[] Blob { get; init; } = [];
}

/// <summary>A Message-ID that was seen. The same one with another content is kept as well, so both are the key.</summary>
internal sealed class MessageIdRow
{
    public string MessageId { get; init; } = "";
    public string ContentHash { get; init; } = "";
    public InteractionId Interaction { get; init; }
}

/// <summary>A Message-ID that was only mentioned, so that two replies to a mail we never saw still meet.</summary>
internal sealed class MentionedId
{
    /// <summary>In how many conversations one id is remembered: strangers who answer a newsletter we never saw are many.</summary>
    public const int Most = 20;

    public string MessageId { get; init; } = "";
    public ConversationId Conversation { get; init; }
}
