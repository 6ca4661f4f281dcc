using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Conversations;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

internal sealed class ProposalTable : IEntityTypeConfiguration<Proposal>
{
    public void Configure(EntityTypeBuilder<Proposal> builder)
    {
        // Not journaled: it repeats a sentence that is perhaps one member's alone. What people decide is noted by its id.
        builder.ToTable("commitment_proposals");
        builder.HasKey(p => p.Id);
        builder.Ignore(p => p.Due);
        builder.Property(p => p.Words).HasMaxLength(Commitment.LongestWords);
        builder.Property(p => p.DueWords).HasMaxLength(Commitment.LongestWords);
        builder.Property(p => p.Because).HasMaxLength(Proposal.LongestBecause);
        builder.HasIndex(p => new { p.SaidIn, p.Place }).IsUnique();
        builder.HasIndex(p => new { p.State, p.For, p.SaidIn });
        builder.HasIndex(p => p.With);
    }
}

/// <summary>How to reach the proposals.</summary>
public static class ProposalSets
{
    /// <summary>Those out of what the actor may read: a proposal shows a sentence of it (V11).</summary>
    public static IQueryable<Proposal> ProposalsFor(this RapportDb db, Actor by)
    {
        var visible = db.InteractionsFor(by);
        return db.Set<Proposal>().Where(p => by.Roles != Roles.None && visible.Any(i => i.Id == p.SaidIn));
    }
}
