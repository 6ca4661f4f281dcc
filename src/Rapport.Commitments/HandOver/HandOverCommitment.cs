using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>Hands a commitment over. The owner changes only when the other accepts.</summary>
public sealed class HandOverCommitment(RapportDb db, TimeProvider clock)
{
    /// <summary>Asks another member to take it. The owner does, or a manager for them.</summary>
    public Task<Refusal?> OfferAsync(CommitmentId id, MemberId to, string? note, Actor by, CancellationToken ct) =>
        ChangeAsync(id, CommitmentDeed.Offered, note, to, by, c => NotTheirs(c, by) ?? c.Offer(to), ct);

    /// <summary>Takes it.</summary>
    public Task<Refusal?> AcceptAsync(CommitmentId id, Actor by, CancellationToken ct) =>
        ChangeAsync(id, CommitmentDeed.Accepted, null, by.Id, by, c => c.Accept(by.Id), ct);

    /// <summary>Does not take it, or takes the offer back.</summary>
    public Task<Refusal?> DeclineAsync(CommitmentId id, string? note, Actor by, CancellationToken ct) =>
        ChangeAsync(id, CommitmentDeed.Declined, note, null, by, c => c.Decline(by.Id), ct);

    /// <summary>A manager gives it to somebody else, for an owner who is absent; shown as such.</summary>
    public Task<Refusal?> ReassignAsync(CommitmentId id, MemberId to, string? note, Actor by, CancellationToken ct) =>
        ChangeAsync(id, CommitmentDeed.Reassigned, note, to, by, c =>
            by.May(Roles.Manager) ? c.Reassign(to) : Refusal.Forbidden("commitment.reassign", "Only a manager may give it to somebody without asking them. Offer it instead."), ct);

    private async Task<Refusal?> ChangeAsync(CommitmentId id, CommitmentDeed deed, string? note, MemberId? to, Actor by, Func<Commitment, Refusal?> change, CancellationToken ct)
    {
        if (note?.Length > CommitmentEvent.LongestNote) return Refusal.Invalid("commitment.note-long", $"Keep it to {CommitmentEvent.LongestNote} characters.", "note");
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        if (change(commitment) is { } refusal) return refusal;
        if (to is { } member && deed != CommitmentDeed.Accepted && await db.MayOwnAsync(member, ct) is { } nobody) return nobody;
        await db.TellAsync(commitment, deed, by, clock.GetUtcNow(), note, to, null, ct);
        return await db.SaveAsync(by, ct);
    }

    private static Refusal? NotTheirs(Commitment commitment, Actor by) =>
        commitment.Owner == by.Id || by.May(Roles.Manager) ? null : Refusal.Forbidden("commitment.not-yours", "Only its owner, or a manager, can hand it over.");
}
