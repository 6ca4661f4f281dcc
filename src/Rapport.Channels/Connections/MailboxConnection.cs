using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Channels;

/// <summary>That a mailbox lies on a mail server and is read from there by itself.</summary>
public sealed class MailboxConnection : IVersioned
{
    /// <summary>How long whoever reads it is believed to be alive without a sign.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Of which mailbox.</summary>
    public MailboxId Mailbox { get; init; }
    /// <summary>The address that mail comes to, and is sent from.</summary>
    public string Address { get; set; } = "";
    /// <summary>Where it is read, and where mail is handed over to be sent.</summary>
    public List<MailServer> Servers { get; } = [];
    /// <summary>Older mail is left on the server; null when all of it is read.</summary>
    public DateOnly? ReadFrom { get; set; }
    /// <summary>When it was connected.</summary>
    public DateTimeOffset ConnectedAt { get; init; }
    /// <summary>When its settings were last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }
    /// <summary>When somebody paused it; null while it is read.</summary>
    public DateTimeOffset? PausedAt { get; set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>The node that reads it now, and until when it is believed to live.</summary>
    public Guid? Holder { get; init; }
    /// <summary>Until when <see cref="Holder"/> is believed to live.</summary>
    public DateTimeOffset? HeldUntil { get; init; }
    /// <summary>When its server last answered us.</summary>
    public DateTimeOffset? ContactAt { get; init; }
    /// <summary>What keeps it from being read; null while nothing does.</summary>
    public MailTroubleKind? Trouble { get; init; }
    /// <summary>The same in a sentence, with what to do.</summary>
    public string? TroubleSaid { get; init; }
    /// <summary>Since when it is in trouble.</summary>
    public DateTimeOffset? TroubleSince { get; init; }
    /// <summary>How often it was tried since then.</summary>
    public int Attempts { get; init; }
    /// <summary>When it is tried again.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Where it is read.</summary>
    public MailServer Reading => Servers.Single(s => s.Use == MailUse.Reading);

    /// <summary>Where mail is handed over to be sent; null while it is only read.</summary>
    public MailServer? Sending => Servers.SingleOrDefault(s => s.Use == MailUse.Sending);

    /// <summary>How long to wait before the next attempt. Who was refused waits longer: many servers lock out who keeps knocking.</summary>
    public static TimeSpan BackOff(MailTroubleKind trouble, int attempts)
    {
        var (first, most) = trouble is MailTroubleKind.SignInRefused or MailTroubleKind.SignInAgain or MailTroubleKind.SecretLost or MailTroubleKind.Certificate ? (60, 900) : (2, 300);
        return TimeSpan.FromSeconds(Math.Min(most, first * Math.Pow(2, Math.Min(attempts, 10))));
    }
}

internal sealed class MailboxConnectionTable : IEntityTypeConfiguration<MailboxConnection>
{
    public void Configure(EntityTypeBuilder<MailboxConnection> builder)
    {
        builder.ToTable("mailbox_connections").Journaled();
        builder.HasKey(c => c.Mailbox);
        builder.Property(c => c.Address).HasMaxLength(254);
        builder.HasIndex(c => c.Address);
        builder.HasMany(c => c.Servers).WithOne().HasForeignKey(s => s.Mailbox);
        builder.Navigation(c => c.Servers).AutoInclude();
        builder.HasOne<Mailbox>().WithOne().HasForeignKey<MailboxConnection>(c => c.Mailbox);
        builder.Property(c => c.TroubleSaid).HasMaxLength(1_000).Unjournaled();
        builder.Property(c => c.ChangedAt).Unjournaled();
        builder.Property(c => c.Holder).Unjournaled();
        builder.Property(c => c.HeldUntil).Unjournaled();
        builder.Property(c => c.ContactAt).Unjournaled();
        builder.Property(c => c.Trouble).Unjournaled();
        builder.Property(c => c.TroubleSince).Unjournaled();
        builder.Property(c => c.Attempts).Unjournaled();
        builder.Property(c => c.RetryAt).Unjournaled();
    }
}
