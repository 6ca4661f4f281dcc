using Microsoft.Playwright;

namespace Rapport.BrowserTests.Journeys;

public sealed class ConversationsTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    private const string Asked = """
        Could you tell us by Thursday whether the new rope has arrived?

        Kind regards
        Ragna

        On Mon, 10 Mar 2031 at 09:12, Jorun wrote:
        > The old rope is worn and must not be used any more.
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conversation_is_read_and_settled_from_its_page(bool scripts)
    {
        var (at, member, subject) = await AskedAsync(Asked);
        var page = (await OpenAsync(at, member, scripts)).Page;
        await page.GotoAsync("/conversations?waiting=true&mine=true");
        await page.UntilShownAsync(page.Row(subject));
        await page.Row(subject).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.HeadedAsync(subject);
        await page.SaysAsync("Could you tell us by Thursday whether the new rope has arrived?");
        await page.SaysAsync("waits for us since");
        await page.SaysNotAsync("The old rope is worn");

        await page.Button("No reply needed").ClickAsync();
        await page.ToldAsync("No reply needed.");
        await page.SaysNotAsync("waits for us since");
        await page.UndoAsync();
        await page.ToldAsync("They still wait.");
        await page.SaysAsync("waits for us since");

        await page.Button("Later").ClickAsync();
        await page.ToldAsync("Put away until");
        await page.SaysAsync("Put away until");
        await page.Button("Open again").ClickAsync();
        await page.ToldAsync("Open again.");
        await page.Button("Close").ClickAsync();
        await page.ToldAsync("Closed. It opens again when they write.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_mail_answers_is_one_click_away(bool scripts)
    {
        var (at, member, subject) = await AskedAsync(Asked);
        var window = await OpenAsync(at, member, scripts);
        var page = window.Page;
        await page.GotoAsync("/conversations?waiting=true&mine=true");
        await page.UntilShownAsync(page.Row(subject));
        await page.Row(subject).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.HeadedAsync(subject);
        await page.Link("What it answers, and the signature").ClickAsync();
        await Assertions.Expect(TheMail(page)).ToContainTextAsync("The old rope is worn and must not be used any more.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Remote_pictures_are_not_loaded_until_somebody_asks(bool scripts)
    {
        const string html = """<p>Please see our new crane and say what you think.</p><script>document.title = 'taken over'</script><img src="https://tracker.example/seen.png" alt="crane">""";
        var (at, member, subject) = await AskedAsync(html, html: true);
        var window = await OpenAsync(at, member, scripts);
        var asked = 0;
        await window.Context.RouteAsync("https://tracker.example/**", route =>
        {
            Interlocked.Increment(ref asked);
            return route.FulfillAsync(new() { ContentType = "image/svg+xml", Body = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'/>" });
        });
        var page = window.Page;
        await page.GotoAsync("/conversations?mine=true");
        await page.UntilShownAsync(page.Row(subject));
        await page.Row(subject).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.HeadedAsync(subject);
        var menu = await page.Locator("main article.said, main .message, main [id^=i]").First.MenuAsync();
        await menu.GetByRole(AriaRole.Link, new() { Name = "The whole mail" }).ClickAsync();
        await page.SaysAsync("One image lies elsewhere and is not loaded");
        await Assertions.Expect(TheMail(page)).ToContainTextAsync("Please see our new crane");
        Assert.Equal(0, asked);

        await page.RunAndWaitForRequestAsync(() => page.Link("Load this time").ClickAsync(), "https://tracker.example/seen.png");
        await Assertions.Expect(TheMail(page)).ToContainTextAsync("Please see our new crane");
        Assert.Equal(1, asked);
        await Assertions.Expect(page).Not.ToHaveTitleAsync("taken over");
        await page.HeadedAsync(subject);
    }

    private static ILocator TheMail(IPage page) => page.FrameLocator("iframe.mail-frame").Locator("body");

    private async Task<(Installation At, Actor Member, string Subject)> AskedAsync(string body, bool html = false)
    {
        var at = await Worlds.DemoAsync();
        var (member, subject) = (await at.MemberAsync(Scene.Only("Jorun")), Scene.Only("The new rope"));
        await at.MailAsync(member, $"{Scene.Only("Ragna")} <{Scene.Only("ragna").Replace(" ", ".", StringComparison.Ordinal)}@ropeworks.example>", subject, body, html);
        return (at, member, subject);
    }
}
