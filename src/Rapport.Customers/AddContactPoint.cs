using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>Adds a way to reach somebody. The same one again changes its label instead of standing there twice.</summary>
public sealed class AddContactPoint(RapportDb db, TimeProvider clock, SettleParties settle)
{
    /// <summary>How many one party may have.</summary>
    public const int MostOfOne = 200;

    /// <summary>Its id, also when it was known before.</summary>
    public async Task<Result<ContactPointId>> RunAsync(PartyId party, NewContactPoint given, Actor by, CancellationToken ct)
    {
        if (!await db.Parties().AnyAsync(p => p.Id == party, ct)) return Refusal.Missing("party");
        if (!given.Read(party, await db.RegionAsync(ct), clock).Succeeded(out var point, out var refusal)) return refusal;
        var have = await db.Set<ContactPoint>().Where(c => c.Party == party).ToListAsync(ct);
        if (have.Count >= MostOfOne) return Refusal.Invalid("contact-points.many", $"One party has at most {MostOfOne} addresses and numbers.");

        if (given.Preferred)
            foreach (var other in have.Where(c => c.Kind == given.Kind)) other.Preferred = false;
        if (have.Find(c => c.Kind == point.Kind && c.Value == point.Value) is { } known)
        {
            (known.Label, known.Preferred) = (point.Label ?? known.Label, given.Preferred || known.Preferred);
            point = known;
        }
        else
        {
            db.Add(point);
        }
        return await settle.SaveAsync([party], by, ct) is { } conflict ? conflict : point.Id;
    }
}
