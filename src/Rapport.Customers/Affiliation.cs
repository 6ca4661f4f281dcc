using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Customers;

/// <summary>Id of an affiliation.</summary>
public readonly record struct AffiliationId(Guid Value) : IId<AffiliationId>
{
    /// <inheritdoc/>
    public static AffiliationId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>How high somebody stands in their organisation.</summary>
public enum Level
{
    /// <summary>Not known.</summary>
    Unknown,
    /// <summary>Runs it.</summary>
    Executive,
    /// <summary>Runs a part of it.</summary>
    Management,
    /// <summary>Is an expert in it.</summary>
    Professional,
    /// <summary>Does its daily work.</summary>
    Operational,
}

/// <summary>A person's place in an organisation from a date until a date. The person stays when the place ends.</summary>
public sealed class Affiliation : IVersioned
{
    /// <summary>Its id.</summary>
    public AffiliationId Id { get; init; }
    /// <inheritdoc/>
    public int Version { get; set; }
    /// <summary>Who.</summary>
    public PartyId Person { get; set; }
    /// <summary>Where.</summary>
    public PartyId Organization { get; set; }
    /// <summary>As they call themselves there.</summary>
    public string? Title { get; set; }
    /// <summary>How high.</summary>
    public Level Level { get; set; }
    /// <summary>In which part of it.</summary>
    public string? Department { get; set; }
    /// <summary>First day; null when not known.</summary>
    public DateOnly? From { get; set; }
    /// <summary>Last day, on which it still holds; null while no end is known.</summary>
    public DateOnly? Until { get; set; }
    /// <summary>Guessed from the mail domain, and not yet confirmed by a person.</summary>
    public bool Proposed { get; set; }

    /// <summary>Whether it has not ended on a day: it holds through its last one.</summary>
    public bool LastsOn(DateOnly day) => Until is null || Until >= day;
}

/// <summary>Which places hold now.</summary>
public static class PresentPlaces
{
    /// <summary>The places that hold today: one that ends holds on its last day, too.</summary>
    public static async Task<IQueryable<Affiliation>> PresentPlacesAsync(this RapportDb db, TimeProvider clock, CancellationToken ct)
    {
        var today = await db.TodayAsync(clock, ct);
        return db.Set<Affiliation>().Where(a => a.Until == null || a.Until >= today);
    }
}

internal sealed class AffiliationTable : IEntityTypeConfiguration<Affiliation>
{
    public void Configure(EntityTypeBuilder<Affiliation> builder)
    {
        builder.ToTable("affiliations").Journaled();
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Title).HasMaxLength(200);
        builder.Property(a => a.Department).HasMaxLength(200);
        builder.HasIndex(a => a.Person);
        builder.HasIndex(a => a.Organization);
    }
}
