using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Customers;

internal sealed class PartyTable : IEntityTypeConfiguration<Party>, IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Party> builder)
    {
        builder.ToTable("parties").Journaled();
        builder.HasKey(p => p.Id);
        builder.HasDiscriminator<string>("kind").HasValue<Person>("person").HasValue<Organization>("organization");
        builder.Property(p => p.Name).HasMaxLength(Party.LongestName);
        builder.Property(p => p.SortName).HasMaxLength(Party.LongestName).Sortable();
        builder.HasIndex(p => new { p.SortName, p.Id });
        builder.HasIndex(p => new { p.LastContactAt, p.Id });
        builder.HasIndex(p => p.ExternalKey);
        builder.HasIndex(p => new { p.Who, p.SortName, p.Id });
        builder.Property(p => p.LastContactAt).Unjournaled();
    }

    public void Configure(EntityTypeBuilder<Person> builder) => builder.HasIndex(p => p.Member);

    public void Configure(EntityTypeBuilder<Organization> builder) => builder.HasIndex(o => o.Parent);
}

/// <summary>How to reach the parties.</summary>
public static class PartySets
{
    /// <summary>Everybody who was not merged away. Persons and organisations are visible to every member; what was said with them may not be.</summary>
    public static IQueryable<Party> Parties(this RapportDb db) => db.Set<Party>().Where(p => p.MergedInto == null);

    /// <summary>The persons among them.</summary>
    public static IQueryable<Person> Persons(this RapportDb db) => db.Set<Person>().Where(p => p.MergedInto == null);

    /// <summary>The organisations among them.</summary>
    public static IQueryable<Organization> Organizations(this RapportDb db) => db.Set<Organization>().Where(p => p.MergedInto == null);
}
