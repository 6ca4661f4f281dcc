using Microsoft.Playwright;

namespace Rapport.BrowserTests.Journeys;

public sealed class BriefTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_brief_is_one_sheet_whose_lines_lead_to_where_they_come_from(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var window = await OpenAsync(at, at.Owner, scripts);
        var page = window.Page;
        await page.GotoAsync((await Worlds.LandmarksAsync(at))["organization"]);
        var name = await page.Locator("h1").InnerTextAsync();
        await page.Link("Brief").ClickAsync();
        await page.HeadedAsync(name);
        await page.SaysAsync("Made ");
        await page.SaysAsync("What is promised");

        var sources = await page.Locator("main a[href^='/']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(link => link.getAttribute('href')))]");
        Assert.NotEmpty(sources);
        foreach (var source in sources.Take(12)) Assert.Equal((source, 200), (source, (await window.Context.APIRequest.GetAsync(source)).Status));

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Print" })).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.GetByRole(AriaRole.Link, new() { Name = "Back" }).ClickAsync();
        await page.HeadedAsync(name);
        await Assertions.Expect(page.Link("Brief")).ToBeVisibleAsync();
    }
}
