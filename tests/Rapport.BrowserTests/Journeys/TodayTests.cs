using Microsoft.Playwright;

namespace Rapport.BrowserTests.Journeys;

public sealed class TodayTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_waits_is_put_off_until_tomorrow_from_the_list_and_brought_back(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var (member, who) = (await at.MemberAsync(Scene.Only("Jorun")), Scene.Only("Ragna"));
        await at.MailAsync(member, $"{who} <{who.Replace(" ", ".", StringComparison.Ordinal)}@ropeworks.example>", "The rope", "When will the rope arrive?");
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync("/");
        var waiting = page.Locator("section").Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Waiting for your reply" }) });
        await page.UntilShownAsync(page.Row(who));
        await Assertions.Expect(waiting).ToContainTextAsync("When will the rope arrive?");
        await Assertions.Expect(page.Row(who).GetByRole(AriaRole.Link, new() { Name = "Reply" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^/write.conversation="));
        await PressAsync(page, page.Row(who).Button("Later"), scripts);
        await page.ToldAsync("Put away until");
        await Assertions.Expect(waiting).Not.ToContainTextAsync(who);
        await PressAsync(page, page.Locator(".toast").Button("Undo"), scripts);
        await Assertions.Expect(waiting).ToContainTextAsync(who);

        await (await page.Row(who).MenuAsync()).Button("Answered elsewhere").ClickAsync();
        await page.ToldAsync("Answered elsewhere.");
        await Assertions.Expect(waiting).Not.ToContainTextAsync(who);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_due_today_is_kept_from_the_list_and_that_can_be_taken_back(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var member = await at.MemberAsync(Scene.Only("Jorun"));
        await at.PromiseAsync(member, await at.PersonAsync(Scene.Only("Ylva Sandbank")), "Call about the invoice", "today");
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync("/");
        await Assertions.Expect(page.Row("Call about the invoice")).ToContainTextAsync("today");
        await PressAsync(page, page.Row("Call about the invoice").Button("Kept"), scripts);
        await page.ToldAsync("Kept, on your word.");
        await page.SaysNotAsync("Call about the invoice");
        await PressAsync(page, page.Locator(".toast").Button("Undo"), scripts);
        await page.SaysAsync("Call about the invoice");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_has_gone_quiet_is_left_in_peace_for_a_month(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var (member, name) = (await at.MemberAsync(Scene.Only("Jorun")), Scene.Only("Hilltop Schools"));
        var customer = await at.CustomerAsync(name, member);
        for (var week = 6; week > 0; week--) await at.CallAsync(member, customer, "The weekly call.", Installation.Morning.AddDays(-60 - (7 * week)));
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync("/");
        await page.UntilShownAsync(page.Row(name));
        await Assertions.Expect(page.Row(name)).ToContainTextAsync("usually every 7 days");
        await (await page.Row(name).MenuAsync()).Button("Quiet for a month").ClickAsync();
        await page.ToldAsync("Quiet until");
        await page.SaysNotAsync(name);
        await PressAsync(page, page.Locator(".toast").Button("Undo"), scripts);
        await page.ToldAsync("Their silence is mentioned again.");
        await page.SaysAsync(name);
    }

    /// <summary>With scripts by the keyboard alone, without them by a click: each way is somebody's.</summary>
    private static async Task PressAsync(IPage page, ILocator button, bool byKeys)
    {
        if (byKeys)
        {
            await page.TabToAsync(button);
            await page.Keyboard.PressAsync("Enter");
        }
        else
        {
            await button.ClickAsync();
        }
    }
}
