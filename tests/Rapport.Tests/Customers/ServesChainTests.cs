using Rapport.Customers;

namespace Rapport.Tests.Customers;

public class ServesChainTests(RapportFixture rapport) : CustomerTests(rapport)
{
    [Fact]
    public async Task The_chain_reaches_the_paying_customer_through_a_circle_and_ends()
    {
        var (it, warehouse, shop) = (await OrganizationAsync("IT Example"), await OrganizationAsync("Warehouse Example"), await OrganizationAsync("Shop Example"));
        var relationship = await RelationshipAsync(shop, new(Primary: true));
        await JudgeAsync(relationship, Answer.Yes);
        await LinkAsync(it, warehouse, "computers");
        await LinkAsync(warehouse, it, "shelves");
        await LinkAsync(warehouse, shop, "parcels");
        var reached = await ReachedAsync(it);
        Assert.Equal(["Warehouse Example", "Shop Example"], reached.Steps.Select(s => s.Name));
        Assert.Equal(shop, Assert.Single(reached.Paying).Party);
        Assert.True(reached.ReachesOutside);
        Assert.Null(reached.Stopped);
    }

    [Fact]
    public async Task A_chain_without_end_is_cut_off_and_says_so()
    {
        var parties = new List<PartyId>();
        for (var i = 0; i < ServesChain.Deepest + 3; i++) parties.Add(await OrganizationAsync($"Link {i} Example"));
        for (var i = 1; i < parties.Count; i++) await LinkAsync(parties[i - 1], parties[i], "something");
        var reached = await ReachedAsync(parties[0]);
        Assert.Equal(ServesChain.Deepest, reached.Steps.Count);
        Assert.Contains("goes on", reached.Stopped);
        Assert.Null((await ReachedAsync(parties[5])).Stopped);
    }

    [Fact]
    public async Task A_link_is_followed_no_more_when_its_last_day_is_over()
    {
        var (one, other) = (await OrganizationAsync("Ended One"), await OrganizationAsync("Ended Other"));
        var link = await LinkAsync(one, other, "advice");
        Assert.Single((await ReachedAsync(one)).Steps);
        Assert.Null(await RunAsync((EndServes deed) => deed.RunAsync(link, null, Ada, Ct)));
        Assert.Single((await ReachedAsync(one)).Steps);
        Rapport.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty((await ReachedAsync(one)).Steps);
    }

    private async Task<ServesLinkId> LinkAsync(PartyId provider, PartyId customer, string with) => Given(await RunAsync((LinkServes deed) => deed.RunAsync(new(provider, customer, with), Ada, Ct)));

    private Task<ChainReached> ReachedAsync(PartyId from) => RunAsync((ServesChain chain) => chain.FromAsync(from, Ct));
}
