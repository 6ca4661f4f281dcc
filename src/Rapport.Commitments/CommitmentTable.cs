using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;
using Rapport.Kernel.Live;
using Rapport.Members;

namespace Rapport.Commitments;

internal sealed class CommitmentTable : IEntityTypeConfiguration<Commitment>, IEntityTypeConfiguration<CommitmentEvent>
{
    public void Configure(EntityTypeBuilder<Commitment> builder)
    {
        builder.ToTable("commitments").Journaled().IsShownLive(nameof(Commitment.Id), nameof(Commitment.Owner), nameof(Commitment.OfferedTo));
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Words).HasMaxLength(Commitment.LongestWords);
        builder.Property(c => c.DueWords).HasMaxLength(Commitment.LongestWords);
        builder.Property(c => c.ProofWords).HasMaxLength(CommitmentEvent.LongestNote);
        builder.HasIndex(c => new { c.State, c.DueEnd, c.Id });
        builder.HasIndex(c => new { c.Owner, c.State, c.DueEnd, c.Id });
        builder.HasIndex(c => new { c.Customer, c.State, c.DueEnd, c.Id });
        builder.HasIndex(c => new { c.With, c.State, c.DueEnd, c.Id });
        builder.HasIndex(c => new { c.Owner, c.ClosedAt, c.Id });
        builder.HasIndex(c => new { c.ClosedAt, c.Id });
        builder.HasIndex(c => new { c.Side, c.Kind, c.ClosedAt });
        builder.HasIndex(c => new { c.Side, c.ClosedAt, c.Id });
        // With the state at its end: how many were kept is counted in it alone.
        builder.HasIndex(c => new { c.Customer, c.Side, c.ClosedAt, c.Id, c.State });
        builder.HasIndex(c => c.SaidIn);
        builder.HasIndex(c => c.ProofIn).HasFilter("proof_in IS NOT NULL");
        builder.HasIndex(c => c.OfferedTo).HasFilter("offered_to IS NOT NULL");
        builder.HasIndex(c => new { c.EscalateTo, c.State, c.DueEnd }).HasFilter("escalate_to IS NOT NULL");
        builder.Property(c => c.VerdictWords).HasMaxLength(CommitmentEvent.LongestNote);
        builder.HasIndex(c => c.Owner, "ix_commitments_disagreed").HasFilter("disagreed_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<CommitmentEvent> builder)
    {
        builder.ToTable("commitment_events").Journaled();
        builder.HasKey(e => new { e.Commitment, e.Place });
        builder.Property(e => e.Place).ValueGeneratedNever();
        builder.Property(e => e.Note).HasMaxLength(CommitmentEvent.LongestNote);
        builder.HasIndex(e => e.Interaction).HasFilter("interaction IS NOT NULL");
    }
}

/// <summary>How to reach the commitments.</summary>
public static class CommitmentSets
{
    /// <summary>Promises bind the organisation: every member may see every one. What shows them may still be somebody's alone.</summary>
    public static IQueryable<Commitment> CommitmentsFor(this RapportDb db, Actor by) => db.Set<Commitment>().Where(_ => by.Roles != Roles.None);

    /// <summary>Null when this member can answer for a promise: is here, and may do more than read.</summary>
    internal static async Task<Refusal?> MayOwnAsync(this RapportDb db, MemberId member, CancellationToken ct) =>
        await db.Set<Member>().SingleOrDefaultAsync(m => m.Id == member, ct) is { IsHere: true } found && found.Actor.May(Roles.Member) ? null
            : Refusal.Invalid("commitment.owner", "Nobody like that can take it. Choose a member who is here and may do more than read.", "to");

    /// <summary>Adds a line to the story of a commitment, which says where it stands after it, and tells pages of the conversation in which it was promised.</summary>
    internal static async Task TellAsync(this RapportDb db, Commitment commitment, CommitmentDeed deed, Actor by, DateTimeOffset at, string? note, MemberId? to, InteractionId? interaction, CancellationToken ct, (PartyId By, Verdict Verdict)? judged = null)
    {
        var place = await db.Set<CommitmentEvent>().Where(e => e.Commitment == commitment.Id).MaxAsync(e => (int?)e.Place, ct) ?? 0;
        var deputy = (await db.AwayAsync(at, ct)).GetValueOrDefault(commitment.Owner)?.Deputy;
        // Written down, since nobody could tell later. Who gives it to another does so as a manager, for nobody.
        var stoodIn = deputy == by.Id && deed != CommitmentDeed.Reassigned;
        db.Add(new CommitmentEvent
        {
            Commitment = commitment.Id, Place = place + 1, Deed = deed, At = at, By = by.Id, StoodInFor = stoodIn ? commitment.Owner : null, To = to, DueEnd = commitment.DueEnd, Note = note, Interaction = interaction,
            Recipient = judged?.By, Verdict = judged?.Verdict, Cause = deed is CommitmentDeed.Broken or CommitmentDeed.Explained ? commitment.Cause : null,
        });
        db.Changed(ShowCommitments.List);
        if (deputy is { } standing) db.Changed(standing.Value);
        if (commitment.SaidIn is { } said && await db.Set<Interaction>().Where(i => i.Id == said).Select(i => (ConversationId?)i.Conversation).SingleOrDefaultAsync(ct) is { } conversation) db.Changed(conversation.Value);
    }
}
