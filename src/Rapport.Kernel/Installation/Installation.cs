using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Kernel.Installation;

/// <summary>What the first-run page asks: what cannot be guessed about us. One row.</summary>
public sealed class OurInstallation : IVersioned
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; } = 1;
    /// <summary>What our organisation is called.</summary>
    public string Name { get; set; } = "";
    /// <summary>Domains of our own mail, lower-case; also single addresses of ours at a free-mail provider.</summary>
    public List<string> MailDomains { get; set; } = [];
    /// <summary>IANA name of the zone we work in.</summary>
    public string Zone { get; set; } = "UTC";
    /// <summary>When we are there, like <c>Mo-Fr 09:00-17:00</c>.</summary>
    public string BusinessHours { get; set; } = "Mo-Fr 09:00-17:00";
    /// <summary>ISO 3166 code, for holidays and for telephone numbers without a country code.</summary>
    public string Country { get; set; } = "";
    /// <summary>Days on which we are closed besides the public holidays.</summary>
    public List<DateOnly> ExtraHolidays { get; set; } = [];
    /// <summary>Key for what this installation signs: Message-IDs, reply addresses, links.</summary>
    public byte[] SigningKey { get; init; } = [];
    /// <summary>When the first-run page was sent.</summary>
    public DateTimeOffset SetUpAt { get; init; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>The zone; UTC where this machine does not know it.</summary>
    public TimeZoneInfo TimeZone => Calendar.LocalTime.ZoneOr(Zone, TimeZoneInfo.Utc);

    /// <summary>Whether an address is of one of our own mail domains or beneath one.</summary>
    public bool IsOurs(string address)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..];
        return MailDomains.Exists(d => d.Contains('@', StringComparison.Ordinal) ? address.Equals(d, StringComparison.OrdinalIgnoreCase) : domain.Equals(d, StringComparison.OrdinalIgnoreCase) || domain.EndsWith('.' + d, StringComparison.OrdinalIgnoreCase));
    }
}

internal sealed class InstallationTable : IEntityTypeConfiguration<OurInstallation>
{
    public void Configure(EntityTypeBuilder<OurInstallation> builder)
    {
        builder.ToTable("installation").Journaled();
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.SigningKey).Unjournaled();
    }
}

/// <summary>How to reach the installation's row.</summary>
public static class InstallationQueries
{
    /// <summary>What was said on the first-run page; null before it was sent.</summary>
    public static Task<OurInstallation?> InstallationAsync(this RapportDb db, CancellationToken ct) =>
        db.Set<OurInstallation>().SingleOrDefaultAsync(ct);
}
