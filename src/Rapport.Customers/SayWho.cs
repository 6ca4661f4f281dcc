using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>What an answer to "Who is it?" did.</summary>
/// <param name="Id">To take it back by.</param>
/// <param name="About">The organisation where there is one, else the person.</param>
/// <param name="Parties">How many were judged with it.</param>
public sealed record WhoAnswered(WhoSaidId Id, PartyId About, int Parties);

/// <summary>Answers "Who is it?" for one party or for everybody of a mail domain, in one key.</summary>
/// <remarks>
/// A customer of an organisation makes the organisation the customer: it is made from the mail domain where there is none yet.
/// Supplier and private are judgements of relevance; a robot is no customer and no person, and gets none.
/// </remarks>
public sealed class SayWho(RapportDb db, TimeProvider clock, SettleParties settle)
{
    /// <summary>How many people of a domain are judged at once; the rest are judged by asking again.</summary>
    public const int MostAtOnce = 2_000;

    /// <summary>For one party.</summary>
    public async Task<Result<WhoAnswered>> RunAsync(PartyId party, Who answer, Actor by, CancellationToken ct)
    {
        if (Check(answer) is { } refusal) return refusal;
        if (await db.Parties().SingleOrDefaultAsync(p => p.Id == party, ct) is not { } found) return Refusal.Missing("party");
        if (found.IsOurs()) return Refusal.Invalid("who.ours", "They are one of us.", "party");
        if (found is Organization organization) return await SayAsync([], organization, null, answer, by, ct);
        var domains = await db.Set<ContactPoint>().Where(c => c.Party == party && c.Domain != null).OrderByDescending(c => c.Preferred).ThenBy(c => c.Id).Select(c => c.Domain!).ToListAsync(ct);
        return await SayAsync([(Person)found], null, domains.Find(d => !FreeMailDomains.Contains(d)), answer, by, ct);
    }

    /// <summary>For everybody of a mail domain whom nobody has judged yet.</summary>
    public async Task<Result<WhoAnswered>> OfDomainAsync(string domain, Who answer, Actor by, CancellationToken ct)
    {
        if (Check(answer) is { } refusal) return refusal;
        if (EmailAddresses.Domain(domain) is not { } ascii) return Refusal.Invalid("domain.unreadable", "This is not a mail domain. Write it like example.com.", "domain");
        if (FreeMailDomains.Contains(ascii)) return Refusal.Invalid("domain.free", "Anybody can have an address there. Judge its people one by one.", "domain");
        var people = await db.Persons().Where(p => p.Who == Who.Unknown && db.Set<ContactPoint>().Any(c => c.Party == p.Id && c.Domain == ascii)).OrderBy(p => p.Id).Take(MostAtOnce).ToListAsync(ct);
        var organization = await db.OrganizationByDomainAsync(ascii, ct);
        if (people.Count == 0 && organization is null) return Refusal.Missing("mail domain");
        return await SayAsync(people, organization is { } known ? await db.Organizations().SingleAsync(o => o.Id == known, ct) : null, ascii, answer, by, ct);
    }

    private static Refusal? Check(Who answer) =>
        answer is Who.Unknown or Who.OneOfUs ? Refusal.Invalid("who.impossible", "Say customer, potentialCustomer, supplier, private or robot.", "who") : null;

    private async Task<Result<WhoAnswered>> SayAsync(List<Person> people, Organization? organization, string? domain, Who answer, Actor by, CancellationToken ct)
    {
        var changes = new WhoSaidChanges([], null, [], [], [], [], []);
        if (answer is not (Who.Private or Who.Robot))
            (organization, changes) = await PlaceAsync(people, organization, domain, changes, ct);
        Party[] judged = organization is null ? [.. people] : [.. people, organization];
        if (Array.Exists(judged, p => p.IsOurs())) return Refusal.Invalid("who.ours", "They are one of us.", "party");
        foreach (var party in judged)
        {
            changes.Before[party.Id.Value] = party.Who;
            party.Who = answer;
        }

        // Robots have no relationship; private people are judged one by one, everybody else by their organisation.
        if (answer != Who.Robot) changes = await JudgeAsync(organization is null ? [.. people] : [organization], answer, changes, by, ct);

        var said = new WhoSaid { Id = Ids.New<WhoSaidId>(clock), Answer = answer, About = organization?.Id ?? people[0].Id, Domain = domain, By = by.Id, At = clock.GetUtcNow(), Changes = JsonSerializer.Serialize(changes, Json.Options) };
        db.Add(said);
        return await settle.SaveAsync([.. judged.Select(p => p.Id)], by, ct) is { } conflict ? conflict : new WhoAnswered(said.Id, said.About, judged.Length);
    }

    /// <summary>Finds or makes the organisation of the domain, and gives everybody a place in it.</summary>
    private async Task<(Organization?, WhoSaidChanges)> PlaceAsync(List<Person> people, Organization? organization, string? domain, WhoSaidChanges changes, CancellationToken ct)
    {
        var ids = people.Select(p => p.Id).ToList();
        var places = await (await db.PresentPlacesAsync(clock, ct)).Where(a => ids.Contains(a.Person)).ToListAsync(ct);
        var known = organization?.Id ?? (people.Count == 1 && places.Count > 0 ? places[0].Organization : domain is null ? null : await db.OrganizationByDomainAsync(domain, ct));
        organization ??= known is { } there ? await db.Organizations().SingleOrDefaultAsync(o => o.Id == there, ct) : null;
        if (organization is null && domain is not null && OrganizationFromDomain.Propose(domain) is { } name)
        {
            organization = new Organization { Id = Ids.New<PartyId>(clock), CreatedAt = clock.GetUtcNow() };
            organization.Rename(name);
            db.Add(organization);
            db.Add(new MailDomain { Domain = RegistrableDomain.Of(domain), Organization = organization.Id });
            changes = changes with { Organization = organization.Id };
        }
        if (organization is null) return (null, changes);

        foreach (var person in people)
        {
            if (places.Find(a => a.Person == person.Id && a.Organization == organization.Id) is { } place)
            {
                if (place.Proposed) changes.Confirmed.Add(place.Id);
                place.Proposed = false;
                continue;
            }
            var affiliation = new Affiliation { Id = Ids.New<AffiliationId>(clock), Person = person.Id, Organization = organization.Id };
            db.Add(affiliation);
            changes.Affiliations.Add(affiliation.Id);
        }
        return (organization, changes);
    }

    private async Task<WhoSaidChanges> JudgeAsync(IReadOnlyList<Party> customers, Who answer, WhoSaidChanges changes, Actor by, CancellationToken ct)
    {
        var ids = customers.Select(c => c.Id).ToList();
        var known = await db.Set<Relationship>().Where(r => ids.Contains(r.Customer) && r.Provider == OurOrganization.Id).ToDictionaryAsync(r => r.Customer, ct);
        MemberId? owner = answer is Who.Customer or Who.PotentialCustomer && by.Id != default ? by.Id : null;
        await db.OursAsync(clock, ct);
        foreach (var customer in ids)
        {
            if (!known.TryGetValue(customer, out var relationship))
            {
                relationship = new Relationship { Id = Ids.New<RelationshipId>(clock), Provider = OurOrganization.Id, Customer = customer, Owner = owner, CreatedAt = clock.GetUtcNow() };
                db.Add(relationship);
                changes.Started.Add(relationship.Id);
            }
            else if (relationship.Owner is null && owner is not null)
            {
                relationship.Owner = owner;
                changes.Owned.Add(relationship.Id);
            }
            foreach (var (kind, found) in Meaning(answer))
            {
                var judgement = Judge.Of(relationship.Id, kind, found, $"Said by {by.Name}", by, clock);
                db.Add(judgement);
                changes.Judgements.Add(judgement.Id);
            }
        }
        return changes;
    }

    // Saying "potential" after "customer" takes the intention back, so it is said too.
    private static (JudgementKind, Answer)[] Meaning(Who answer) => answer switch
    {
        Who.Customer => [(JudgementKind.Relevance, Answer.Yes), (JudgementKind.Authority, Answer.Yes), (JudgementKind.Means, Answer.Yes), (JudgementKind.Intention, Answer.Yes)],
        Who.PotentialCustomer => [(JudgementKind.Relevance, Answer.Yes), (JudgementKind.Authority, Answer.Yes), (JudgementKind.Means, Answer.Yes), (JudgementKind.Intention, Answer.Unknown)],
        Who.Supplier or Who.Private => [(JudgementKind.Relevance, Answer.No)],
        Who.Robot or Who.Unknown or Who.OneOfUs => [],
    };
}
