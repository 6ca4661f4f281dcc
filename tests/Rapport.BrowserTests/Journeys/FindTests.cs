using Microsoft.Playwright;

namespace Rapport.BrowserTests.Journeys;

public sealed class FindTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Fact]
    public async Task Find_opens_by_its_keys_and_leads_to_what_is_chosen_with_the_arrows()
    {
        var at = await Worlds.DemoAsync();
        var name = Scene.Only("Þórdís Brimholm");
        await at.PersonAsync(name);
        await at.PersonAsync(Scene.Only("Þórdís Brimholm"));
        var page = (await OpenAsync(at, at.Owner)).Page;
        await page.GotoAsync("/commitments");
        await page.HeadedAsync("Commitments");
        await page.Keyboard.PressAsync("Control+k");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Find" });
        await Assertions.Expect(dialog.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(name.Replace("Þórdís", "thordis", StringComparison.Ordinal));
        var found = dialog.GetByRole(AriaRole.Option).Filter(new() { HasText = name });
        await Assertions.Expect(found).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(found).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await page.HeadedAsync(name);

        await page.GotoAsync("/customers");
        await page.HeadedAsync("Customers");
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(dialog).ToContainTextAsync("Last visited");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Option).First).ToContainTextAsync(name);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Find_has_a_page_of_its_own_that_any_scrap_is_enough_for(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var name = Scene.Only("Þórdís Brimholm");
        await at.PersonAsync(name, $"{name[^3..].ToLowerInvariant()}.brimholm@lagoon.example");
        var page = (await OpenAsync(at, at.Owner, scripts)).Page;
        await page.GotoAsync(scripts ? "/find" : "/");
        var box = scripts ? page.Locator("main input[name=q]") : page.Locator("header input[name=q]");
        await box.FillAsync($"{name[^3..].ToLowerInvariant()}.brimholm");
        await box.PressAsync("Enter");
        await page.Link(name).ClickAsync();
        await page.HeadedAsync(name);

        await page.GotoAsync("/find?q=qqqzzzqqq");
        await page.SaysAsync("Nothing has “qqqzzzqqq” in it.");
    }
}
