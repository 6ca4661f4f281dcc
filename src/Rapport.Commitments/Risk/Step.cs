using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Commitments;

/// <summary>One of several things to be done until a commitment is kept.</summary>
public sealed class Step
{
    /// <summary>Until which.</summary>
    public CommitmentId Commitment { get; init; }
    /// <summary>Its place among them, from 1.</summary>
    public int Place { get; init; }
    /// <summary>What is to be done.</summary>
    public string Words { get; init; } = "";
    /// <summary>The moment after which it is late; null while nobody said.</summary>
    public DateTimeOffset? DueEnd { get; init; }
    /// <summary>By when, as it was said.</summary>
    public string DueWords { get; init; } = "";
    /// <summary>When it was done; null while it is not.</summary>
    public DateTimeOffset? DoneAt { get; private set; }
    /// <summary>Who did it, or said so.</summary>
    public MemberId? DoneBy { get; private set; }

    /// <summary>It is done, or is not after all.</summary>
    public void Do(bool done, MemberId by, DateTimeOffset at) => (DoneAt, DoneBy) = (done ? at : null, done ? by : null);
}

/// <summary>A step as it is listed.</summary>
/// <param name="Commitment">Until which.</param>
/// <param name="Place">Its place among them, from 1.</param>
/// <param name="Words">What is to be done.</param>
/// <param name="DueEnd">The moment after which it is late; null while nobody said.</param>
/// <param name="DueWords">By when, as it was said.</param>
/// <param name="DoneAt">When it was done; null while it is not.</param>
/// <param name="DoneBy">Who did it, or said so.</param>
public sealed record StepRow(CommitmentId Commitment, int Place, string Words, DateTimeOffset? DueEnd, string DueWords, DateTimeOffset? DoneAt, MemberId? DoneBy);

/// <summary>That one commitment hangs on another, as a rule on what they promised us.</summary>
public sealed class Dependency
{
    /// <summary>Which hangs.</summary>
    public CommitmentId Commitment { get; init; }
    /// <summary>On which.</summary>
    public CommitmentId On { get; init; }
}

internal sealed class RiskTable : IEntityTypeConfiguration<Step>, IEntityTypeConfiguration<Dependency>
{
    public void Configure(EntityTypeBuilder<Step> builder)
    {
        builder.ToTable("commitment_steps").Journaled();
        builder.HasKey(s => new { s.Commitment, s.Place });
        builder.Property(s => s.Place).ValueGeneratedNever();
        builder.Property(s => s.Words).HasMaxLength(Commitment.LongestWords);
        builder.Property(s => s.DueWords).HasMaxLength(Commitment.LongestWords);
        builder.HasIndex(s => s.DueEnd).HasFilter("done_at IS NULL");
        builder.HasOne<Commitment>().WithMany().HasForeignKey(s => s.Commitment);
    }

    public void Configure(EntityTypeBuilder<Dependency> builder)
    {
        builder.ToTable("commitment_dependencies").Journaled();
        builder.HasKey(d => new { d.Commitment, d.On });
        builder.HasIndex(d => d.On);
        builder.HasOne<Commitment>().WithMany().HasForeignKey(d => d.Commitment);
        builder.HasOne<Commitment>().WithMany().HasForeignKey(d => d.On);
    }
}
