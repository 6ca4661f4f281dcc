using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;
using Rapport.Members;

namespace Rapport.Channels;

/// <summary>Id of a mailbox.</summary>
public readonly record struct MailboxId(Guid Value) : IId<MailboxId>
{
    /// <inheritdoc/>
    public static MailboxId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Who sees mail (V11). Names are stored, so they are not renamed.</summary>
public enum Visibility
{
    /// <summary>Whose mailbox it lies in, and nobody else.</summary>
    Owner,
    /// <summary>Those of us who took part; the others see its subject and its people.</summary>
    Participants,
    /// <summary>A team.</summary>
    Team,
    /// <summary>Every member.</summary>
    Everyone,
}

/// <summary>With whom something is shared.</summary>
/// <param name="With">With whom.</param>
/// <param name="Team">With which team, where it is one.</param>
public readonly record struct Sharing(Visibility With, TeamId? Team = null);

/// <summary>Where mail comes from: what a member imported, or what is connected to a mail server. Its mail is its owner's alone until shared; what is a team's or everyone's from the start is nobody's own.</summary>
public sealed class Mailbox : IVersioned
{
    /// <summary>The owner of a mailbox that is nobody's own. Administrators look after it.</summary>
    public static MemberId Nobody { get; }

    /// <summary>Its id.</summary>
    public MailboxId Id { get; init; }
    /// <summary>Whose it is; <see cref="Nobody"/> where it is a team's or everyone's.</summary>
    public MemberId Owner { get; init; }
    /// <summary>What its owner calls it.</summary>
    public string Name { get; set; } = "";
    /// <summary>Who sees what comes in here.</summary>
    public Visibility Visibility { get; set; }
    /// <summary>Which team sees it, when one does.</summary>
    public TeamId? Team { get; set; }
    /// <summary>When mail last came in, for "as of the last import".</summary>
    public DateTimeOffset? LastTakenAt { get; set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>With whom its mail is shared.</summary>
    public Sharing Sharing => new(Visibility, Team);
}

internal sealed class MailboxTable : IEntityTypeConfiguration<Mailbox>
{
    public void Configure(EntityTypeBuilder<Mailbox> builder)
    {
        builder.ToTable("mailboxes").Journaled();
        builder.HasKey(m => m.Id);
        builder.Property(m => m.Name).HasMaxLength(200);
        builder.HasIndex(m => m.Owner);
        builder.Property(m => m.LastTakenAt).Unjournaled();
        builder.Ignore(m => m.Sharing);
    }
}
