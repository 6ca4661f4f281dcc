using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>What a party is to be like from now on; everything is given, as a form holds everything.</summary>
/// <param name="Name">As they write it.</param>
/// <param name="GivenName">For persons: where it is known apart.</param>
/// <param name="FamilyName">For persons: where it is known apart.</param>
/// <param name="Note">What we wrote down about them.</param>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Zone">IANA zone.</param>
/// <param name="Prefers">For persons: the channel they asked for.</param>
/// <param name="Parent">For organisations: what it is a unit of.</param>
/// <param name="Domains">For organisations: their mail domains; null leaves them.</param>
public sealed record PartyChange(
    string Name, string? GivenName = null, string? FamilyName = null, string? Note = null, string? Language = null, string? Zone = null,
    ContactKind? Prefers = null, PartyId? Parent = null, IReadOnlyList<string>? Domains = null);

/// <summary>Changes what is known of a party itself.</summary>
public sealed class ChangeParty(RapportDb db, SettleParties settle)
{
    private const int DeepestUnit = 20;

    /// <summary>Null when it was changed. <paramref name="check"/> may refuse once the record is read: a version seen by the client.</summary>
    public async Task<Refusal?> RunAsync(PartyId id, PartyChange to, Actor by, CancellationToken ct, Func<IVersioned, Refusal?>? check = null)
    {
        if ((PartyInput.CheckName(to.Name) ?? PartyInput.CheckDetails(to.Note, to.Language, to.Zone)) is { } refusal) return refusal;
        if (await db.Parties().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } party) return Refusal.Missing("party");
        if (check?.Invoke(party) is { } stale) return stale;

        if (party.Name != to.Name.Trim()) party.Rename(to.Name.Trim());
        (party.Note, party.Language, party.Zone) = (PartyInput.Clean(to.Note), PartyInput.Clean(to.Language), PartyInput.Clean(to.Zone));
        if (party is Person person)
            (person.GivenName, person.FamilyName, person.Prefers) = (PartyInput.Clean(to.GivenName), PartyInput.Clean(to.FamilyName), to.Prefers);
        if (party is Organization organization && await ChangeAsync(organization, to, ct) is { } impossible) return impossible;
        return await settle.SaveAsync([id], by, ct);
    }

    private async Task<Refusal?> ChangeAsync(Organization organization, PartyChange to, CancellationToken ct)
    {
        if (to.Parent != organization.Parent)
        {
            if (organization.Id == OurOrganization.Id) return Refusal.Invalid("parent.ours", "Our own organisation is a whole, not a unit of another.", "parent");
            if (to.Parent is { } parent && await IsBelowAsync(parent, organization.Id, ct) is { } refusal) return refusal;
            organization.Parent = to.Parent;
        }
        if (to.Domains is null) return null;
        var (have, want) = (await db.Set<MailDomain>().Where(d => d.Organization == organization.Id).ToListAsync(ct), MailDomains.Read(to.Domains, organization.Id));
        db.RemoveRange(have.ExceptBy(want.Select(w => w.Domain), d => d.Domain));
        db.AddRange(want.ExceptBy(have.Select(h => h.Domain), d => d.Domain));
        return null;
    }

    private async Task<Refusal?> IsBelowAsync(PartyId parent, PartyId unit, CancellationToken ct)
    {
        PartyId? above = parent;
        for (var step = 0; above is { } here; step++)
        {
            if (here == unit || step == DeepestUnit) return Refusal.Invalid("parent.cycle", "An organisation cannot be a unit of itself or of one of its own units.", "parent");
            if (await db.Organizations().Where(o => o.Id == here).Select(o => new { o.Parent }).SingleOrDefaultAsync(ct) is not { } found) return Refusal.Missing("organization");
            above = found.Parent;
        }
        return null;
    }
}
