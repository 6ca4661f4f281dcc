using Rapport.Customers;
using Rapport.Kernel;

namespace Rapport.Tests.Customers;

public class StandingTests(RapportFixture rapport) : CustomerTests(rapport)
{
    [Fact]
    public async Task Three_yes_make_a_customer_and_one_no_takes_it_back()
    {
        var customer = await OrganizationAsync("Northwind Ferries Example");
        var relationship = await RelationshipAsync(customer);
        Assert.Equal(Standing.Unqualified, await StandingAsync(customer));
        await JudgeAsync(relationship, Answer.Yes);
        Assert.Equal(Standing.Customer, await StandingAsync(customer));
        await JudgeAsync(relationship, JudgementKind.Means, Answer.No);
        Assert.Equal(Standing.NotACustomer, await StandingAsync(customer));
    }

    [Fact]
    public async Task Who_is_paid_for_follows_the_payer_also_through_a_chain()
    {
        var (payer, school, parents) = (await OrganizationAsync("Payer Example"), await OrganizationAsync("School Example"), await OrganizationAsync("Parents Example"));
        var relationship = await RelationshipAsync(payer, new(Primary: true));
        await RelationshipAsync(school, new(Payer: payer));
        await RelationshipAsync(parents, new(Payer: school));
        Assert.Equal(Standing.Unqualified, await StandingAsync(parents));
        await JudgeAsync(relationship, Answer.Yes);
        Assert.Equal(Standing.Customer, await StandingAsync(school));
        Assert.Equal(Standing.Customer, await StandingAsync(parents));
    }

    [Fact]
    public async Task Payers_in_a_circle_end_and_nobody_in_it_is_known_to_pay()
    {
        var (one, two, three) = (await OrganizationAsync("Circle One"), await OrganizationAsync("Circle Two"), await OrganizationAsync("Circle Three"));
        var relationship = await RelationshipAsync(one, new(Payer: two));
        await RelationshipAsync(two, new(Payer: three));
        await RelationshipAsync(three, new(Payer: one));
        await JudgeAsync(relationship, Answer.Yes);
        foreach (var party in new[] { one, two, three }) Assert.Equal(Standing.Unqualified, await StandingAsync(party));
    }

    [Fact]
    public async Task A_judgement_needs_evidence()
    {
        var relationship = await RelationshipAsync(await OrganizationAsync("Evidence Example"));
        var result = await RunAsync((Judge deed) => deed.RunAsync(relationship, new(JudgementKind.Means, Answer.Yes, " "), Ada, Ct));
        Assert.Equal("evidence.missing", result.Refusal?.Code);
    }

    [Fact]
    public async Task A_relationship_needs_an_owner_who_exists_and_one_payer_at_most()
    {
        var customer = await OrganizationAsync("Owner Example");
        Task<Result<RelationshipId>> StartAsync(RelationshipTerms terms) => RunAsync((StartRelationship deed) => deed.RunAsync(customer, null, terms, Ada, Ct));
        Assert.Equal("owner.missing", (await StartAsync(new(Owner: new(new Guid("00000000-0000-7000-8000-00000000dead"))))).Refusal?.Code);
        Assert.Equal("payer.both", (await StartAsync(new(Primary: true, Payer: await OrganizationAsync("Second Payer")))).Refusal?.Code);
        Given(await StartAsync(new()));
        Assert.Equal("relationship.exists", (await StartAsync(new())).Refusal?.Code);
    }
}
