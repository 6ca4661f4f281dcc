using Microsoft.EntityFrameworkCore;
using Rapport.Channels.Mail;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Kernel.Search;

namespace Rapport.Conversations;

/// <summary>Somebody behind an address.</summary>
internal sealed class Known
{
    public required PartyId Id { get; init; }
    public required string Name { get; init; }
    public required Who Who { get; init; }
    public MemberId? Member { get; init; }
    public bool IsOrganization { get; init; }
    /// <summary>Where they belong and when; our own organisation as a whole is not told, or every mail would be on its page.</summary>
    public List<(PartyId Organization, DateOnly? From, DateOnly? Until)> Places { get; } = [];
    /// <summary>Made in this batch, not yet saved.</summary>
    public Person? New { get; init; }

    public bool IsOurs => Who == Who.OneOfUs;

    public IEnumerable<PartyId> OrganizationsAt(DateOnly day) =>
        Places.Where(p => (p.From is null || p.From <= day) && (p.Until is null || p.Until >= day)).Select(p => p.Organization).Distinct();
}

/// <summary>The people of one batch of mails: found by their addresses in a few queries for all, made where nobody has the address yet.</summary>
internal sealed class Correspondents(RapportDb db, TimeProvider clock)
{
    private readonly Dictionary<string, Known> byAddress = [];
    private readonly Dictionary<string, (PartyId Id, string Name)> byDomain = [];
    private readonly Dictionary<PartyId, (Known Known, string Said)> introduced = [];
    private readonly MetByImport met = new(db);
    private OurInstallation? installation;

    /// <summary>The import that brings the mail at hand, whose ledger says whom it made.</summary>
    public ImportId? Import { get; set; }
    public int People { get; private set; }
    public int Organizations { get; private set; }

    public async Task LoadAsync(IEnumerable<Correspondent> all, CancellationToken ct)
    {
        installation = await db.InstallationAsync(ct);
        var read = all.Select(c => EmailAddresses.Read(c.Address)).OfType<EmailAddress>().DistinctBy(a => a.Key).ToList();
        var keys = read.Select(a => a.Key).Concat(read.Select(Untagged).OfType<string>()).Distinct().ToList();
        var found = await (from c in db.Set<ContactPoint>()
                           where c.Kind == ContactKind.Email && EF.Parameter(keys).Contains(c.Value)
                           join p in db.Parties() on c.Party equals p.Id
                           select new { c.Value, Party = p, p.ArchivedAt }).AsNoTracking().ToListAsync(ct);
        foreach (var one in found.OrderBy(f => f.ArchivedAt is not null).ThenBy(f => f.Party.Id.Value))
            byAddress.TryAdd(one.Value, new() { Id = one.Party.Id, Name = one.Party.Name, Who = one.Party.Who, Member = (one.Party as Person)?.Member, IsOrganization = one.Party is Organization });
        await LoadPlacesAsync(ct);
        await LoadDomainsAsync(read.Where(a => !byAddress.ContainsKey(a.Key)), ct);
    }

    /// <summary>Whether an address is ours: of our domains, or of one of us.</summary>
    public bool IsOurs(Correspondent? c) => c is not null && (installation?.IsOurs(c.Address) == true || Find(c)?.IsOurs == true);

    /// <summary>Whether a mailing list is kept by us: then it is an address of ours with several readers.</summary>
    public bool IsOurList(string? listId) => listId is not null && installation?.MailDomains.Exists(d => listId.EndsWith('.' + d, StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>Who has the address; null when nobody has.</summary>
    public Known? Find(Correspondent? c) => c is not null && EmailAddresses.Key(c.Address) is { } key ? byAddress.GetValueOrDefault(key) : null;

    /// <summary>The organisation whose domain it is, known or not as a person's place.</summary>
    public PartyId? OrganizationOf(Correspondent? c) =>
        c is not null && EmailAddresses.Read(c.Address) is { } address && byDomain.TryGetValue(RegistrableDomain.Of(address.Domain), out var found) ? found.Id : null;

    /// <summary>Who has the address; a new person when nobody has. Null when the address is none.</summary>
    public Known? FindOrMake(Correspondent c, DateTimeOffset at)
    {
        if (EmailAddresses.Read(c.Address) is not { } address) return null;
        if (byAddress.TryGetValue(address.Key, out var known)) return known;
        var untagged = Untagged(address);
        if (untagged is not null && byAddress.TryGetValue(untagged, out var same) && SameName(same.Name, CorrespondentName.Of(c.Name, address))) return byAddress[address.Key] = same;
        var ours = installation?.IsOurs(address.Key) == true;
        var name = PersonNames.Read(CorrespondentName.Of(c.Name, address));
        var person = new Person { Id = Ids.New<PartyId>(clock), Who = ours ? Who.OneOfUs : Who.Unknown, CreatedAt = clock.GetUtcNow() };
        person.Introduce(name);
        db.Add(person);
        // Kept by the address behind the marks, so that the next mark finds the same person; others may share it at a service.
        var value = untagged is not null && !byAddress.ContainsKey(untagged) ? untagged : address.Key;
        var point = new ContactPoint { Id = Ids.New<ContactPointId>(clock), Party = person.Id, Kind = ContactKind.Email, Value = value, Domain = address.Domain, Given = address.Original };
        db.Add(point);

        known = new() { Id = person.Id, Name = person.Name, Who = person.Who, New = person };
        var place = ours ? (OurOrganization.Id, "") : PlaceOf(address);
        var affiliation = place is { } organization ? Affiliate(known, organization.Item1, ours) : null;
        if (Import is { } import) met.Met(import, person, point, affiliation);
        db.Index(new SearchDocument(new(SearchKind.Person, person.Id.Value), person.Name, place?.Item2 ?? "", [address.Key]));
        byAddress.Add(address.Key, known);
        byAddress.TryAdd(value, known);
        People++;
        return known;
    }

    /// <summary>Hears what somebody who writes calls themselves. Whoever was met by an address alone is called so from then on.</summary>
    public void Hear(Correspondent sender)
    {
        if (EmailAddresses.Read(sender.Address) is not { } address || !byAddress.TryGetValue(address.Key, out var known) || known.IsOrganization || known.Member is not null) return;
        var said = CorrespondentName.Of(sender.Name, address);
        if (known.Name == CorrespondentName.Of("", address) && said != known.Name) introduced.TryAdd(known.Id, (known, said));
    }

    /// <summary>Writes down whom the import made, and who said their name; the caller saves, and then has them indexed anew.</summary>
    public async Task<IReadOnlyCollection<PartyId>> FinishAsync(CancellationToken ct)
    {
        await met.NoteAsync(ct);
        if (introduced.Count == 0) return [];
        var ids = introduced.Values.Where(i => i.Known.New is null).Select(i => i.Known.Id).ToList();
        var here = await db.Set<Person>().Where(p => EF.Parameter(ids).Contains(p.Id)).ToListAsync(ct);
        foreach (var person in here.Concat(introduced.Values.Select(i => i.Known.New).OfType<Person>())) person.Introduce(PersonNames.Read(introduced[person.Id].Said));
        return introduced.Keys;
    }

    private Affiliation? Affiliate(Known known, PartyId organization, bool ours)
    {
        if (ours && !hasUs) return null;
        var affiliation = new Affiliation { Id = Ids.New<AffiliationId>(clock), Person = known.Id, Organization = organization, Proposed = !ours };
        db.Add(affiliation);
        if (!ours) known.Places.Add((organization, null, null));
        return affiliation;
    }

    private bool hasUs;

    // The organisation of a domain, proposed where there is none; never for free-mail domains.
    private (PartyId, string)? PlaceOf(EmailAddress address)
    {
        if (FreeMailDomains.Contains(address.Domain)) return null;
        var domain = RegistrableDomain.Of(address.Domain);
        if (byDomain.TryGetValue(domain, out var found)) return found;
        if (OrganizationFromDomain.Propose(domain) is not { } name) return null;
        var organization = new Organization { Id = Ids.New<PartyId>(clock), Who = Who.Unknown, CreatedAt = clock.GetUtcNow() };
        organization.Rename(name);
        db.Add(organization);
        var owned = new MailDomain { Domain = domain, Organization = organization.Id };
        db.Add(owned);
        if (Import is { } import) met.Met(import, organization, owned);
        db.Index(new SearchDocument(new(SearchKind.Organization, organization.Id.Value), name, domain, [domain]));
        Organizations++;
        return byDomain[domain] = (organization.Id, name);
    }

    private async Task LoadPlacesAsync(CancellationToken ct)
    {
        var people = byAddress.Values.Select(k => k.Id).Distinct().ToList();
        var places = await db.Set<Affiliation>().AsNoTracking().Where(a => EF.Parameter(people).Contains(a.Person)).ToListAsync(ct);
        var byPerson = places.Where(a => a.Organization != OurOrganization.Id).ToLookup(a => a.Person);
        foreach (var known in byAddress.Values)
            known.Places.AddRange(byPerson[known.Id].OrderBy(a => a.Proposed).ThenBy(a => a.Id.Value).Select(a => (a.Organization, a.From, a.Until)));
    }

    private async Task LoadDomainsAsync(IEnumerable<EmailAddress> strangers, CancellationToken ct)
    {
        hasUs = await db.Organizations().AnyAsync(o => o.Id == OurOrganization.Id, ct);
        var domains = strangers.SelectMany(a => new[] { a.Domain, RegistrableDomain.Of(a.Domain) }).Distinct().ToList();
        var found = await (from d in db.Set<MailDomain>()
                           where EF.Parameter(domains).Contains(d.Domain)
                           join o in db.Organizations() on d.Organization equals o.Id
                           select new { d.Domain, o.Id, o.Name, Unit = o.Parent != null }).ToListAsync(ct);
        // Units may share a domain with the whole; mail alone does not say which unit it is.
        foreach (var one in found.OrderBy(f => f.Unit).ThenBy(f => f.Id.Value)) byDomain.TryAdd(one.Domain, (one.Id, one.Name));
    }

    // RFC 5233: what follows the plus is the owner's own mark, another one for each shop or each week.
    private static string? Untagged(EmailAddress address) =>
        address.LocalPart.IndexOf('+', StringComparison.Ordinal) is var tag and > 0 ? $"{address.LocalPart[..tag].ToLowerInvariant()}@{address.Domain}" : null;

    private static bool SameName(string one, string other) => PersonNames.Read(one).ComparisonKey == PersonNames.Read(other).ComparisonKey;
}
