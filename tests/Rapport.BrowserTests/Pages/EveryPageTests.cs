using Rapport.Kernel.Database;
using Rapport.Tests;

namespace Rapport.BrowserTests.Pages;

/// <summary>Looks at each page of the program, so that a new page without a visit is noticed, too.</summary>
public abstract class EveryPageTests(Chromium chromium, Worlds worlds, LookedThrough windows) : BrowserTest(chromium, worlds), IClassFixture<LookedThrough>
{
    public static TheoryData<string> Routes => [.. Visits.All.Keys];

    private protected async Task LookAtAsync(Installation at, string route)
    {
        var anonymous = (await PagesAsync(at))[route];
        var window = await windows.OnAsync(at, anonymous ? null : at.Owner);
        LookInto(window);
        var landmarks = await Worlds.LandmarksAsync(at);
        var wrong = new List<string>();
        foreach (var path in Visits.All[route])
        {
            await window.Page.GotoAsync(landmarks.Aggregate(path, (filled, landmark) => filled.Replace($"{{{landmark.Key}}}", landmark.Value, StringComparison.Ordinal)));
            wrong.AddRange((await LookAt.AllAsync(window.Page)).Select(found => $"{path} {found}"));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private protected static Task<Dictionary<string, bool>> PagesAsync(Installation at) =>
        at.DoAsync<RapportModel, Dictionary<string, bool>>(model => Task.FromResult(Visits.Known(model).Distinct().ToDictionary(page => page.Route, page => page.Anonymous)));
}

[TakesLong]
public sealed class EveryPageOfTheDemoTests(Chromium chromium, Worlds worlds, LookedThrough windows) : EveryPageTests(chromium, worlds, windows)
{
    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_page_with_a_years_life_in_it_is_in_order(string route) => await LookAtAsync(await Worlds.DemoAsync(), route);
}

[TakesLong]
public sealed class EveryEmptyPageTests(Chromium chromium, Worlds worlds, LookedThrough windows) : EveryPageTests(chromium, worlds, windows)
{
    [Fact]
    public async Task Every_page_of_the_program_is_looked_at() =>
        Assert.Equal((await PagesAsync(await Worlds.EmptyAsync())).Keys.Order(), Visits.All.Keys.Order());

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_page_with_nothing_in_it_is_in_order(string route) => await LookAtAsync(await Worlds.EmptyAsync(), route);
}
