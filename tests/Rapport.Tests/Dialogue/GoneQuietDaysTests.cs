using Rapport.Customers;
using Rapport.Kernel;

namespace Rapport.Tests.Dialogue;

public class GoneQuietDaysTests(RapportFixture rapport) : DialogueTests(rapport)
{
    [Fact]
    public async Task At_most_five_lines_a_day_key_customers_first()
    {
        var key = new List<PartyId>();
        for (var i = 0; i < 6; i++) key.Add(await SilentAsync($"Hilltop Key {i}", lastDaysAgo: 100 + i, every: 10, tier: Tier.A));
        var shown = (await PictureAsync()).Quiet.Select(q => q.Party).ToList();
        Assert.Equal(key.Take(5), shown);
        var me = await MeAsync();
        Assert.Null(await SayAsync(s => s.UntilAsync(key[0], RapportFixture.Monday.AddDays(9), me, Ct)));
        Assert.Equal(4, (await PictureAsync()).Quiet.Count);
        Rapport.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(5, (await PictureAsync()).Quiet.Count);
        Rapport.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Contains((await PictureAsync()).Quiet, q => q.Party == key[0]);
        foreach (var one in key) Assert.Null(await SayAsync(s => s.NeverAsync(one, Actor.Rapport, Ct)));
    }
}
