using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Tests.Customers;

public class PartyDeedsTests(RapportFixture rapport) : CustomerTests(rapport)
{
    [Fact]
    public async Task The_same_address_twice_is_one_and_the_original_stays()
    {
        var person = await PersonAsync("Nora Field", null, "Nora@Field.example");
        await RunAsync((AddContactPoint deed) => deed.RunAsync(person, new(ContactKind.Email, "nora@field.EXAMPLE", "work", Preferred: true), Ada, Ct));
        var point = await Rapport.InDatabaseAsync(db => db.Set<ContactPoint>().SingleAsync(c => c.Party == person, Ct));
        Assert.Equal(("nora@field.example", "Nora@Field.example", "work", true, "field.example"), (point.Value, point.Given, point.Label, point.Preferred, point.Domain));
        Assert.Null(await RunAsync((RemoveContactPoint deed) => deed.RunAsync(person, point.Id, Ada, Ct)));
        Assert.Empty(await RunAsync((PartyQueries q) => q.FindByContactPointAsync("nora@field.example", Ct)));
    }

    [Fact]
    public async Task Many_addresses_are_looked_up_at_once()
    {
        var person = await PersonAsync("Many Mails", null, "many@mails.example", "many.more@mails.example");
        var found = await RunAsync((PartyQueries q) => q.PersonsByAddressAsync(["MANY@mails.example", "many.more@mails.example", "nobody@mails.example", "nonsense"], Ct));
        Assert.Equal(["many.more@mails.example", "many@mails.example"], found.Keys.Order(StringComparer.Ordinal));
        Assert.All(found.Values, k => Assert.Equal(person, k.Party));
    }

    [Fact]
    public async Task Ending_a_place_starts_nothing_and_the_person_stays()
    {
        var organization = await OrganizationAsync("Former Employer Example");
        var person = await PersonAsync("Job Changer", organization);
        var place = await Rapport.InDatabaseAsync(db => db.Set<Affiliation>().SingleAsync(a => a.Person == person, Ct));
        Assert.Null(await RunAsync((EndAffiliation deed) => deed.RunAsync(person, place.Id, null, Ada, Ct)));
        var detail = await RunAsync((PartyDetails d) => d.FindAsync(person, Ct));
        Assert.Equal(DateOnly.FromDateTime(Rapport.Clock.GetUtcNow().UtcDateTime), Assert.Single(detail!.Affiliations).Until);
    }

    [Fact]
    public async Task An_organisation_is_never_a_unit_of_its_own_unit()
    {
        var whole = await OrganizationAsync("Whole Example");
        var unit = Given(await RunAsync((AddOrganization deed) => deed.RunAsync(new("Unit Example", whole), Ada, Ct)));
        var refusal = await RunAsync((ChangeParty deed) => deed.RunAsync(whole, new("Whole Example", Parent: unit), Ada, Ct));
        Assert.Equal("parent.cycle", refusal?.Code);
    }

    [Fact]
    public async Task Duplicates_are_suggested_with_the_reason()
    {
        var organization = await OrganizationAsync("Blåbær Logistics GmbH", "blabaer.example");
        var person = await PersonAsync("Ingrid Sørensen", organization, "ingrid@blabaer.example");
        Task<IReadOnlyList<PossibleDuplicate>> FindAsync(string? name, string? email = null) => RunAsync((PossibleDuplicates d) => d.FindAsync(name, email, null, null, Ct));
        Assert.Equal((person, "has the same name"), Only(await FindAsync("SORENSEN, Ingrid")));
        Assert.Equal((person, "has a similar name and is of the same organisation"), Only(await FindAsync("Ingrid Sörenson", "i.s@blabaer.example")));
        Assert.Equal((organization, "has nearly the same name"), Only(await FindAsync("Blabaer Logistics Ltd")));
        Assert.Empty(await FindAsync("Quite Different"));
    }

    [Fact]
    public async Task A_place_holds_until_its_last_day_is_over()
    {
        var organization = await OrganizationAsync("Leaving Soon Example");
        var person = await PersonAsync("Lasting Person", organization);
        var place = await Rapport.InDatabaseAsync(db => db.Set<Affiliation>().SingleAsync(a => a.Person == person, Ct));
        Assert.Null(await RunAsync((EndAffiliation deed) => deed.RunAsync(person, place.Id, DateOnly.FromDateTime(Rapport.Clock.GetUtcNow().UtcDateTime).AddDays(1), Ada, Ct)));
        async Task HoldsAsync(bool holds)
        {
            var (theirs, there) = ((await RunAsync((PartyDetails d) => d.FindAsync(person, Ct)))!, (await RunAsync((PartyDetails d) => d.FindAsync(organization, Ct)))!);
            Assert.Equal((!holds, !holds), (Assert.Single(theirs.Affiliations).Ended, Assert.Single(there.Affiliations).Ended));
            Assert.Equal(holds, PartySentence.Of(theirs).Contains("Leaving Soon Example", StringComparison.Ordinal));
            Assert.Equal(holds ? [person] : [], await RunAsync((PartyQueries q) => q.PeopleOfAsync(organization, false, 10, Ct)));
            Assert.Equal(holds, (await RunAsync((PartyRows r) => r.ByIdAsync([person], Ct)))[0].Place is not null);
        }
        await HoldsAsync(true);
        Rapport.Clock.Advance(TimeSpan.FromDays(1));
        await HoldsAsync(true);
        Rapport.Clock.Advance(TimeSpan.FromDays(1));
        await HoldsAsync(false);
    }

    [Fact]
    public async Task A_relationship_ends_by_itself_when_its_last_day_is_over()
    {
        var customer = await OrganizationAsync("Ending Example");
        await JudgeAsync(await RelationshipAsync(customer, new(Until: DateOnly.FromDateTime(Rapport.Clock.GetUtcNow().UtcDateTime).AddDays(1))), Answer.Yes);
        Assert.Equal(Standing.Customer, await StandingAsync(customer));
        Rapport.Clock.Advance(TimeSpan.FromDays(1));
        await Rapport.RunJobsAsync();
        Assert.Equal(Standing.Customer, await StandingAsync(customer));
        Rapport.Clock.Advance(TimeSpan.FromDays(1));
        await Rapport.RunJobsAsync();
        Assert.Equal(Standing.Former, await StandingAsync(customer));
    }

    private static (PartyId, string) Only(IReadOnlyList<PossibleDuplicate> found)
    {
        var only = Assert.Single(found);
        return (only.Party.Id, only.Reason);
    }
}
