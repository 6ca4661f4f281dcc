using Microsoft.Extensions.DependencyInjection;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel;

namespace Rapport.Tests.Dialogue;

public class GoneQuietTests(RapportFixture rapport) : DialogueTests(rapport)
{
    [Theory]
    [InlineData("quiet-until")]
    [InlineData("quiet-never")]
    public async Task Who_has_gone_quiet_is_on_Today_until_one_says_that_this_is_as_it_should_be(string deed)
    {
        var hilltop = await SilentAsync($"Hilltop {deed}", lastDaysAgo: 41, every: 12);
        var html = await TodayAsync();
        Assert.Contains($"Hilltop {deed}", html, StringComparison.Ordinal);
        Assert.Contains("last spoke 41 days ago, usually every 12 days", html, StringComparison.Ordinal);
        await ClickAsync($"/do/parties/{hilltop}/{deed}");
        Assert.DoesNotContain((await PictureAsync()).Quiet, q => q.Party == hilltop);
        await ClickAsync($"/do/parties/{hilltop}/quiet-undo");
        Assert.Contains((await PictureAsync()).Quiet, q => q.Party == hilltop);
        Assert.Null(await SayAsync(s => s.NeverAsync(hilltop, Actor.Rapport, Ct)));
    }

    [Fact]
    public async Task A_call_ends_the_silence()
    {
        var hilltop = await SilentAsync("Hilltop Called", lastDaysAgo: 60, every: 10);
        Assert.Contains((await PictureAsync()).Quiet, q => q.Party == hilltop);
        await CallAsync(hilltop, 0);
        await Rapport.RunJobsAsync();
        Assert.DoesNotContain((await PictureAsync()).Quiet, q => q.Party == hilltop);
    }

    [Fact]
    public async Task Four_contacts_or_usual_silence_are_not_mentioned()
    {
        var few = await SilentAsync("Hilltop Few", lastDaysAgo: 200, every: 3, times: 4);
        var usual = await SilentAsync("Hilltop Usual", lastDaysAgo: 19, every: 10);
        Assert.DoesNotContain((await PictureAsync()).Quiet, q => q.Party == few || q.Party == usual);
    }

    [Fact]
    public async Task Rhythms_are_learned_anew_from_what_is_in_the_database()
    {
        var hilltop = await SilentAsync("Hilltop Rebuilt", lastDaysAgo: 80, every: 20);
        Assert.Null(await SayAsync(s => s.NeverAsync(hilltop, Actor.Rapport, Ct)));
        await Rapport.InDatabaseAsync(async db =>
        {
            db.RemoveRange(db.Set<Rhythm>().Where(r => r.Party == hilltop));
            return await db.SaveAsync(Actor.Rapport, Ct);
        });
        await Rapport.InScopeAsync(services => services.GetRequiredService<LearnRhythms>().RebuildAsync(Ct));
        Assert.Contains((await PictureAsync()).Quiet, q => q.Party == hilltop && q.UsualDays == 20);
        Assert.Null(await SayAsync(s => s.NeverAsync(hilltop, Actor.Rapport, Ct)));
    }
}
