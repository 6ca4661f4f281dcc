using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Journal;

namespace Rapport.Members;

/// <summary>Which token.</summary>
public readonly record struct TokenId(Guid Value) : IId<TokenId>
{
    /// <inheritdoc/>
    public static TokenId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>What a token may do, at most what its member may.</summary>
public enum TokenScope
{
    /// <summary>Reads; changes nothing, whatever the member's roles.</summary>
    Read,
    /// <summary>Everything its member may do.</summary>
    Write,
}

/// <summary>A key by which a program acts for a member. Shown once, kept as its hash.</summary>
internal sealed class ApiToken
{
    /// <summary>Every token begins so, for people and for scanners that look for lost secrets.</summary>
    public const string Prefix = "rap_";
    public const int LongestName = 100, UsualDays = 90, MostDays = 730;

    public TokenId Id { get; init; }
    public MemberId Member { get; init; }
    public string Name { get; init; } = "";
    public TokenScope Scope { get; init; }
    public byte[] Hash { get; init; } = [];
    public string Ending { get; init; } = "";
    public DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; set; }
}

internal sealed class TokenTable : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("api_tokens").Journaled();
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasIndex(t => new { t.Member, t.MadeAt });
        builder.Property(t => t.Hash).Unjournaled();
        builder.Property(t => t.LastUsedAt).Unjournaled();
        builder.HasOne<Member>().WithMany().HasForeignKey(t => t.Member);
    }
}
