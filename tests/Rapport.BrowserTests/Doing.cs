using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Rapport.BrowserTests;

/// <summary>What people do on pages, in their words.</summary>
internal static class Doing
{
    /// <summary>The button of that name.</summary>
    public static ILocator Button(this ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The button of that name in the page itself.</summary>
    public static ILocator Button(this IPage page, string name) => page.Locator("main").Button(name);

    /// <summary>The link of that name in the page itself.</summary>
    public static ILocator Link(this IPage page, string name) => page.Locator("main").GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First;

    /// <summary>The input under that label, whatever the label adds of "optional" or "*".</summary>
    public static ILocator Field(this IPage page, string label) => page.GetByLabel(new Regex($@"^\s*{Regex.Escape(label)}\s*(\*|optional)?\s*$"));

    /// <summary>The one row of a list in which these words stand.</summary>
    public static ILocator Row(this IPage page, string words) => page.Locator("main [data-row]").Filter(new() { HasText = words }).First;

    /// <summary>Opens the menu of a row or of a page; without scripts, too.</summary>
    public static async Task<ILocator> MenuAsync(this ILocator within)
    {
        var menu = within.Locator("details.menu").First;
        await menu.Locator("summary").ClickAsync();
        return menu.Locator(".menu-items");
    }

    /// <summary>Opens a part of the page that shows its heading alone.</summary>
    public static Task UnfoldAsync(this IPage page, string heading) => page.Locator("main summary").Filter(new() { HasText = heading }).ClickAsync();

    /// <summary>Waits until the page's heading says this.</summary>
    public static Task HeadedAsync(this IPage page, string heading) => Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(heading);

    /// <summary>Waits until these words stand in the page.</summary>
    public static Task SaysAsync(this IPage page, string words) => Assertions.Expect(page.Locator("main")).ToContainTextAsync(words);

    /// <summary>Waits until these words no longer stand in the page.</summary>
    public static Task SaysNotAsync(this IPage page, string words) => Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync(words);

    /// <summary>Waits for the word at the foot of the page about what was just done.</summary>
    public static Task ToldAsync(this IPage page, string words) => Assertions.Expect(page.Locator(".toast")).ToContainTextAsync(words);

    /// <summary>Takes back what was just done.</summary>
    public static Task UndoAsync(this IPage page) => page.Locator(".toast").Button("Undo").ClickAsync();

    /// <summary>Chooses a person or an organisation: from the list that appears while typing, or by words that fit only them.</summary>
    public static async Task ChooseAsync(this IPage page, string label, string name, bool scripts)
    {
        await page.Field(label).FillAsync(name);
        if (scripts) await page.GetByRole(AriaRole.Option).Filter(new() { HasText = name }).First.ClickAsync();
    }

    /// <summary>Loads the page again until it shows what jobs in the background bring.</summary>
    public static async Task UntilShownAsync(this IPage page, ILocator what)
    {
        for (var tries = 0; tries < 100 && await what.CountAsync() == 0; tries++) await page.ReloadAsync();
        await Assertions.Expect(what.First).ToBeVisibleAsync();
    }

    /// <summary>Presses Tab until this has the focus, as somebody without a mouse does.</summary>
    public static async Task TabToAsync(this IPage page, ILocator target)
    {
        for (var presses = 0; presses < 200; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
        }
        Assert.Fail($"Tab never reached {target}");
    }
}
