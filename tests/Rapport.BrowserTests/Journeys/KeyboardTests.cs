using Microsoft.Playwright;

namespace Rapport.BrowserTests.Journeys;

public sealed class KeyboardTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_Tab_offers_to_skip_to_the_page(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var page = (await OpenAsync(at, at.Owner, scripts)).Page;
        await page.GotoAsync("/commitments");
        await page.Keyboard.PressAsync("Tab");
        var skip = page.GetByRole(AriaRole.Link, new() { Name = "Skip to the page" });
        await Assertions.Expect(skip).ToBeFocusedAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('main').contains(document.activeElement)"));
    }

    [Fact]
    public async Task Keys_lead_from_page_to_page_and_help_says_which()
    {
        var at = await Worlds.DemoAsync();
        var page = (await OpenAsync(at, at.Owner)).Page;
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("u");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("m");
        await page.HeadedAsync("Commitments");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("c");
        await page.HeadedAsync("Customers");
        await page.Keyboard.PressAsync("?");
        var help = page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" });
        await Assertions.Expect(help).ToContainTextAsync("Record a call, a visit, a note");
        await Assertions.Expect(help).ToContainTextAsync("Commitments");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(help).ToBeHiddenAsync();
    }

    [Fact]
    public async Task After_a_deed_in_a_list_the_next_row_has_the_focus()
    {
        var at = await Worlds.DemoAsync();
        var member = await at.MemberAsync(Scene.Only("Jorun"));
        var party = await at.PersonAsync(Scene.Only("Ylva Sandbank"));
        foreach (var words in new[] { "First things", "Second things", "Third things" }) await at.PromiseAsync(member, party, words, "by Friday");
        var page = (await OpenAsync(at, member)).Page;
        await page.GotoAsync("/commitments?mine=true");
        await page.HeadedAsync("Commitments");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Row("Second things")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("d");
        await page.ToldAsync("Kept, on your word.");
        await Assertions.Expect(page.Row("Third things")).ToBeFocusedAsync();
    }
}
