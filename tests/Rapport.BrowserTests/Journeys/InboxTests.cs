using Microsoft.Playwright;
using Rapport.Kernel;

namespace Rapport.BrowserTests.Journeys;

public sealed class InboxTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_morning_in_the_inbox_goes_from_what_needs_us_to_done(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var member = await at.MemberAsync(Scene.Only("Jorun"));
        var mate = await at.MemberAsync(Scene.Only("Tove Reed"));
        var (first, second) = (Scene.Only("The blue buoy"), Scene.Only("The red buoy"));
        foreach (var subject in new[] { first, second }) await at.MailAsync(member, $"Ragna <ragna@{subject.Split(' ')[1]}.example>", subject, "Could you tell us by Thursday whether it has arrived?", shared: true);
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync($"/conversations?view=needs-us&owner={member.Id}");
        await page.UntilShownAsync(page.Row(first));
        await page.UntilShownAsync(page.Row(second));

        // Both are ticked, tagged and put away at once.
        await page.Row(first).GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.Row(second).GetByRole(AriaRole.Checkbox).CheckAsync();
        if (scripts) await page.SaysAsync("2 chosen");
        await page.Locator("#chosen").GetByLabel("Tag").FillAsync("Buoys");
        await page.Locator("#chosen").Button("Tag").ClickAsync();
        await page.ToldAsync("2 tagged.");
        await page.GotoAsync("/conversations?view=mine&tag=buoys");
        await page.Row(first).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.HeadedAsync(first);

        // A colleague is told by a note, and given the conversation.
        await page.Field("Note among ourselves").FillAsync($"@{mate.Name} do you know where it lies?");
        await page.Button("Note it").ClickAsync();
        await page.ToldAsync("One member is told.");
        await page.SaysAsync("do you know where it lies?");
        await page.GetByLabel("Give it to").SelectOptionAsync(mate.Id.ToString());
        await page.Button("Give").ClickAsync();
        await page.ToldAsync($"{mate.Name} answers for it now.");
        await page.SaysAsync($"gave it to {mate.Name}");
        await page.GetByLabel("Until when").FillAsync("when it rains");
        await page.Button("Put away").ClickAsync();
        await page.ToldAsync("when it rains");
        await page.GetByLabel("Until when").FillAsync("in two weeks");
        await page.Button("Put away").ClickAsync();
        await page.ToldAsync("Put away until");

        // The colleague finds it on Today, and opening it is enough.
        var theirs = (await OpenAsync(at, mate, scripts)).Page;
        await theirs.GotoAsync("/");
        await theirs.Row("mentioned you").GetByRole(AriaRole.Link).First.ClickAsync();
        await theirs.HeadedAsync(first);
        await theirs.GotoAsync("/");
        await theirs.SaysNotAsync("mentioned you");
    }

    [Fact]
    public async Task Rows_are_ticked_and_closed_by_keys()
    {
        var at = await Worlds.DemoAsync();
        var member = await at.MemberAsync(Scene.Only("Jorun"));
        var subjects = new[] { Scene.Only("First sail"), Scene.Only("Second sail"), Scene.Only("Third sail") };
        foreach (var subject in subjects) await at.MailAsync(member, "Ragna <ragna@sails.example>", subject, "Could you tell us whether it has arrived?");
        var page = (await OpenAsync(at, member)).Page;
        await page.GotoAsync("/conversations?view=mine");
        foreach (var subject in subjects) await page.UntilShownAsync(page.Row(subject));
        foreach (var key in new[] { "j", "x", "j", "x", "e" }) await page.Keyboard.PressAsync(key);
        await page.ToldAsync("2 closed.");
        await Assertions.Expect(page.Locator("main [data-row]")).ToHaveCountAsync(1);
        // The page shows before its scripts hear keys.
        await page.WaitForLoadStateAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("s");
        await page.ToldAsync("Put away until");
    }
}
