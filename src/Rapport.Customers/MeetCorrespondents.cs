using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Kernel.Search;

namespace Rapport.Customers;

/// <summary>Somebody whose address stands in a message.</summary>
/// <param name="Address">As <see cref="EmailAddresses.Key"/> writes it.</param>
/// <param name="Name">As the message shows it; null or empty when it shows none.</param>
/// <param name="FirstWroteAt">When they wrote; null when they were only written to.</param>
/// <param name="Robot">The message was no human's.</param>
public sealed record Correspondent(string Address, string? Name, DateTimeOffset? FirstWroteAt, bool Robot = false);

/// <summary>Makes persons of addresses that nobody knows yet. For mail intake: it only tracks, the caller saves with everything else of its batch.</summary>
public sealed class MeetCorrespondents(RapportDb db, TimeProvider clock, PartyQueries parties)
{
    /// <summary>Whose each address is, by its key; those unknown are persons now, with a place proposed where the domain is an organisation's that we know.</summary>
    public async Task<Dictionary<string, PartyId>> TrackAsync(IReadOnlyCollection<Correspondent> met, CancellationToken ct)
    {
        var people = met.GroupBy(c => c.Address).ToDictionary(g => g.Key, g => g.FirstOrDefault(c => !string.IsNullOrWhiteSpace(c.Name)) ?? g.First());
        var found = (await parties.PersonsByAddressAsync(people.Keys, ct)).ToDictionary(k => k.Key, k => k.Value.Party);
        var unknown = people.Values.Where(c => !found.ContainsKey(c.Address)).ToList();
        if (unknown.Count == 0) return found;

        var installation = await db.InstallationAsync(ct);
        var domains = await db.OrganizationsByDomainAsync(unknown.Select(c => Domain(c.Address)).Distinct().ToList(), ct);
        var organizations = domains.Values.Distinct().ToList();
        var names = await db.Organizations().Where(o => organizations.Contains(o.Id)).Select(o => new { o.Id, o.Name }).ToDictionaryAsync(o => o.Id, o => o.Name, ct);
        foreach (var one in unknown)
        {
            var ours = installation?.IsOurs(one.Address) == true;
            var place = ours ? OurOrganization.Id : domains.TryGetValue(Domain(one.Address), out var organization) ? organization : (PartyId?)null;
            found[one.Address] = Track(one, ours, one.Robot ? null : place, place is { } at ? names.GetValueOrDefault(at) : null);
        }
        return found;
    }

    private PartyId Track(Correspondent one, bool ours, PartyId? place, string? organization)
    {
        var name = string.IsNullOrWhiteSpace(one.Name) ? one.Address : one.Name.Trim();
        if (name.Length > Party.LongestName) name = name[..Party.LongestName];
        var read = PersonNames.Read(one.Name);
        var person = new Person
        {
            Id = Ids.New<PartyId>(clock), CreatedAt = clock.GetUtcNow(), FirstWroteAt = one.FirstWroteAt, GivenName = PartyInput.Clean(read.Given), FamilyName = PartyInput.Clean(read.Family),
            Who = ours ? Who.OneOfUs : one.Robot ? Who.Robot : Who.Unknown,
        };
        person.Rename(name);
        db.Add(person);
        db.Add(new ContactPoint { Id = Ids.New<ContactPointId>(clock), Party = person.Id, Kind = ContactKind.Email, Value = one.Address, Given = one.Address, Domain = Domain(one.Address) });
        if (place is { } there) db.Add(new Affiliation { Id = Ids.New<AffiliationId>(clock), Person = person.Id, Organization = there, Proposed = !ours });
        db.Index(new SearchDocument(new(SearchKind.Person, person.Id.Value), name, organization ?? one.Address, organization is null ? [one.Address] : [one.Address, organization]));
        return person.Id;
    }

    private static string Domain(string address) => address[(address.LastIndexOf('@') + 1)..];
}
