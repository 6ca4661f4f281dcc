using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Customers.Import;

namespace Rapport.Channels;

/// <summary>Id of an intake.</summary>
public readonly record struct IntakeId(Guid Value) : IId<IntakeId>
{
    /// <inheritdoc/>
    public static IntakeId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    /// <summary>Stored earlier.</summary>
    public static bool operator <(IntakeId left, IntakeId right) => left.Value < right.Value;
    /// <summary>Stored later.</summary>
    public static bool operator >(IntakeId left, IntakeId right) => left.Value > right.Value;
}

/// <summary>What became of what was received.</summary>
public enum IntakeState
{
    /// <summary>Stored, not yet read.</summary>
    Stored,
    /// <summary>Read into an interaction.</summary>
    Read,
    /// <summary>The same mail was here already.</summary>
    Duplicate,
    /// <summary>Could not be read; shown with its raw bytes.</summary>
    Unreadable,
}

/// <summary>The raw bytes of something received, stored before anybody tried to read them.</summary>
public sealed class Intake
{
    /// <summary>Its id.</summary>
    public IntakeId Id { get; init; }
    /// <summary>Where it came in.</summary>
    public MailboxId Mailbox { get; init; }
    /// <summary>The import that brought it; null for what came by itself.</summary>
    public ImportId? Import { get; init; }
    /// <summary>Where in the source it was: a file name, a position in an mbox.</summary>
    public string Source { get; init; } = "";
    /// <summary>The blob that holds the bytes: their SHA-256.</summary>
    public byte[] Raw { get; init; } = [];
    /// <summary>When it was stored.</summary>
    public DateTimeOffset ReceivedAt { get; init; }
    /// <summary>It lay where what its owner sent lies: it is ours, from whatever address (V13).</summary>
    public bool Sent { get; init; }
    /// <summary>What became of it.</summary>
    public IntakeState State { get; set; }
    /// <summary>What was wrong with it, in a sentence; null when nothing was.</summary>
    public string? Problem { get; set; }
    /// <summary>What it was read into.</summary>
    public InteractionId? Interaction { get; set; }
}

internal sealed class IntakeTable : IEntityTypeConfiguration<Intake>
{
    public void Configure(EntityTypeBuilder<Intake> builder)
    {
        builder.ToTable("intakes");
        builder.HasKey(i => i.Id);
        builder.Property(i => i.Problem).HasMaxLength(1000);
        builder.Property(i => i.Source).HasMaxLength(400);
        builder.HasIndex(i => new { i.Mailbox, i.Raw }).IsUnique();
        builder.HasIndex(i => i.Interaction);
        builder.HasIndex(i => i.Raw);
        builder.HasIndex(i => new { i.Import, i.Id }).HasFilter("import IS NOT NULL");
        builder.HasIndex(i => new { i.State, i.Mailbox, i.Id });
    }
}
