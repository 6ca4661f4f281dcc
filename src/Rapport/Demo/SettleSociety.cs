using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Demo;

/// <summary>Brings who there is into the database: members, organisations, people, what they are to us, who serves whom.</summary>
internal sealed class SettleSociety(DemoWorld world, DemoNames names, DemoDeeds deeds, DateTimeOffset before)
{
    private readonly Dictionary<string, DemoRelationship> asCustomers = world.Relationships.Where(r => r.Kind != DemoRelationshipKind.Internal).ToDictionary(r => r.Customer);

    /// <summary>Who shows the demo best: the member with the most customers.</summary>
    public string Star { get; } = world.Relationships.Where(r => r.Kind is DemoRelationshipKind.Customer).GroupBy(r => r.Owner).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).First().Key;

    public async Task JoinAsync(CancellationToken ct)
    {
        var star = world.People.Single(p => p.Key == Star);
        await deeds.RunAsync(before, [services => SetUpAsync(services, star, ct)], ct);
        await deeds.RunAsync(before, world.People.Where(p => p.IsMember && p != star).Select(person => (Func<IServiceProvider, Task>)(async services =>
            names.Members[person.Key] = (await services.GetRequiredService<AdmitMember>().RunAsync(person.Name, person.Key, RolesOf(person), names.Members[Star], ct).OrFailAsync()).Actor)), ct);
    }

    private async Task SetUpAsync(IServiceProvider services, DemoPerson star, CancellationToken ct)
    {
        var days = $"{world.Hours.Days[0].ToString()[..2]}-{world.Hours.Days[^1].ToString()[..2]}";
        var us = new NewInstallation(world.Ours.Name, world.OurDomains, world.Hours.Zone, $"{days} {world.Hours.Opens:HH\\:mm}-{world.Hours.Closes:HH\\:mm}", world.Hours.Country);
        var password = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var (owner, problems) = await services.GetRequiredService<SetUpRapport>().RunAsync(new NewMember(star.Name, star.Key, password), us, ct);
        names.Members[Star] = owner?.Actor ?? throw new InvalidOperationException(string.Join(' ', problems.Select(p => p.Message)));
    }

    private static Roles RolesOf(DemoPerson person) => person.Affiliations[^1].Level switch
    {
        "executive" => Roles.Administrator | Roles.Manager,
        "management" => Roles.Manager | Roles.Member,
        _ => Roles.Member,
    };

    /// <summary>Once the members have become persons of ours.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        names.Parties["us"] = OurOrganization.Id;
        await deeds.RunAsync(before, world.Organizations.Where(o => o.Key != "us").OrderBy(o => o.Parent is not null).Select(o => (Func<IServiceProvider, Task>)(s => AddAsync(s, o, ct))), ct);
        await deeds.RunAsync(before, world.People.Select(p => (Func<IServiceProvider, Task>)(s => p.IsMember ? PlaceAsync(s, p, ct) : AddAsync(s, p, ct))), ct);
        await deeds.RunAsync(before, world.Relationships.Select(r => (Func<IServiceProvider, Task>)(s => StartAsync(s, r, ct))), ct);
        await deeds.RunAsync(before, world.Serves.Select(link => (Func<IServiceProvider, Task>)(s =>
            s.GetRequiredService<LinkServes>().RunAsync(new(names.Parties[link.Provider], names.Parties[link.Customer], link.With, link.Since), names.Members[Star], ct).OrFailAsync())), ct);
    }

    private async Task AddAsync(IServiceProvider services, DemoOrganization organization, CancellationToken ct)
    {
        var parent = organization.Parent is { } key ? names.Parties[key] : (PartyId?)null;
        List<NewContactPoint> points = [];
        if (organization.Phone is { } phone) points.Add(new(ContactKind.Telephone, phone, "switchboard"));
        if (organization.Address is { } address) points.Add(new(ContactKind.Postal, address));
        names.Parties[organization.Key] = await services.GetRequiredService<AddOrganization>().RunAsync(
            new(organization.Name, parent, organization.Domains, points, organization.OtherName is { } other ? $"Also called {other}." : null, Zone: organization.Zone, Who: WhoOf(organization.Parent ?? organization.Key)),
            names.Members[Star], ct).OrFailAsync();
    }

    private Who WhoOf(string organization) => asCustomers.GetValueOrDefault(organization)?.Kind switch
    {
        DemoRelationshipKind.Customer or DemoRelationshipKind.Former => Who.Customer,
        DemoRelationshipKind.Potential => Who.PotentialCustomer,
        DemoRelationshipKind.Supplier => Who.Supplier,
        DemoRelationshipKind.Internal or null => Who.Unknown,
    };

    private async Task AddAsync(IServiceProvider services, DemoPerson person, CancellationToken ct)
    {
        var home = person.Affiliations[^1].Organization;
        var whole = world.Organizations.FirstOrDefault(o => o.Key == home)?.Parent ?? home;
        var id = await services.GetRequiredService<AddPerson>().RunAsync(
            new(person.Name, ContactPoints: Points(person, addresses: true), Note: person.LatinName is { } latin ? $"In Latin letters: {latin}." : null, Language: person.Language, Zone: person.Zone, Who: WhoOf(whole)), names.Members[Star], ct).OrFailAsync();
        foreach (var address in person.Addresses.Append(person.Key)) names.Parties[address] = id;
        foreach (var place in person.Affiliations)
            await services.GetRequiredService<Affiliate>().RunAsync(id, PlaceOf(place), names.Members[Star], ct).OrFailAsync();
    }

    private NewAffiliation PlaceOf(DemoAffiliation place) =>
        new(names.Parties[place.Organization], place.Title, Enum.Parse<Level>(place.Level, true), null, place.From, place.Until);

    private static List<NewContactPoint> Points(DemoPerson person, bool addresses)
    {
        List<NewContactPoint> points = addresses ? [.. person.Addresses.Select((a, i) => new NewContactPoint(ContactKind.Email, a, Preferred: i == person.Addresses.Count - 1))] : [];
        if (person.Phone is { } phone) points.Add(new(ContactKind.Telephone, phone, "work"));
        if (person.Mobile is { } mobile) points.Add(new(ContactKind.Telephone, mobile, "mobile"));
        return points;
    }

    /// <summary>Members are persons of ours already; they are given their numbers, their titles and their units.</summary>
    private async Task PlaceAsync(IServiceProvider services, DemoPerson person, CancellationToken ct)
    {
        var (db, member, by) = (services.GetRequiredService<RapportDb>(), names.Members[person.Key].Id, names.Members[Star]);
        var id = await db.Set<Person>().Where(p => p.Member == member).Select(p => p.Id).SingleAsync(ct);
        foreach (var address in person.Addresses.Append(person.Key)) names.Parties[address] = id;
        foreach (var point in Points(person, addresses: false)) await services.GetRequiredService<AddContactPoint>().RunAsync(id, point, by, ct).OrFailAsync();
        var place = person.Affiliations[^1];
        var unit = world.Organizations.FirstOrDefault(o => o.Key == place.Organization);
        var ours = await db.Set<Affiliation>().Where(a => a.Person == id && a.Organization == OurOrganization.Id).Select(a => a.Id).SingleAsync(ct);
        await services.GetRequiredService<ChangeAffiliation>().RunAsync(id, ours, PlaceOf(place) with { Department = unit?.Name }, by, ct).OrFailAsync();
        if (unit is not null) await services.GetRequiredService<Affiliate>().RunAsync(id, PlaceOf(place), by, ct).OrFailAsync();
    }

    private async Task StartAsync(IServiceProvider services, DemoRelationship relationship, CancellationToken ct)
    {
        var (customer, owner) = (names.Parties[relationship.Customer], names.Members[relationship.Owner]);
        if (relationship.Kind == DemoRelationshipKind.Supplier)
        {
            await services.GetRequiredService<SayWho>().RunAsync(customer, Who.Supplier, owner, ct).OrFailAsync();
            return;
        }
        var terms = new RelationshipTerms(owner.Id, relationship.Tier is { } tier ? Enum.Parse<Tier>(tier) : Tier.None, relationship.Pays, Since: relationship.Since, Until: relationship.Until);
        var started = await services.GetRequiredService<StartRelationship>().RunAsync(customer, names.Parties[relationship.Provider], terms, owner, ct).OrFailAsync();
        if (relationship.Kind != DemoRelationshipKind.Internal) names.Relationships[relationship.Customer] = started;
    }
}
