using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>Says who helps that a commitment is kept: its owner says so, who stands in for them, or a manager; whoever helps can stop. It stays its owner's.</summary>
public sealed class SayWhoHelps(RapportDb db, TimeProvider clock)
{
    private const int Most = 10;

    /// <summary>This member helps, or no longer. Said twice it changes nothing.</summary>
    public async Task<Refusal?> RunAsync(CommitmentId id, MemberId member, bool helps, Actor by, CancellationToken ct)
    {
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        if (!commitment.IsOpen) return Refusal.Conflict("commitment.closed", "This commitment is already closed.");
        var now = clock.GetUtcNow();
        var stops = !helps && member == by.Id;
        if (!stops && commitment.Owner != by.Id && !by.May(Roles.Manager) && !await db.StandsInForAsync(by.Id, commitment.Owner, now, ct)) return Refusal.Forbidden("commitment.not-yours", "Only its owner, who stands in for them, or a manager, can say who helps.");
        var helpers = await db.Set<Helping>().Where(h => h.Commitment == id).ToListAsync(ct);
        if (helpers.Exists(h => h.Member == member) == helps) return null;
        if (!helps) db.Remove(helpers.Single(h => h.Member == member));
        else
        {
            if (member == commitment.Owner) return Refusal.Invalid("commitment.helper-owner", "They answer for it already. Choose somebody else.", "helper");
            if (await db.MayOwnAsync(member, ct) is { } nobody) return nobody with { Field = "helper" };
            if (helpers.Count >= Most) return Refusal.Conflict("commitment.helpers-many", $"At most {Most} help with one commitment. Make several of it.");
            db.Add(new Helping { Commitment = id, Member = member, Since = now });
        }
        await db.TellAsync(commitment, helps ? CommitmentDeed.HelperNamed : CommitmentDeed.HelperLeft, by, now, null, member, null, ct);
        db.Changed(id.Value);
        return await db.SaveAsync(by, ct);
    }
}
