using Microsoft.EntityFrameworkCore;
using Rapport.Customers;

namespace Rapport.Tests.Customers;

public class SayWhoTests(RapportFixture rapport) : CustomerTests(rapport)
{
    [Fact]
    public async Task Saying_customer_of_one_person_makes_their_organisation_the_customer_and_the_sayer_its_owner()
    {
        var jun = await PersonAsync("Jun Park", null, "jun@mail.seorin-labs.example");
        var answered = await SayAsync(jun, Who.Customer);

        var organization = await PartyAsync(answered.About);
        Assert.Equal(("Seorin Labs", Standing.Customer, Ada.Id), (organization.Name, organization.Standing, organization.Owner));
        Assert.Equal(Who.Customer, (await PartyAsync(jun)).Who);
        Assert.Equal(answered.About, await Rapport.InDatabaseAsync(db => db.OrganizationByDomainAsync("seorin-labs.example", Ct)));
        var evidence = await Rapport.InDatabaseAsync(db => db.Set<Judgement>().Where(j => db.Set<Relationship>().Any(r => r.Id == j.Relationship && r.Customer == answered.About)).Select(j => j.Evidence).Distinct().ToListAsync(Ct));
        Assert.Equal(["Said by Ada Example"], evidence);
    }

    [Fact]
    public async Task Everybody_of_a_domain_is_judged_at_once_and_taking_it_back_leaves_no_trace()
    {
        var people = new[] { await PersonAsync("Kim One", null, "one@hilltop.example"), await PersonAsync("Kim Two", null, "two@hilltop.example") };
        var answered = Given(await RunAsync((SayWho deed) => deed.OfDomainAsync("hilltop.example", Who.PotentialCustomer, Ada, Ct)));
        Assert.Equal(3, answered.Parties);
        Assert.Equal(Standing.PotentialCustomer, await StandingAsync(answered.About));
        foreach (var person in people) Assert.Equal(Who.PotentialCustomer, (await PartyAsync(person)).Who);

        Assert.Null(await RunAsync((TakeBackWho deed) => deed.RunAsync(answered.Id, Ada, Ct)));
        foreach (var person in people) Assert.Equal(Who.Unknown, (await PartyAsync(person)).Who);
        Assert.Null(await StandingAsync(answered.About));
        Assert.NotNull((await PartyAsync(answered.About)).ArchivedAt);
        Assert.Null(await Rapport.InDatabaseAsync(db => db.OrganizationByDomainAsync("hilltop.example", Ct)));
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<Affiliation>().AnyAsync(a => a.Organization == answered.About, Ct)));
    }

    [Fact]
    public async Task A_supplier_is_no_customer_and_a_robot_gets_no_relationship()
    {
        var supplier = await SayAsync(await PersonAsync("Pat Paper", null, "pat@paper-mill.example"), Who.Supplier);
        Assert.Equal(Standing.NotACustomer, await StandingAsync(supplier.About));
        Assert.Null((await PartyAsync(supplier.About)).Owner);
        var robot = await SayAsync(await PersonAsync("Build bot", null, "bot@ci.example"), Who.Robot);
        Assert.Null(await StandingAsync(robot.About));
    }

    [Fact]
    public async Task Free_mail_proposes_no_organisation_and_is_never_judged_as_a_whole()
    {
        var person = await PersonAsync("Free Rider", null, "free.rider@gmail.com");
        Assert.Equal(person, (await SayAsync(person, Who.Customer)).About);
        Assert.Equal(Standing.Customer, await StandingAsync(person));
        var result = await RunAsync((SayWho deed) => deed.OfDomainAsync("gmail.com", Who.Private, Ada, Ct));
        Assert.Equal("domain.free", result.Refusal?.Code);
    }

    [Fact]
    public async Task Saying_potential_after_customer_takes_the_intention_back()
    {
        var organization = await OrganizationAsync("Changing Minds Example");
        await SayAsync(organization, Who.Customer);
        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(organization, Who.PotentialCustomer);
        Assert.Equal(Standing.PotentialCustomer, await StandingAsync(organization));
    }

    private async Task<WhoAnswered> SayAsync(PartyId party, Who answer) => Given(await RunAsync((SayWho deed) => deed.RunAsync(party, answer, Ada, Ct)));
}
