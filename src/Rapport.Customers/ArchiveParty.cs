using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>Puts a party away: it leaves the lists, its page and history stay.</summary>
public sealed class ArchiveParty(RapportDb db, TimeProvider clock, SettleParties settle)
{
    /// <summary>Archives; twice is the same as once.</summary>
    public async Task<Refusal?> RunAsync(PartyId id, Actor by, CancellationToken ct)
    {
        if (await db.Parties().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } party) return Refusal.Missing("party");
        if (id == OurOrganization.Id) return Refusal.Invalid("party.ours", "Our own organisation cannot be put away.");
        party.ArchivedAt ??= clock.GetUtcNow();
        return await settle.SaveAsync([id], by, ct);
    }
}

/// <summary>Brings an archived party back.</summary>
public sealed class RestoreParty(RapportDb db, SettleParties settle)
{
    /// <summary>Restores; twice is the same as once.</summary>
    public async Task<Refusal?> RunAsync(PartyId id, Actor by, CancellationToken ct)
    {
        if (await db.Parties().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } party) return Refusal.Missing("party");
        party.ArchivedAt = null;
        return await settle.SaveAsync([id], by, ct);
    }
}
