using Microsoft.EntityFrameworkCore;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Customers;

/// <summary>Parties and what hangs on them by name, each leading to the party's page; and imports.</summary>
internal sealed class NameParties(RapportDb db) : INameThings
{
    public async Task<IReadOnlyList<NamedThing>> OfAsync(IReadOnlyCollection<Guid> ids, Actor by, CancellationToken ct)
    {
        var (parties, points, places, relationships, links, imports) = (ids.Select(PartyId.From).ToList(), ids.Select(ContactPointId.From).ToList(),
            ids.Select(AffiliationId.From).ToList(), ids.Select(RelationshipId.From).ToList(), ids.Select(ServesLinkId.From).ToList(), ids.Select(ImportId.From).ToList());
        var hanging = await db.Set<ContactPoint>().Where(c => points.Contains(c.Id)).Select(c => new Hanging(c.Id.Value, c.Party, c.Given)).ToListAsync(ct);
        hanging.AddRange(await db.Set<Affiliation>().Where(a => places.Contains(a.Id)).Select(a => new Hanging(a.Id.Value, a.Person, null)).ToListAsync(ct));
        hanging.AddRange(await db.Set<Relationship>().Where(r => relationships.Contains(r.Id)).Select(r => new Hanging(r.Id.Value, r.Customer, null)).ToListAsync(ct));
        hanging.AddRange(await db.Set<ServesLink>().Where(s => links.Contains(s.Id)).Select(s => new Hanging(s.Id.Value, s.Customer, s.With)).ToListAsync(ct));
        parties.AddRange(hanging.Select(h => h.Party));
        var names = await db.Parties().Where(p => parties.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return
        [
            .. names.Select(p => new NamedThing(p.Key.Value, p.Value, $"/parties/{p.Key}")),
            .. hanging.Where(h => names.ContainsKey(h.Party)).Select(h => new NamedThing(h.Id, h.Name ?? names[h.Party], $"/parties/{h.Party}")),
            .. (await db.Set<ImportRun>().Where(r => imports.Contains(r.Id)).Select(r => new { r.Id, r.Name }).ToListAsync(ct)).Select(r => new NamedThing(r.Id.Value, r.Name, $"/import/{r.Id}")),
        ];
    }

    private sealed record Hanging(Guid Id, PartyId Party, string? Name);
}
