using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Customers;

/// <summary>Id of an answer to "Who is it?".</summary>
public readonly record struct WhoSaidId(Guid Value) : IId<WhoSaidId>
{
    /// <inheritdoc/>
    public static WhoSaidId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>An answer to "Who is it?", with what is needed to take it back.</summary>
public sealed class WhoSaid
{
    /// <summary>Its id.</summary>
    public WhoSaidId Id { get; init; }
    /// <summary>What was said.</summary>
    public Who Answer { get; init; }
    /// <summary>Of whom: the organisation where there is one, else the person.</summary>
    public PartyId About { get; init; }
    /// <summary>The domain that was judged as a whole; null for one party.</summary>
    public string? Domain { get; init; }
    /// <summary>Who said it.</summary>
    public MemberId By { get; init; }
    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
    /// <summary>When it was taken back.</summary>
    public DateTimeOffset? UndoneAt { get; set; }
    /// <summary>What it changed, as JSON of <see cref="WhoSaidChanges"/>.</summary>
    public string Changes { get; set; } = "{}";

    internal WhoSaidChanges Read() => JsonSerializer.Deserialize<WhoSaidChanges>(Changes, Json.Options)!;
}

/// <summary>What an answer to "Who is it?" changed.</summary>
/// <param name="Before">What each party was before.</param>
/// <param name="Organization">The organisation that was made.</param>
/// <param name="Affiliations">The places that were made.</param>
/// <param name="Confirmed">The places that were confirmed.</param>
/// <param name="Started">The relationships that were started.</param>
/// <param name="Owned">The relationships that had no owner before.</param>
/// <param name="Judgements">The judgements that were written down.</param>
internal sealed record WhoSaidChanges(
    Dictionary<Guid, Who> Before, PartyId? Organization, List<AffiliationId> Affiliations, List<AffiliationId> Confirmed,
    List<RelationshipId> Started, List<RelationshipId> Owned, List<JudgementId> Judgements);

internal sealed class WhoSaidTable : IEntityTypeConfiguration<WhoSaid>
{
    public void Configure(EntityTypeBuilder<WhoSaid> builder)
    {
        builder.ToTable("who_said").Journaled();
        builder.HasKey(w => w.Id);
        builder.Property(w => w.Domain).HasMaxLength(253);
        builder.Property(w => w.Changes).Unjournaled();
    }
}
