using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rapport.Channels;

/// <summary>Whether a mail of ours lies in the Sent folder of its mailbox. Names are stored, so they are not renamed.</summary>
public enum SentCopy
{
    /// <summary>Not to be put there: the server does so itself, or nobody wants it.</summary>
    None,
    /// <summary>To be put there once the mail is out.</summary>
    Wanted,
    /// <summary>It lies there.</summary>
    Done,
    /// <summary>It could not be put there.</summary>
    Failed,
}

/// <summary>A mail of ours on its way out: what is common to all its recipients. Its bytes are those of its intake, stored as all mail is.</summary>
public sealed class OutgoingMail
{
    /// <summary>What was said by it.</summary>
    public InteractionId Interaction { get; init; }
    /// <summary>From which mailbox.</summary>
    public MailboxId Mailbox { get; init; }
    /// <summary>Its Message-ID, without angle brackets, signed by us (V3).</summary>
    public string MessageId { get; init; } = "";
    /// <summary>The blob that holds its bytes.</summary>
    public byte[] Raw { get; init; } = [];
    /// <summary>The sender of its envelope, to whom it bounces; empty for automatic mail, which nobody may answer automatically (V6).</summary>
    public string EnvelopeSender { get; init; } = "";
    /// <summary>When it was written.</summary>
    public DateTimeOffset QueuedAt { get; init; }
    /// <summary>When it was last tried.</summary>
    public DateTimeOffset? TriedAt { get; init; }
    /// <summary>Whether it lies in the Sent folder.</summary>
    public SentCopy Copy { get; init; }
    /// <summary>When that is tried next.</summary>
    public DateTimeOffset? CopyDueAt { get; init; }
    /// <summary>How often that was tried.</summary>
    public int CopyAttempts { get; init; }
    /// <summary>What keeps it from lying there, in a sentence.</summary>
    public string? CopySaid { get; init; }
}

internal sealed class OutgoingMailTable : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.ToTable("outgoing_mails");
        builder.HasKey(m => m.Interaction);
        builder.Property(m => m.Interaction).ValueGeneratedNever();
        builder.Property(m => m.MessageId).HasMaxLength(400);
        builder.Property(m => m.EnvelopeSender).HasMaxLength(254);
        builder.Property(m => m.CopySaid).HasMaxLength(1_000);
        builder.HasIndex(m => m.MessageId).IsUnique();
        builder.HasIndex(m => new { m.Mailbox, m.TriedAt });
        builder.HasIndex(m => new { m.Mailbox, m.CopyDueAt }).HasFilter("copy = 'Wanted'");
    }
}
