using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Customers;

/// <summary>Id of a serves-link.</summary>
public readonly record struct ServesLinkId(Guid Value) : IId<ServesLinkId>
{
    /// <inheritdoc/>
    public static ServesLinkId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A party serves another with something. Links may form cycles: bound every walk along them.</summary>
public sealed class ServesLink : IVersioned
{
    /// <summary>Its id.</summary>
    public ServesLinkId Id { get; init; }
    /// <inheritdoc/>
    public int Version { get; set; }
    /// <summary>Who serves.</summary>
    public PartyId Provider { get; init; }
    /// <summary>Who is served.</summary>
    public PartyId Customer { get; init; }
    /// <summary>With what, in words.</summary>
    public string With { get; set; } = "";
    /// <summary>First day; null when not known.</summary>
    public DateOnly? From { get; set; }
    /// <summary>Last day; null while it lasts.</summary>
    public DateOnly? Until { get; set; }
}

internal sealed class ServesLinkTable : IEntityTypeConfiguration<ServesLink>
{
    public void Configure(EntityTypeBuilder<ServesLink> builder)
    {
        builder.ToTable("serves_links").Journaled();
        builder.HasKey(s => s.Id);
        builder.Property(s => s.With).HasMaxLength(200);
        builder.HasIndex(s => s.Provider);
        builder.HasIndex(s => s.Customer);
    }
}
