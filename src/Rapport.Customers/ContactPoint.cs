using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Customers;

/// <summary>Id of a contact point.</summary>
public readonly record struct ContactPointId(Guid Value) : IId<ContactPointId>
{
    /// <inheritdoc/>
    public static ContactPointId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>By what somebody is reached.</summary>
public enum ContactKind
{
    /// <summary>An e-mail address.</summary>
    Email,
    /// <summary>A telephone number.</summary>
    Telephone,
    /// <summary>A postal address.</summary>
    Postal,
    /// <summary>A chat handle.</summary>
    Chat,
    /// <summary>A web page or profile.</summary>
    Web,
}

/// <summary>A way to reach a party. The value is normalised for comparing; what was given stays beside it.</summary>
public sealed class ContactPoint : IVersioned
{
    /// <summary>The longest value that is kept.</summary>
    public const int LongestValue = 500;

    /// <summary>Its id.</summary>
    public ContactPointId Id { get; init; }
    /// <inheritdoc/>
    public int Version { get; set; }
    /// <summary>Whose it is.</summary>
    public PartyId Party { get; set; }
    /// <summary>What it is.</summary>
    public ContactKind Kind { get; init; }
    /// <summary>Lower-case address, E.164 number, or the text itself: what is compared.</summary>
    public string Value { get; init; } = "";
    /// <summary>The domain of an e-mail address, lower case; null for other kinds.</summary>
    public string? Domain { get; init; }
    /// <summary>As it was given.</summary>
    public string Given { get; init; } = "";
    /// <summary>What it is for: work, mobile, invoices.</summary>
    public string? Label { get; set; }
    /// <summary>They asked to be reached here.</summary>
    public bool Preferred { get; set; }
    /// <summary>Somebody confirmed that it works, at this time.</summary>
    public DateTimeOffset? VerifiedAt { get; set; }
    /// <summary>They asked not to be reached here.</summary>
    public bool DoNotUse { get; set; }
}

internal sealed class ContactPointTable : IEntityTypeConfiguration<ContactPoint>
{
    public void Configure(EntityTypeBuilder<ContactPoint> builder)
    {
        builder.ToTable("contact_points").Journaled();
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Value).HasMaxLength(ContactPoint.LongestValue);
        builder.Property(c => c.Given).HasMaxLength(ContactPoint.LongestValue);
        builder.HasIndex(c => new { c.Party, c.Kind, c.Value }).IsUnique();
        builder.Property(c => c.Label).HasMaxLength(100);
        builder.HasIndex(c => new { c.Value, c.Kind });
        builder.HasIndex(c => c.Domain).HasFilter("domain IS NOT NULL");
    }
}
