using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Journal;

namespace Rapport.Customers;

/// <summary>Id of a judgement.</summary>
public readonly record struct JudgementId(Guid Value) : IId<JudgementId>
{
    /// <inheritdoc/>
    public static JudgementId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>What is judged. The first three make a customer; the fourth says that they are something else altogether.</summary>
public enum JudgementKind
{
    /// <summary>May they decide to buy?</summary>
    Authority,
    /// <summary>Can they pay?</summary>
    Means,
    /// <summary>Do they want to?</summary>
    Intention,
    /// <summary>Are they a customer at all? "No" for a supplier, for private mail.</summary>
    Relevance,
}

/// <summary>What was found.</summary>
public enum Answer
{
    /// <summary>Nobody knows.</summary>
    Unknown,
    /// <summary>So it is.</summary>
    Yes,
    /// <summary>It is not so.</summary>
    No,
}

/// <summary>What somebody of ours found about a relationship, and from what. Never changed afterwards: the newest of a kind counts, opposite ones stay visible.</summary>
public sealed class Judgement
{
    /// <summary>The longest evidence that is kept.</summary>
    public const int LongestEvidence = 1000;

    /// <summary>Its id.</summary>
    public JudgementId Id { get; init; }
    /// <summary>About which relationship.</summary>
    public RelationshipId Relationship { get; set; }
    /// <summary>What is judged.</summary>
    public JudgementKind Kind { get; init; }
    /// <summary>What was found.</summary>
    public Answer Answer { get; init; }
    /// <summary>From what, in words.</summary>
    public string Evidence { get; init; } = "";
    /// <summary>The interaction that shows it, where there is one.</summary>
    public InteractionId? Interaction { get; init; }
    /// <summary>Who judged.</summary>
    public MemberId By { get; init; }
    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
}

internal sealed class JudgementTable : IEntityTypeConfiguration<Judgement>
{
    public void Configure(EntityTypeBuilder<Judgement> builder)
    {
        builder.ToTable("judgements").Journaled();
        builder.HasKey(j => j.Id);
        builder.Property(j => j.Evidence).HasMaxLength(Judgement.LongestEvidence);
        builder.HasIndex(j => new { j.Relationship, j.Kind, j.At });
        builder.HasIndex(j => j.Interaction).HasFilter("interaction IS NOT NULL");
    }
}
