using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>Names who is told when a commitment is late: the owner says so, or a manager for them. It stays its owner's.</summary>
public sealed class NameForEscalation(RapportDb db, TimeProvider clock)
{
    /// <summary>This member; nobody when null.</summary>
    public async Task<Refusal?> RunAsync(CommitmentId id, MemberId? to, Actor by, CancellationToken ct)
    {
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        if (commitment.Owner != by.Id && !by.May(Roles.Manager)) return Refusal.Forbidden("commitment.not-yours", "Only its owner, or a manager, can say who is told when it is late.");
        if (commitment.EscalateTo == to) return null;
        if (to is { } member && await db.MayOwnAsync(member, ct) is { } nobody) return nobody;
        if (commitment.NameForEscalation(to) is { } refusal) return refusal;
        await db.TellAsync(commitment, CommitmentDeed.NamedForEscalation, by, clock.GetUtcNow(), null, to, null, ct);
        return await db.SaveAsync(by, ct);
    }
}
