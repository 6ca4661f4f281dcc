using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;
using Rapport.Kernel.Web;

namespace Rapport.Customers;

/// <summary>Whose an address is.</summary>
public sealed record KnownAddress(PartyId Party, PartyKind Kind, string Name, Who Who, MemberId? Member);

/// <summary>Finds parties by what is known of them. Later floors ask here.</summary>
public sealed class PartyQueries(RapportDb db, TimeProvider clock, PartyList list, PartyRows rows, FindQueries find)
{
    private const int Batch = 500;

    /// <summary>Everybody who is reached at this address or number, however it is written.</summary>
    public async Task<IReadOnlyList<PartyRow>> FindByContactPointAsync(string value, CancellationToken ct)
    {
        var region = await db.RegionAsync(ct);
        var values = Enum.GetValues<ContactKind>().Select(kind => ContactPointReading.Value(kind, value, region)).OfType<string>().Distinct().ToList();
        var ids = await db.Set<ContactPoint>().Where(c => values.Contains(c.Value)).Select(c => c.Party).Distinct().Take(50).ToListAsync(ct);
        return ids.Count == 0 ? [] : await rows.ByIdAsync(ids, ct);
    }

    /// <summary>Whose these e-mail addresses are, in one query for each few hundred. Keys are as <see cref="EmailAddresses.Key"/> writes them; unknown ones are absent. Of several holders the person known longest.</summary>
    public async Task<Dictionary<string, KnownAddress>> PersonsByAddressAsync(IReadOnlyCollection<string> addresses, CancellationToken ct)
    {
        var found = new Dictionary<string, KnownAddress>();
        foreach (var some in addresses.Select(EmailAddresses.Key).OfType<string>().Distinct().Chunk(Batch))
        {
            var holders = await db.Set<ContactPoint>().Where(c => c.Kind == ContactKind.Email && some.Contains(c.Value))
                .Join(db.Parties(), c => c.Party, p => p.Id, (c, p) => new { c.Value, p.Id, p.Name, p.Who, IsPerson = p is Person, Member = p is Person ? ((Person)p).Member : null })
                .ToListAsync(ct);
            foreach (var h in holders.OrderByDescending(h => h.IsPerson).ThenBy(h => h.Id.Value))
                found.TryAdd(h.Value, new(h.Id, h.IsPerson ? PartyKind.Person : PartyKind.Organization, h.Name, h.Who, h.Member));
        }
        return found;
    }

    /// <summary>The organisation that a mail domain, or the domain above it, is of; null when it is nobody's or a free-mail provider's.</summary>
    public async Task<PartyRow?> OrganizationByDomainAsync(string domain, CancellationToken ct) =>
        EmailAddresses.Domain(domain) is { } ascii && await db.OrganizationByDomainAsync(ascii, ct) is { } id && await rows.ByIdAsync([id], ct) is [var only] ? only : null;

    /// <summary>Those a member answers for, by tier, who pays first.</summary>
    public Task<Page<PartyRow>> MyCustomersAsync(MemberId member, string? after, int size, CancellationToken ct) =>
        list.ListAsync(new PartyFilter(Owner: member), PartySort.Tier, after, size, ct);

    /// <summary>Those found by any scrap of a name, an address or a number, for pickers; who pays first.</summary>
    public async Task<IReadOnlyList<PartyRow>> SuggestAsync(string typed, PartyKind? kind, int most, Actor by, CancellationToken ct)
    {
        var query = SearchQuery.Parse(typed);
        if (query.IsEmpty) return [];
        var ids = new List<PartyId>();
        if (kind != PartyKind.Person) ids.AddRange((await find.FindAsync(SearchKind.Organization, query, by, most, ct)).Select(h => PartyId.From(h.Key.Ref)));
        if (kind != PartyKind.Organization) ids.AddRange((await find.FindAsync(SearchKind.Person, query, by, most, ct)).Select(h => PartyId.From(h.Key.Ref)));
        return ids.Count == 0 ? [] : [.. (await rows.ByIdAsync(ids, ct)).Take(most)];
    }

    /// <summary>The people who work at an organisation now, and at its units when asked; those known longest first.</summary>
    public async Task<IReadOnlyList<PartyId>> PeopleOfAsync(PartyId organization, bool unitsToo, int most, CancellationToken ct)
    {
        var places = unitsToo ? await UnitsOfAsync(organization, ct) : [organization];
        return await (await db.PresentPlacesAsync(clock, ct)).Where(a => places.Contains(a.Organization)).Select(a => a.Person).Distinct().OrderBy(p => p).Take(most).ToListAsync(ct);
    }

    /// <summary>An organisation and the units within it, at most a thousand and ten levels deep.</summary>
    public async Task<List<PartyId>> UnitsOfAsync(PartyId organization, CancellationToken ct)
    {
        var (all, level) = (new List<PartyId> { organization }, new List<PartyId> { organization });
        for (var depth = 0; depth < 10 && level.Count > 0 && all.Count < 1000; depth++)
        {
            var above = level.Select(p => (PartyId?)p).ToList();
            level = (await db.Organizations().Where(o => above.Contains(o.Parent)).Select(o => o.Id).Take(1000).ToListAsync(ct)).Except(all).ToList();
            all.AddRange(level);
        }
        return all;
    }
}
