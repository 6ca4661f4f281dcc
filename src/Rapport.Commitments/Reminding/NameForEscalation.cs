using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>Names who is told when a commitment is late: the owner says so, or for them who stands in while they are away, or a manager. It stays its owner's.</summary>
public sealed class NameForEscalation(RapportDb db, TimeProvider clock)
{
    /// <summary>This member; nobody when null.</summary>
    public async Task<Refusal?> RunAsync(CommitmentId id, MemberId? to, Actor by, CancellationToken ct)
    {
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        var now = clock.GetUtcNow();
        if (commitment.Owner != by.Id && !by.May(Roles.Manager) && !await db.StandsInForAsync(by.Id, commitment.Owner, now, ct)) return Refusal.Forbidden("commitment.not-yours", "Only its owner, who stands in for them, or a manager, can say who is told when it is late.");
        if (commitment.EscalateTo == to) return null;
        if (to is { } member && await db.MayOwnAsync(member, ct) is { } nobody) return nobody;
        if (commitment.NameForEscalation(to) is { } refusal) return refusal;
        await db.TellAsync(commitment, CommitmentDeed.NamedForEscalation, by, now, null, to, null, ct);
        return await db.SaveAsync(by, ct);
    }
}
