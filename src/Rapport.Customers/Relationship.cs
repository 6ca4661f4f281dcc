using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Customers;

/// <summary>Id of a relationship.</summary>
public readonly record struct RelationshipId(Guid Value) : IId<RelationshipId>
{
    /// <inheritdoc/>
    public static RelationshipId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>How much a customer matters; A and B are key customers.</summary>
public enum Tier
{
    /// <summary>Not said.</summary>
    None,
    /// <summary>Key.</summary>
    A,
    /// <summary>Key.</summary>
    B,
    /// <summary>Of course.</summary>
    C,
}

/// <summary>Where a customer stands with us. Derived from judgements, never typed in.</summary>
public enum Standing
{
    /// <summary>Something is still to be found out.</summary>
    Unqualified,
    /// <summary>Has the authority, the means and the intention.</summary>
    Customer,
    /// <summary>Has authority and means, and no intention yet.</summary>
    PotentialCustomer,
    /// <summary>Has no authority or no means, or is something else: a supplier, private.</summary>
    NotACustomer,
    /// <summary>It ended.</summary>
    Former,
}

/// <summary>Somebody of ours serves a customer: the whole organisation, a unit of it, or a member.</summary>
public sealed class Relationship : IVersioned
{
    /// <summary>Its id.</summary>
    public RelationshipId Id { get; init; }
    /// <summary>Who serves: our organisation, a unit of ours.</summary>
    public PartyId Provider { get; init; }
    /// <summary>Who is served.</summary>
    public PartyId Customer { get; set; }
    /// <summary>The customer is one of us.</summary>
    public bool Internal { get; init; }
    /// <summary>How much it matters.</summary>
    public Tier Tier { get; set; }
    /// <summary>The one member who answers for it; null is a gap that lists show.</summary>
    public MemberId? Owner { get; set; }
    /// <summary>It pays. Where two customers tie, who pays comes first.</summary>
    public bool Primary { get; set; }
    /// <summary>Who pays for this customer, when it is somebody else; their standing is then this one's.</summary>
    public PartyId? Payer { get; set; }
    /// <summary>They bought something: a purchase or delivery is on record.</summary>
    public bool HasBought { get; set; }
    /// <summary>First day.</summary>
    public DateOnly? Since { get; set; }
    /// <summary>Last day, on which it still holds; from the day after the standing is Former.</summary>
    public DateOnly? Until { get; set; }
    /// <summary>As last computed from the judgements; see <see cref="StandingRule"/>.</summary>
    public Standing Standing { get; set; }
    /// <summary>When it came into Rapport.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>Whether it is a key customer.</summary>
    public bool IsKey => Tier is Tier.A or Tier.B;
}

internal sealed class RelationshipTable : IEntityTypeConfiguration<Relationship>
{
    public void Configure(EntityTypeBuilder<Relationship> builder)
    {
        builder.ToTable("relationships").Journaled();
        builder.HasKey(r => r.Id);
        builder.HasIndex(r => new { r.Provider, r.Customer }).IsUnique();
        builder.HasIndex(r => r.Customer);
        builder.HasIndex(r => new { r.Owner, r.Standing });
        builder.HasIndex(r => new { r.Standing, r.Tier });
        builder.HasIndex(r => r.Payer).HasFilter("payer IS NOT NULL");
        builder.HasIndex(r => r.Until).HasFilter("until IS NOT NULL");
    }
}
