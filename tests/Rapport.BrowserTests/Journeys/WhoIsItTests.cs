using Microsoft.Playwright;

namespace Rapport.BrowserTests.Journeys;

public sealed class WhoIsItTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task New_people_are_judged_in_one_key_each_or_a_whole_domain_at_once(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var member = await at.MemberAsync(Scene.Only("Jorun"));
        var (first, second, alone) = (Scene.Only("Ebba"), Scene.Only("Finn"), Scene.Only("Gerd"));
        var domain = $"{Scene.Only("tern").Replace(" ", "-", StringComparison.Ordinal).ToLowerInvariant()}.example";
        await at.MailAsync(member, $"{first} <ebba@{domain}>", "Cranes", "We would like to know more about your cranes.");
        await at.MailAsync(member, $"{second} <finn@{domain}>", "Cranes too", "So would I.");
        await at.MailAsync(member, $"{alone} <gerd@alone-{domain}>", "Paper", "Our new price list is attached to the next mail.");
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync("/who-is-it");
        await page.UntilShownAsync(page.Row($"2 people at {domain}"));

        var row = page.Row(alone);
        if (scripts)
        {
            await row.FocusAsync();
            await page.Keyboard.PressAsync("s");
        }
        else
        {
            await row.Button("Supplier").ClickAsync();
        }
        await page.ToldAsync("Noted: supplier");
        await page.SaysNotAsync(alone);

        await page.Row($"2 people at {domain}").Button("Customer").ClickAsync();
        await page.ToldAsync("Noted: customer");
        await page.SaysNotAsync(domain);
        await page.UndoAsync();
        await page.ToldAsync("Taken back.");
        await page.SaysAsync(second);
    }
}
