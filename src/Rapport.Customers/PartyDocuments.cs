using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Customers;

/// <summary>How parties are found: by names old and new, addresses, numbers, organisation and title. Who pays comes first.</summary>
public sealed class PartyDocuments(RapportDb db, TimeProvider clock)
{
    private const int Batch = 500;

    /// <summary>Indexes these parties as they are stored now, and the people of those that are organisations. The caller saves.</summary>
    public async Task IndexAsync(IReadOnlyCollection<PartyId> parties, CancellationToken ct)
    {
        var present = await db.PresentPlacesAsync(clock, ct);
        foreach (var some in parties.Chunk(Batch)) await IndexBatchAsync(some, present, ct);
        foreach (var some in parties.Chunk(Batch))
        {
            var people = await present.Where(a => some.Contains(a.Organization)).Select(a => a.Person).Distinct().ToListAsync(ct);
            foreach (var batch in people.Except(parties).Chunk(Batch)) await IndexBatchAsync(batch, present, ct);
        }
    }

    private async Task IndexBatchAsync(PartyId[] ids, IQueryable<Affiliation> present, CancellationToken ct)
    {
        var parties = await db.Set<Party>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(ct);
        var points = (await db.Set<ContactPoint>().AsNoTracking().Where(c => ids.Contains(c.Party)).OrderBy(c => c.Id).ToListAsync(ct)).ToLookup(c => c.Party);
        var places = (await present.Where(a => ids.Contains(a.Person))
            .Join(db.Set<Party>(), a => a.Organization, o => o.Id, (a, o) => new { a.Person, a.Title, Organization = o }).AsNoTracking().ToListAsync(ct)).ToLookup(a => a.Person);
        var domains = (await db.Set<MailDomain>().Where(d => ids.Contains(d.Organization)).ToListAsync(ct)).ToLookup(d => d.Organization);
        var parents = await ParentsAsync(parties, ct);

        foreach (var party in parties)
        {
            var key = new SearchKey(party is Person ? SearchKind.Person : SearchKind.Organization, party.Id.Value);
            if (party.MergedInto is not null)
            {
                db.Unindex(key);
                continue;
            }
            var parent = party is Organization { Parent: { } above } ? parents.GetValueOrDefault(above) : null;
            db.Index(Of(party, [.. points[party.Id]], [.. places[party.Id].Select(p => (p.Title, p.Organization))], [.. domains[party.Id].Select(d => d.Domain)], parent));
        }
    }

    /// <summary>How one party is found, from all that is known of it.</summary>
    internal static SearchDocument Of(Party party, IReadOnlyList<ContactPoint> points, IReadOnlyList<(string? Title, Party Organization)> places, IReadOnlyList<string> domains, string? parent)
    {
        var shown = places.Count == 0 ? default : places.MinBy(p => p.Organization.Rank);
        var (title, organization) = shown;
        List<string> scraps = [.. party.FormerNames];
        foreach (var point in points)
        {
            scraps.Add(point.Given);
            if (point.Value != point.Given) scraps.Add(point.Value);
        }
        scraps.AddRange(domains);
        // What the line beneath shows is indexed with it, and not twice.
        foreach (var other in places.Where(p => p != shown)) scraps.AddRange(new[] { other.Organization.Name, other.Title }.OfType<string>());
        if (parent is not null && organization is not null) scraps.Add(parent);
        var detail = organization is null ? parent ?? (points.Count > 0 ? points[0].Given : "") : Joined(title, organization.Name);
        return new SearchDocument(new(party is Person ? SearchKind.Person : SearchKind.Organization, party.Id.Value), party.Name, detail, scraps, Weight(party, organization?.Rank));
    }

    private async Task<Dictionary<PartyId, string>> ParentsAsync(List<Party> parties, CancellationToken ct)
    {
        var wanted = parties.OfType<Organization>().Select(o => o.Parent).OfType<PartyId>().Distinct().ToList();
        return wanted.Count == 0 ? [] : await db.Set<Party>().Where(p => wanted.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
    }

    // 100 for who pays, then by tier; people are as weighty as the best place they have.
    private static int Weight(Party party, int? place)
    {
        var rank = Math.Min(party.Rank, place ?? CustomerRank.Last);
        var weight = party.Pays || rank < CustomerRank.Last && rank % 2 == 1 ? 100 : 10 * (CustomerRank.Last - rank) / 2;
        return party.ArchivedAt is not null || party.Who == Who.Robot ? weight - 100 : weight;
    }

    private static string Joined(string? title, string organization) => string.IsNullOrEmpty(title) ? organization : $"{title}, {organization}";
}
