using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rapport.Channels;

/// <summary>What a folder on a mail server is to us. Names are stored, so they are not renamed.</summary>
public enum FolderRole
{
    /// <summary>Where mail arrives.</summary>
    Inbox,
    /// <summary>Where what its owner sent lies, from whatever program (V13).</summary>
    Sent,
}

/// <summary>A folder that is read, and how what the server holds compared with what we have when we last looked.</summary>
public sealed class MailboxFolder
{
    /// <summary>Of which mailbox.</summary>
    public MailboxId Mailbox { get; init; }
    /// <summary>What it is to us.</summary>
    public FolderRole Role { get; init; }
    /// <summary>What the server calls it.</summary>
    public string Path { get; set; } = "";
    /// <summary>The numbering that UIDs count in (RFC 9051, 2.3.1.1); another one makes all of them new.</summary>
    public long Validity { get; set; }
    /// <summary>When the server began another numbering, and all was compared anew.</summary>
    public DateTimeOffset? RenumberedAt { get; set; }
    /// <summary>Mails on the server.</summary>
    public int OnServer { get; set; }
    /// <summary>Of them older than what is to be read.</summary>
    public int Older { get; set; }
    /// <summary>Of them wanted and not here yet.</summary>
    public int Missing { get; set; }
    /// <summary>Since when any are missing.</summary>
    public DateTimeOffset? MissingSince { get; set; }
    /// <summary>When the oldest of them arrived at the server; null when none is missing or it was not asked yet.</summary>
    public DateTimeOffset? OldestMissingAt { get; set; }
    /// <summary>Read from here, and here already by another way.</summary>
    public int AlreadyHere { get; set; }
    /// <summary>When the server was last asked for all of it.</summary>
    public DateTimeOffset? ComparedAt { get; set; }
    /// <summary>When the newest that we have arrived at the server.</summary>
    public DateTimeOffset? LastArrivalAt { get; set; }
    /// <summary>The longest it is usually silent, in minutes of business hours; null while too little is known (<see cref="UsualGap"/>).</summary>
    public int? LongestGapMinutes { get; set; }
}

/// <summary>What became of a mail on a server. Names are stored, so they are not renamed.</summary>
public enum FetchedAs
{
    /// <summary>Stored with us.</summary>
    Stored,
    /// <summary>Larger than what is taken in; left on the server.</summary>
    TooLarge,
    /// <summary>The server names it and does not give it.</summary>
    NotGiven,
}

/// <summary>That a mail of a folder was dealt with: the progress in a mailbox, by (UIDVALIDITY, UID) and nothing else (V2).</summary>
public sealed class FetchedMail
{
    /// <summary>Of which mailbox.</summary>
    public MailboxId Mailbox { get; init; }
    /// <summary>In which folder.</summary>
    public FolderRole Role { get; init; }
    /// <summary>In which numbering.</summary>
    public long Validity { get; init; }
    /// <summary>Its number there.</summary>
    public long Uid { get; init; }
    /// <summary>What became of it.</summary>
    public FetchedAs State { get; init; }
    /// <summary>When it arrived at the server.</summary>
    public DateTimeOffset ArrivedAt { get; init; }
    /// <summary>Bytes, as the server says.</summary>
    public long Size { get; init; }
    /// <summary>Why it is not here, in a sentence; null when it is.</summary>
    public string? Why { get; init; }
}

internal sealed class MailboxFolderTable : IEntityTypeConfiguration<MailboxFolder>, IEntityTypeConfiguration<FetchedMail>
{
    public void Configure(EntityTypeBuilder<MailboxFolder> builder)
    {
        builder.ToTable("mailbox_folders");
        builder.HasKey(f => new { f.Mailbox, f.Role });
        builder.Property(f => f.Path).HasMaxLength(400);
        builder.HasOne<MailboxConnection>().WithMany().HasForeignKey(f => f.Mailbox);
    }

    public void Configure(EntityTypeBuilder<FetchedMail> builder)
    {
        builder.ToTable("fetched_mails");
        builder.HasKey(f => new { f.Mailbox, f.Role, f.Validity, f.Uid });
        builder.Property(f => f.Why).HasMaxLength(400);
        builder.HasIndex(f => new { f.Mailbox, f.State }).HasFilter("state <> 'Stored'");
    }
}
