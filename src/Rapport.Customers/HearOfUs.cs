using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Customers;

/// <summary>A member is known as a person of our organisation, with what was said with that person before.</summary>
public sealed record MemberKnown(MemberId Member, PartyId Person) : IHappening;

/// <summary>Keeps our own organisation in step with what the installation says of us: it exists from the first run, with our name and mail domains.</summary>
internal sealed class KeepOurOrganization(RapportDb db, TimeProvider clock, SettleParties settle) : IHear<RapportSetUp>, IHear<InstallationChanged>
{
    public Task HearAsync(RapportSetUp happening, Actor by, CancellationToken ct) => RunAsync(by, ct);

    public Task HearAsync(InstallationChanged happening, Actor by, CancellationToken ct) => RunAsync(by, ct);

    private async Task RunAsync(Actor by, CancellationToken ct)
    {
        if (await db.InstallationAsync(ct) is not { } installation) return;
        var us = await db.OursAsync(clock, ct);
        if (us.Name != installation.Name) us.Rename(installation.Name);
        (us.Who, us.Zone) = (Who.OneOfUs, installation.Zone);
        var (have, want) = (await db.Set<MailDomain>().Where(d => d.Organization == us.Id).ToListAsync(ct), MailDomains.Read(installation.MailDomains, us.Id));
        db.AddRange(want.ExceptBy(have.Select(h => h.Domain), d => d.Domain));
        if (await settle.SaveAsync([us.Id], by, ct) is { } refusal) throw new InvalidOperationException(refusal.Message);
    }
}

/// <summary>Makes members persons of our organisation, so that a colleague can be met, served and named like anybody else.</summary>
internal sealed class WelcomeMember(RapportDb db, TimeProvider clock, SettleParties settle, PartyQueries parties) : IHear<MemberJoined>
{
    public async Task HearAsync(MemberJoined happening, Actor by, CancellationToken ct)
    {
        if (await db.MemberAsync(happening.Member, ct) is not { } member) return;
        var person = await db.Persons().FirstOrDefaultAsync(p => p.Member == member.Id, ct) ?? await KnownByMailAsync(member, ct) ?? Made();
        if (person.Name != member.Name) person.Rename(member.Name);
        (person.Member, person.Who) = (member.Id, Who.OneOfUs);

        await db.OursAsync(clock, ct);
        if (EmailAddresses.Read(member.Email) is { } email && !await db.Set<ContactPoint>().AnyAsync(c => c.Party == person.Id && c.Value == email.Key, ct))
            db.Add(new ContactPoint { Id = Ids.New<ContactPointId>(clock), Party = person.Id, Kind = ContactKind.Email, Value = email.Key, Domain = email.Domain, Given = email.Original, Preferred = true });
        if (!await (await db.PresentPlacesAsync(clock, ct)).AnyAsync(a => a.Person == person.Id && a.Organization == OurOrganization.Id, ct))
            db.Add(new Affiliation { Id = Ids.New<AffiliationId>(clock), Person = person.Id, Organization = OurOrganization.Id });
        db.Happened(new MemberKnown(member.Id, person.Id), by);
        if (await settle.SaveAsync([person.Id], by, ct) is { } refusal) throw new InvalidOperationException(refusal.Message);
    }

    // Their mail may have been imported before they were invited.
    private async Task<Person?> KnownByMailAsync(Member member, CancellationToken ct) =>
        EmailAddresses.Key(member.Email) is { } key && (await parties.PersonsByAddressAsync([key], ct)).TryGetValue(key, out var known) && known is { Kind: PartyKind.Person, Member: null }
            ? await db.Persons().SingleAsync(p => p.Id == known.Party, ct)
            : null;

    private Person Made()
    {
        var person = new Person { Id = Ids.New<PartyId>(clock), CreatedAt = clock.GetUtcNow() };
        db.Add(person);
        return person;
    }
}
