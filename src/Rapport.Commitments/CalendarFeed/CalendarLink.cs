using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Installation;
using Rapport.Kernel.Journal;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>Which calendar link.</summary>
public readonly record struct CalendarLinkId(Guid Value) : IId<CalendarLinkId>
{
    /// <inheritdoc/>
    public static CalendarLinkId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>That a member's promises can be read by their link. The link names this row and is signed: it works as long as the row is there, and can be shown again, for a second device.</summary>
internal sealed class CalendarLink
{
    private const string Purpose = "calendar";

    public MemberId Member { get; init; }
    public CalendarLinkId Id { get; init; }
    public DateTimeOffset MadeAt { get; init; }

    public string PathFor(OurInstallation us) => $"/calendar/{SignedToken.Make(us, Purpose, Id.Value.ToByteArray(bigEndian: true))}.ics";

    /// <summary>Which link a token is; null when it was not made here.</summary>
    public static CalendarLinkId? Read(OurInstallation us, string token)
    {
        Span<byte> named = stackalloc byte[16];
        return SignedToken.TryRead(us, Purpose, token, named) ? new(new Guid(named, bigEndian: true)) : null;
    }
}

internal sealed class CalendarLinkTable : IEntityTypeConfiguration<CalendarLink>
{
    public void Configure(EntityTypeBuilder<CalendarLink> builder)
    {
        builder.ToTable("calendar_links").Journaled();
        builder.HasKey(l => l.Member);
        builder.Property(l => l.Member).ValueGeneratedNever();
        builder.HasIndex(l => l.Id).IsUnique();
        builder.Property(l => l.Id).Unjournaled();
        builder.HasOne<Member>().WithMany().HasForeignKey(l => l.Member);
    }
}
