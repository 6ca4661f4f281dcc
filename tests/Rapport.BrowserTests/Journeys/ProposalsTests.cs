using Microsoft.Playwright;
using Rapport.BrowserTests.Pages;

namespace Rapport.BrowserTests.Journeys;

/// <summary>What was read out of what was said becomes a promise by a person's word, and teaches.</summary>
public sealed class ProposalsTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    private static readonly string[] Charts = ["first", "second", "third", "fourth", "fifth"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_seems_promised_is_accepted_corrected_or_dismissed_by_one_key_each_and_several_at_once(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var (member, name) = (await at.MemberAsync(Scene.Only("Jorun")), Scene.Only("Ylva Sandbank"));
        await at.CallAsync(member, await at.PersonAsync(name), string.Join('\n', Charts.Select(c => $"I'll send you the {c} chart on Thursday.")));
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync("/commitments/proposed");
        await page.UntilShownAsync(page.Row("fifth chart"));
        await Assertions.Expect(page.Row("first chart")).ToContainTextAsync($"We promise {name}: something to send,");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));

        await DecideAsync(page, "first chart", "y", "Accept", scripts);
        await page.ToldAsync("It is a commitment now, and yours.");
        await page.UndoAsync();
        await page.ToldAsync("It is proposed again.");
        await DecideAsync(page, "second chart", "d", "Dismiss", scripts);
        await page.ToldAsync("Dismissed.");
        await page.SaysNotAsync("second chart");
        foreach (var chart in new[] { "third chart", "fourth chart" }) await page.Row(chart).GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.Locator("#chosen").Button("Accept").ClickAsync();
        await page.ToldAsync("2 accepted, and yours.");

        if (scripts) await DecideAsync(page, "fifth chart", "e", "Correct", scripts);
        else await page.Row("fifth chart").GetByRole(AriaRole.Link, new() { Name = "Correct" }).ClickAsync();
        await page.HeadedAsync("Write a promise down");
        await page.Field("What, in the words that were used").FillAsync("Send the fifth chart and the list");
        await page.Button("Promise").ClickAsync();
        await page.HeadedAsync("Send the fifth chart and the list");
        await page.GotoAsync("/commitments?mine=true");
        foreach (var made in new[] { "third chart", "fourth chart", "fifth chart and the list" }) await Assertions.Expect(page.Row(made)).ToContainTextAsync(name);

        var settings = (await OpenAsync(at, at.Owner, scripts)).Page;
        await settings.GotoAsync("/settings/promises");
        await settings.SaysAsync("confirmed,");
        if (scripts) Assert.Empty(await LookAt.AllAsync(settings));
        await settings.Button("Forget what was learned").ClickAsync();
        await settings.ToldAsync("Forgotten.");
    }

    private static async Task DecideAsync(IPage page, string words, string key, string button, bool scripts)
    {
        if (!scripts)
        {
            await page.Row(words).Button(button).ClickAsync();
            return;
        }
        await page.Row(words).FocusAsync();
        await page.Keyboard.PressAsync(key);
    }
}
