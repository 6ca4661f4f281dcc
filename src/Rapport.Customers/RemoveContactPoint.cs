using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>Takes a way to reach somebody away: it was wrong, or is nobody's any more.</summary>
public sealed class RemoveContactPoint(RapportDb db, SettleParties settle)
{
    /// <summary>Null when it was removed. <paramref name="check"/> may refuse the version that is there.</summary>
    public async Task<Refusal?> RunAsync(PartyId party, ContactPointId id, Actor by, CancellationToken ct, Func<IVersioned, Refusal?>? check = null)
    {
        if (await db.Set<ContactPoint>().SingleOrDefaultAsync(c => c.Id == id && c.Party == party, ct) is not { } point) return Refusal.Missing("contact point");
        if (check?.Invoke(point) is { } stale) return stale;
        db.Remove(point);
        return await settle.SaveAsync([party], by, ct);
    }
}

/// <summary>What may be said about a contact point later on.</summary>
public sealed record ContactPointChange(string? Label, bool Preferred, bool DoNotUse);

/// <summary>Changes what a contact point is for, and whether it may be used.</summary>
public sealed class ChangeContactPoint(RapportDb db, SettleParties settle)
{
    /// <summary>Null when it was changed. <paramref name="check"/> may refuse the version that is there.</summary>
    public async Task<Refusal?> RunAsync(PartyId party, ContactPointId id, ContactPointChange to, Actor by, CancellationToken ct, Func<IVersioned, Refusal?>? check = null)
    {
        var all = await db.Set<ContactPoint>().Where(c => c.Party == party).ToListAsync(ct);
        if (all.Find(c => c.Id == id) is not { } point) return Refusal.Missing("contact point");
        if (check?.Invoke(point) is { } stale) return stale;
        if (to.Preferred)
            foreach (var other in all.Where(c => c.Kind == point.Kind)) other.Preferred = false;
        (point.Label, point.Preferred, point.DoNotUse) = (PartyInput.Clean(to.Label, 100), to.Preferred, to.DoNotUse);
        return await settle.SaveAsync([party], by, ct);
    }
}
