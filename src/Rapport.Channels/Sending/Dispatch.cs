using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>By what a message goes out. Names are stored, so they are not renamed.</summary>
public enum DispatchChannel
{
    /// <summary>E-mail, by SMTP.</summary>
    Email,
}

/// <summary>Where a message to one recipient stands (U7). Names are stored, so they are not renamed.</summary>
public enum DispatchState
{
    /// <summary>Waits for its time, or for the next attempt.</summary>
    Queued,
    /// <summary>A sender has it in hands: from here on it is never sent again by itself unless the server said "later".</summary>
    Claimed,
    /// <summary>The server took it.</summary>
    HandedOver,
    /// <summary>There is evidence that it arrived: a report, or an answer.</summary>
    Delivered,
    /// <summary>It will not arrive; what was said is beside it.</summary>
    Failed,
    /// <summary>Nobody knows whether the server took it. Evidence or a person settles that, never another attempt.</summary>
    Unknown,
}

/// <summary>How a recipient is named in a message. Names are stored, so they are not renamed.</summary>
public enum RecipientKind
{
    /// <summary>Addressed.</summary>
    To,
    /// <summary>In copy.</summary>
    Cc,
    /// <summary>In copy, and the others do not see it.</summary>
    Bcc,
}

/// <summary>One message to one recipient by one channel: the row of the ledger that says what became of it (U7).</summary>
public sealed class Dispatch
{
    internal const int LongestSaid = 1_000;

    /// <summary>How long a server may put a mail off before it counts as not delivered (RFC 5321, 4.5.4.1).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(5);

    /// <summary>The message.</summary>
    public InteractionId Interaction { get; init; }
    /// <summary>By what.</summary>
    public DispatchChannel Channel { get; init; }
    /// <summary>To whom: the address by which two writings of it are told to be the same.</summary>
    public string Recipient { get; init; } = "";
    /// <summary>The same address as it is given to the server.</summary>
    public string Address { get; init; } = "";
    /// <summary>How the message names them.</summary>
    public RecipientKind Kind { get; init; }
    /// <summary>From which mailbox.</summary>
    public MailboxId Mailbox { get; init; }
    /// <summary>Where it stands.</summary>
    public DispatchState State { get; init; }
    /// <summary>Since when.</summary>
    public DateTimeOffset StateAt { get; init; }
    /// <summary>Not handed over before then.</summary>
    public DateTimeOffset DueAt { get; init; }
    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }
    /// <summary>Who has or had it in hands.</summary>
    public Guid? Claim { get; init; }
    /// <summary>What the server said last, or what the evidence is.</summary>
    public string? Said { get; init; }
    /// <summary>The member who settled what was in doubt; Rapport itself where it was taken back before it left.</summary>
    public MemberId? SettledBy { get; init; }

    /// <summary>It was taken back before it left: what it is part of was over, or they wanted no more of it. Nobody sends it again.</summary>
    public bool IsCancelled => State == DispatchState.Failed && SettledBy == Actor.Rapport.Id;

    /// <summary>When to try again after so many attempts: after a minute, two, four, up to four hours, and a fifth sooner or later, so that not all come at once.</summary>
    /// <param name="attempts">The one that was put off included.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public static TimeSpan BackOff(int attempts, double jitter) => TimeSpan.FromMinutes(Math.Min(240, Math.Pow(2, Math.Clamp(attempts - 1, 0, 10))) * (0.8 + 0.4 * jitter));
}

internal sealed class DispatchTable : IEntityTypeConfiguration<Dispatch>
{
    public void Configure(EntityTypeBuilder<Dispatch> builder)
    {
        builder.ToTable("dispatches");
        builder.HasKey(d => new { d.Interaction, d.Channel, d.Recipient });
        builder.Ignore(d => d.IsCancelled);
        builder.Property(d => d.Recipient).HasMaxLength(254).Sortable();
        builder.Property(d => d.Address).HasMaxLength(254);
        builder.Property(d => d.Said).HasMaxLength(Dispatch.LongestSaid);
        builder.HasOne<OutgoingMail>().WithMany().HasForeignKey(d => d.Interaction);
        builder.HasIndex(d => new { d.Mailbox, d.DueAt }).HasFilter("state = 'Queued'");
        builder.HasIndex(d => d.Mailbox, "ix_dispatches_claimed").HasFilter("state = 'Claimed'");
        builder.HasIndex(d => new { d.State, d.Interaction });
    }
}
