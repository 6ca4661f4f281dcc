using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;
using Rapport.Kernel.Live;
using Rapport.Kernel.Search;

namespace Rapport.Members;

/// <summary>Id of a team.</summary>
public readonly record struct TeamId(Guid Value) : IId<TeamId>
{
    /// <inheritdoc/>
    public static TeamId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
    /// <summary>The team as a reader: whoever belongs to it reads what is shared with it.</summary>
    public ReaderId AsReader => new(Value);
}

/// <summary>Members who see what is shared with the team.</summary>
public sealed class Team : IVersioned
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 100;

    /// <summary>Its id.</summary>
    public TeamId Id { get; init; }
    /// <summary>What people call it.</summary>
    public string Name { get; private set; } = "";
    /// <summary>Its name as lists sort it.</summary>
    public string SortName { get; private set; } = "";
    /// <summary>When it was formed.</summary>
    public DateTimeOffset FormedAt { get; init; }
    /// <summary>When it was disbanded; null while it is there.</summary>
    public DateTimeOffset? DisbandedAt { get; set; }
    /// <summary>IANA name of the zone it works in; null where the organisation's counts.</summary>
    public string? Zone { get; private set; }
    /// <summary>When it is there, like <c>Mo-Fr 09:00-17:00</c>; null where the organisation's hours count.</summary>
    public string? BusinessHours { get; private set; }
    /// <summary>Whose public holidays it keeps: an ISO 3166 code, or <see cref="TeamHours.NoHolidays"/>; null where the organisation's count.</summary>
    public string? Country { get; private set; }
    /// <summary>Days on which it is closed besides; null where the organisation's count.</summary>
    public List<DateOnly>? ExtraHolidays { get; private set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>The hours of its own; null where the organisation's count.</summary>
    public TeamHours? Hours => Zone is null && BusinessHours is null && Country is null && ExtraHolidays is null ? null : new(Zone, BusinessHours, Country, ExtraHolidays);

    /// <summary>Gives it hours of its own. Only those in which there are no <see cref="TeamHours.Problems"/>.</summary>
    internal void Keep(TeamHours hours) => (Zone, BusinessHours, Country, ExtraHolidays) = (hours.Zone, hours.BusinessHours, hours.Country, hours.ExtraHolidays?.ToList());

    /// <summary>Gives another name.</summary>
    public Refusal? Rename(string? name)
    {
        name = name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl)) return Refusal.Invalid("team.name", $"Write a name of at most {LongestName} characters.", "name");
        (Name, SortName) = (name, TextFold.Fold(name));
        return null;
    }
}

/// <summary>That a member belongs to a team.</summary>
internal sealed class TeamMember
{
    public TeamId Team { get; init; }
    public MemberId Member { get; init; }
}

internal sealed class TeamTable : IEntityTypeConfiguration<Team>, IEntityTypeConfiguration<TeamMember>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.ToTable("teams").Journaled();
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Name).HasMaxLength(Team.LongestName);
        builder.Property(t => t.SortName).Sortable();
        builder.HasIndex(t => t.SortName);
        builder.Property(t => t.Zone).HasMaxLength(TeamHours.LongestZone);
        builder.Property(t => t.BusinessHours).HasMaxLength(TeamHours.LongestHours);
        builder.Property(t => t.Country).HasMaxLength(10);
        builder.Ignore(t => t.Hours);
    }

    public void Configure(EntityTypeBuilder<TeamMember> builder)
    {
        builder.ToTable("team_members").IsShownLive(nameof(TeamMember.Member));
        builder.HasKey(t => new { t.Team, t.Member });
        builder.HasIndex(t => t.Member);
        builder.HasOne<Team>().WithMany().HasForeignKey(t => t.Team);
        builder.HasOne<Member>().WithMany().HasForeignKey(t => t.Member);
    }
}
