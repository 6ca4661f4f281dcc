using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>Where a person works, as lists show it.</summary>
public sealed record PartyPlace(PartyId Organization, string Name, string? Title, Standing? Standing, Tier Tier, bool Pays);

/// <summary>A party in a list.</summary>
/// <param name="Place">For a person: the organisation that matters most to us.</param>
public sealed record PartyRow(
    PartyId Id, PartyKind Kind, string Name, Who Who, Standing? Standing, Tier Tier, MemberId? Owner, string? OwnerName, bool Pays, bool Internal,
    DateTimeOffset? LastContactAt, DateTimeOffset? ArchivedAt, PartyPlace? Place);

/// <summary>Makes rows of parties, with two queries for any number of them.</summary>
public sealed class PartyRows(RapportDb db, TimeProvider clock)
{
    /// <summary>The rows of these parties, in their order.</summary>
    public async Task<IReadOnlyList<PartyRow>> OfAsync(IEnumerable<Party> parties, CancellationToken ct)
    {
        var all = parties.ToList();
        var places = await PlacesAsync(all.OfType<Person>().Select(p => p.Id).ToList(), ct);
        var owners = await db.NamesOfMembersAsync(all.Select(p => p.Owner), ct);
        return all.ConvertAll(p => new PartyRow(
            p.Id, p is Person ? PartyKind.Person : PartyKind.Organization, p.Name, p.Who, p.Standing, p.Tier, p.Owner, p.Owner is { } owner ? owners.GetValueOrDefault(owner) : null,
            p.Pays, p.IsOurs(), p.LastContactAt, p.ArchivedAt, places.GetValueOrDefault(p.Id)));
    }

    /// <summary>The rows of these ids; those that are gone are absent.</summary>
    public async Task<IReadOnlyList<PartyRow>> ByIdAsync(IReadOnlyCollection<PartyId> ids, CancellationToken ct) =>
        await OfAsync(await db.Parties().AsNoTracking().Where(p => ids.Contains(p.Id)).OrderBy(p => p.Rank).ThenBy(p => p.SortName).ToListAsync(ct), ct);

    /// <summary>For each person the present place that matters most to us: who pays first, then by tier.</summary>
    public async Task<Dictionary<PartyId, PartyPlace>> PlacesAsync(IReadOnlyCollection<PartyId> people, CancellationToken ct)
    {
        if (people.Count == 0) return [];
        var places = await (await db.PresentPlacesAsync(clock, ct)).Where(a => people.Contains(a.Person))
            .Join(db.Organizations(), a => a.Organization, o => o.Id, (a, o) => new { a.Person, o.Rank, Place = new PartyPlace(o.Id, o.Name, a.Title, o.Standing, o.Tier, o.Pays) }).ToListAsync(ct);
        return places.GroupBy(p => p.Person).ToDictionary(g => g.Key, g => g.OrderBy(p => p.Rank).ThenBy(p => p.Place.Organization.Value).First().Place);
    }
}
