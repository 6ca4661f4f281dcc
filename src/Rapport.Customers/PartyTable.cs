using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Customers;

internal sealed class PartyTable : IEntityTypeConfiguration<Party>, IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<Organization>, IEntityTypeConfiguration<MailDomain>
{
    // Every order of the list of customers walks one of these indexes; those of a filter hold only the parties it can be true for.
    public void Configure(EntityTypeBuilder<Party> builder)
    {
        builder.ToTable("parties").Journaled();
        builder.HasKey(p => p.Id);
        builder.HasDiscriminator<string>("kind").HasValue<Person>("person").HasValue<Organization>("organization");
        builder.Property(p => p.Name).HasMaxLength(Party.LongestName);
        builder.Property(p => p.SortName).HasMaxLength(Party.LongestName).Sortable();
        builder.Property(p => p.Language).HasMaxLength(35);
        builder.Property(p => p.Zone).HasMaxLength(64);

        builder.HasIndex(p => new { p.SortName, p.Rank, p.Id });
        builder.HasIndex(p => new { p.Rank, p.SortName, p.Id });
        builder.HasIndex(p => new { p.LastContactAt, p.Rank, p.Id }).IsDescending(true, false, false);
        builder.HasIndex(p => new { p.Who, p.SortName, p.Rank, p.Id });
        builder.HasIndex(p => new { p.Owner, p.SortName, p.Rank, p.Id }).HasFilter("owner IS NOT NULL");
        builder.HasIndex(p => new { p.Owner, p.Rank, p.SortName, p.Id }).HasFilter("owner IS NOT NULL");
        builder.HasIndex(p => new { p.Owner, p.LastContactAt, p.Rank, p.Id }).IsDescending(false, true, false, false).HasFilter("owner IS NOT NULL");
        builder.HasIndex(p => new { p.Standing, p.SortName, p.Rank, p.Id }).HasFilter("standing IS NOT NULL");
        builder.HasIndex(p => new { p.Standing, p.LastContactAt, p.Rank, p.Id }).IsDescending(false, true, false, false).HasFilter("standing IS NOT NULL");
        builder.HasIndex(p => new { p.Tier, p.SortName, p.Rank, p.Id }).HasFilter("standing IS NOT NULL");
        builder.HasIndex(p => new { p.Tier, p.LastContactAt, p.Rank, p.Id }).IsDescending(false, true, false, false).HasFilter("standing IS NOT NULL");
        builder.HasIndex(p => new { p.SortName, p.Rank, p.Id }, "ix_parties_nobodys").HasFilter("owner IS NULL AND standing IS NOT NULL");
        builder.HasIndex(p => new { p.Who, p.LastContactAt, p.Rank, p.Id }).IsDescending(false, true, false, false);
        builder.HasIndex(p => new { p.SortName, p.Rank, p.Id }, "ix_parties_archived").HasFilter("archived_at IS NOT NULL");
        builder.HasIndex(p => p.ExternalKey).HasFilter("external_key IS NOT NULL");

        // What is counted or copied is no news for the journal.
        builder.Property(p => p.LastContactAt).Unjournaled().Counted();
        builder.Property(p => p.SortName).Unjournaled();
        builder.Property(p => p.Standing).Unjournaled();
        builder.Property(p => p.Tier).Unjournaled();
        builder.Property(p => p.Owner).Unjournaled();
        builder.Property(p => p.Pays).Unjournaled();
        builder.Property(p => p.Rank).Unjournaled();
    }

    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.HasIndex(p => p.Member).HasFilter("member IS NOT NULL");
        builder.HasIndex(p => new { p.Who, p.MessagesBeforeJudged, p.Id }).IsDescending(false, true, false).HasFilter("messages_before_judged > 0");
        builder.Property(p => p.MessagesBeforeJudged).Counted();
        builder.Property(p => p.FirstWroteAt).Counted();
    }

    public void Configure(EntityTypeBuilder<Organization> builder) => builder.HasIndex(o => o.Parent).HasFilter("parent IS NOT NULL");

    public void Configure(EntityTypeBuilder<MailDomain> builder)
    {
        builder.ToTable("mail_domains").Journaled();
        builder.HasKey(d => new { d.Domain, d.Organization });
        builder.Property(d => d.Domain).HasMaxLength(253);
        builder.HasIndex(d => d.Organization);
    }
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
