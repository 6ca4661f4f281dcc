using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Journal;

namespace Rapport.Members;

/// <summary>Which link.</summary>
public readonly record struct LinkId(Guid Value) : IId<LinkId>
{
    /// <inheritdoc/>
    public static LinkId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>What a link is for.</summary>
internal enum LinkKind
{
    /// <summary>Whoever has it becomes the owner.</summary>
    Welcome,
    /// <summary>Whoever has it becomes a member.</summary>
    Join,
    /// <summary>Whoever has it chooses a new password for a member.</summary>
    Reset,
    /// <summary>Whoever has it is signed in as a member.</summary>
    Enter,
}

/// <summary>A link that works once and for a while. Only its hash is kept.</summary>
internal sealed class OneTimeLink
{
    public LinkId Id { get; private init; }
    public LinkKind Kind { get; private init; }
    public byte[] Hash { get; private init; } = [];
    public DateTimeOffset MadeAt { get; private init; }
    public DateTimeOffset ExpiresAt { get; private init; }
    public MemberId? Member { get; private init; }
    public Roles Roles { get; private init; }
    public string? Email { get; private init; }
    public string? Name { get; private init; }

    /// <summary>How long each kind works.</summary>
    public static TimeSpan Lasts(LinkKind kind) => kind switch
    {
        LinkKind.Welcome => TimeSpan.FromHours(24),
        LinkKind.Join => TimeSpan.FromDays(7),
        LinkKind.Reset => TimeSpan.FromHours(24),
        LinkKind.Enter => TimeSpan.FromHours(24),
    };

    /// <summary>A link of a kind, and the secret that stands in its address.</summary>
    public static (OneTimeLink Link, string Token) Make(LinkKind kind, TimeProvider clock, MemberId? member = null, Roles roles = Roles.None, string? email = null, string? name = null)
    {
        var (token, now) = (Secret.New(), clock.GetUtcNow());
        return (new()
        {
            Id = Ids.New<LinkId>(clock), Kind = kind, Hash = Secret.Hash(token), MadeAt = now, ExpiresAt = now + Lasts(kind),
            Member = member, Roles = roles, Email = email, Name = name,
        }, token);
    }

    /// <summary>The path that the secret stands in.</summary>
    public static string Path(LinkKind kind, string token) => $"/{kind.ToString().ToLowerInvariant()}/{token}";
}

internal sealed class LinkTable : IEntityTypeConfiguration<OneTimeLink>
{
    public void Configure(EntityTypeBuilder<OneTimeLink> builder)
    {
        builder.ToTable("one_time_links").Journaled();
        builder.HasIndex(l => l.Hash).IsUnique();
        builder.HasIndex(l => l.ExpiresAt);
        builder.Property(l => l.Hash).Unjournaled();
        builder.Property(l => l.Roles).HasMaxLength(80);
        builder.Property(l => l.Email).HasMaxLength(Rapport.Members.Member.LongestEmail);
        builder.Property(l => l.Name).HasMaxLength(Rapport.Members.Member.LongestName);
    }
}
