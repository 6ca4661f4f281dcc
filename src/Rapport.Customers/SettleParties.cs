using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>
/// Saves a deed together with what follows from it, in one transaction: the standing of those it is about and of those they pay for,
/// their place in lists, and how they are found.
/// </summary>
public sealed class SettleParties(RapportDb db, ComputeStandings standings, PartyDocuments documents)
{
    /// <summary>Saves what is tracked, then settles these parties.</summary>
    public async Task<Refusal?> SaveAsync(IReadOnlyCollection<PartyId> parties, Actor by, CancellationToken ct)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var moved = Moved();
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        var changed = await standings.RunAsync(parties, ct);
        var tiers = db.ChangeTracker.Entries<Party>().Where(e => e.State == EntityState.Modified && e.Property(p => p.Tier).IsModified).Select(e => e.Entity.Id).ToList();
        if (tiers.Count > 0) db.Happened(new TiersChanged(tiers), by);
        if (moved.Count > 0) db.Happened(new PlacesChanged(moved), by);
        if (await db.SaveAsync(by, ct) is { } late) return late;
        await documents.IndexAsync(changed, ct);
        if (await db.SaveAsync(by, ct) is { } last) return last;
        if (own is not null) await own.CommitAsync(ct);
        return null;
    }

    // Of who is new nobody has placed anything yet.
    private List<PartyId> Moved()
    {
        var made = db.ChangeTracker.Entries<Person>().Where(e => e.State == EntityState.Added).Select(e => e.Entity.Id);
        var places = db.ChangeTracker.Entries<Affiliation>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && e.Entity.Organization != OurOrganization.Id);
        return [.. places.Select(e => e.Entity.Person).Except(made)];
    }
}
