using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>Lets mail go to an address again after it came back for good, or somebody complained.</summary>
public sealed class LiftSuppression(RapportDb db, TimeProvider clock)
{
    /// <summary>Null when mail goes there again, until something new is reported.</summary>
    public async Task<Refusal?> RunAsync(PartyId party, ContactPointId id, Actor by, CancellationToken ct)
    {
        if (await FindAsync(party, id, ct) is not { } address) return Refusal.Missing("contact point");
        if (!(await db.SuppressedAsync([address], ct)).TryGetValue(address, out var suppression)) return Refusal.Conflict("suppression.none", "Mail is sent there already.");
        if (suppression is not { MayBeLifted: true, Report: { } upTo }) return Refusal.Conflict("suppression.asked", "They asked not to be written to there. When they changed their mind, take \u201cdo not use\u201d away from the address.");
        var lift = await db.Set<SuppressionLift>().SingleOrDefaultAsync(l => l.Address == address, ct);
        if (lift is null) db.Add(lift = new SuppressionLift { Address = address });
        (lift.UpTo, lift.By, lift.At) = (upTo, by.Id, clock.GetUtcNow());
        return await db.SaveAsync(by, ct);
    }

    /// <summary>Takes that back: what was reported counts again.</summary>
    public async Task<Refusal?> UndoAsync(PartyId party, ContactPointId id, Actor by, CancellationToken ct)
    {
        if (await FindAsync(party, id, ct) is not { } address) return Refusal.Missing("contact point");
        if (await db.Set<SuppressionLift>().SingleOrDefaultAsync(l => l.Address == address, ct) is { } lift) db.Remove(lift);
        return await db.SaveAsync(by, ct);
    }

    private Task<string?> FindAsync(PartyId party, ContactPointId id, CancellationToken ct) =>
        db.Set<ContactPoint>().Where(c => c.Id == id && c.Party == party && c.Kind == ContactKind.Email).Select(c => (string?)c.Value).SingleOrDefaultAsync(ct);
}
