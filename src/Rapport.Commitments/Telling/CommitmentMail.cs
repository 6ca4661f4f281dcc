using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Conversations;

namespace Rapport.Commitments;

/// <summary>What a mail that is being written does to a commitment when it is sent: it tells of a new date, or, without one, gives them in writing what was promised, or reminds them of what they promised.</summary>
public sealed class CommitmentMail
{
    /// <summary>The mail; it goes with its draft.</summary>
    public DraftId Draft { get; init; }
    /// <summary>About which.</summary>
    public CommitmentId Commitment { get; init; }
    /// <summary>Earliest moment of the new date; null in a reminder.</summary>
    public DateTimeOffset? DueStart { get; init; }
    /// <summary>Latest moment of the new date; null in a reminder.</summary>
    public DateTimeOffset? DueEnd { get; init; }
    /// <summary>How fine it was said.</summary>
    public DuePrecision? DuePrecision { get; init; }
    /// <summary>The new date as it was said.</summary>
    public string DueWords { get; init; } = "";
    /// <summary>The date that stood before it was sent, to come back to when the mail is taken back; null where none stood, or while it is not sent.</summary>
    public DateTimeOffset? BeforeStart { get; private set; }
    /// <summary>The end of the date that stood before.</summary>
    public DateTimeOffset? BeforeEnd { get; private set; }
    /// <summary>How fine the date that stood before was said.</summary>
    public DuePrecision? BeforePrecision { get; private set; }
    /// <summary>The words of the date that stood before.</summary>
    public string BeforeWords { get; private set; } = "";

    internal Due? Due => DueEnd is { } end ? new(DueStart!.Value, end, DuePrecision!.Value, DueWords) : null;

    internal Due? Before => BeforeEnd is { } end ? new(BeforeStart!.Value, end, BeforePrecision!.Value, BeforeWords) : null;

    internal void Remember(Commitment commitment) => (BeforeStart, BeforeEnd, BeforePrecision, BeforeWords) = (commitment.DueStart, commitment.DueEnd, commitment.DuePrecision, commitment.DueWords);
}

internal sealed class CommitmentMailTable : IEntityTypeConfiguration<CommitmentMail>
{
    public void Configure(EntityTypeBuilder<CommitmentMail> builder)
    {
        builder.ToTable("commitment_mails");
        builder.HasKey(m => m.Draft);
        builder.Property(m => m.Draft).ValueGeneratedNever();
        builder.Ignore(m => m.Due).Ignore(m => m.Before);
        builder.Property(m => m.DueWords).HasMaxLength(Commitment.LongestWords);
        builder.Property(m => m.BeforeWords).HasMaxLength(Commitment.LongestWords);
        builder.HasIndex(m => m.Commitment);
        builder.HasOne<Draft>().WithMany().HasForeignKey(m => m.Draft).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Commitment>().WithMany().HasForeignKey(m => m.Commitment).OnDelete(DeleteBehavior.Cascade);
    }
}
