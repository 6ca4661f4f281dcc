using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Channels;

/// <summary>How a mailbox sends, and who sends for it now.</summary>
public sealed class Outbox : IVersioned
{
    /// <summary>The longest signature.</summary>
    public const int LongestSignature = 4_000, LongestName = 200, LongestAcknowledgement = 4_000;

    /// <summary>How long whoever sends for it is believed to be alive without a sign.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Of which mailbox.</summary>
    public MailboxId Mailbox { get; init; }
    /// <summary>The name beside its address; the writing member's own when empty.</summary>
    public string SenderName { get; set; } = "";
    /// <summary>What stands beneath its mails; fields of who writes are filled in.</summary>
    public string Signature { get; set; } = "";
    /// <summary>Answers are asked to an address with a mark of ours behind a plus (V3): the server must deliver those too.</summary>
    public bool MarksReplyAddress { get; set; }
    /// <summary>Bounces are asked to such an address as well (a signed envelope sender): each then finds the mail it is about, whatever it quotes of it.</summary>
    public bool MarksEnvelopeSender { get; set; }
    /// <summary>Its mails end with a line that bears a mark of ours: answers that keep nothing but words find home by it (V3).</summary>
    public bool MarksText { get; set; }
    /// <summary>At most so many mails a minute; null when the server sets no limit.</summary>
    public int? MostPerMinute { get; set; }
    /// <summary>The server puts what it sends into the Sent folder itself.</summary>
    public bool ServerKeepsCopy { get; set; }
    /// <summary>Since when what people write to it is acknowledged automatically; null when it is not.</summary>
    public DateTimeOffset? AcknowledgesSince { get; set; }
    /// <summary>In which words, with fields.</summary>
    public string AcknowledgementText { get; set; } = "";
    /// <summary>The member who accepted that an acknowledgement names the time by when there will be an answer; null while it names none.</summary>
    public MemberId? AnswerPromisedBy { get; set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>The node that sends for it now.</summary>
    public Guid? Holder { get; init; }
    /// <summary>Until when <see cref="Holder"/> is believed to live.</summary>
    public DateTimeOffset? HeldUntil { get; init; }
    /// <summary>What keeps it from sending; null while nothing does.</summary>
    public MailTroubleKind? Trouble { get; init; }
    /// <summary>The same in a sentence, with what to do.</summary>
    public string? TroubleSaid { get; init; }
    /// <summary>Since when.</summary>
    public DateTimeOffset? TroubleSince { get; init; }
    /// <summary>How often it was tried since then.</summary>
    public int Attempts { get; init; }
    /// <summary>When it is tried again.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}

internal sealed class OutboxTable : IEntityTypeConfiguration<Outbox>
{
    public void Configure(EntityTypeBuilder<Outbox> builder)
    {
        builder.ToTable("outboxes").Journaled();
        builder.HasKey(o => o.Mailbox);
        builder.HasOne<Mailbox>().WithOne().HasForeignKey<Outbox>(o => o.Mailbox);
        builder.Property(o => o.SenderName).HasMaxLength(Outbox.LongestName);
        builder.Property(o => o.Signature).HasMaxLength(Outbox.LongestSignature);
        builder.Property(o => o.AcknowledgementText).HasMaxLength(Outbox.LongestAcknowledgement);
        builder.Property(o => o.TroubleSaid).HasMaxLength(1_000).Unjournaled();
        builder.Property(o => o.Holder).Unjournaled();
        builder.Property(o => o.HeldUntil).Unjournaled();
        builder.Property(o => o.Trouble).Unjournaled();
        builder.Property(o => o.TroubleSince).Unjournaled();
        builder.Property(o => o.Attempts).Unjournaled();
        builder.Property(o => o.RetryAt).Unjournaled();
    }
}
