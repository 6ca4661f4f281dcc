using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Channels;

/// <summary>Id of a mailbox.</summary>
public readonly record struct MailboxId(Guid Value) : IId<MailboxId>
{
    /// <inheritdoc/>
    public static MailboxId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Where mail comes from: so far, what a member imported. Its mail is its owner's alone until shared.</summary>
public sealed class Mailbox : IVersioned
{
    /// <summary>Its id.</summary>
    public MailboxId Id { get; init; }
    /// <summary>Whose it is.</summary>
    public MemberId Owner { get; init; }
    /// <summary>What its owner calls it.</summary>
    public string Name { get; set; } = "";
    /// <summary>When its owner made it visible to everyone; null while it is theirs alone.</summary>
    public DateTimeOffset? SharedAt { get; set; }
    /// <summary>When mail last came in, for "as of the last import".</summary>
    public DateTimeOffset? LastTakenAt { get; set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>Who alone may see what comes in here; null when everybody may.</summary>
    public MemberId? OnlyFor => SharedAt is null ? Owner : null;
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
        builder.Ignore(m => m.OnlyFor);
    }
}
