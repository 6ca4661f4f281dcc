using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Live;

namespace Rapport.Members;

/// <summary>Which sign-in.</summary>
public readonly record struct SessionId(Guid Value) : IId<SessionId>
{
    /// <inheritdoc/>
    public static SessionId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A browser in which a member is signed in. The cookie holds a key, this row its hash; without the row the cookie is worth nothing.</summary>
internal sealed class MemberSession
{
    /// <summary>How long it lasts without a visit.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(14);

    public SessionId Id { get; init; }
    public MemberId Member { get; init; }
    public byte[] KeyHash { get; init; } = [];
    public string Device { get; init; } = "";
    public string Address { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset RenewedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset LastSeenAt { get; set; }
}

internal sealed class SessionTable : IEntityTypeConfiguration<MemberSession>
{
    public void Configure(EntityTypeBuilder<MemberSession> builder)
    {
        builder.ToTable("sessions").IsShownLive(nameof(MemberSession.Id));
        builder.HasIndex(s => s.KeyHash).IsUnique();
        builder.HasIndex(s => new { s.Member, s.LastSeenAt });
        builder.Property(s => s.Device).HasMaxLength(100);
        builder.Property(s => s.Address).HasMaxLength(60);
        builder.HasOne<Member>().WithMany().HasForeignKey(s => s.Member);
    }
}
