using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Rapport.BrowserTests.Journeys;

public sealed class MembersTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_is_invited_joins_by_the_link_and_stands_among_the_members(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        // First in the list, however many others joined before.
        var name = Scene.Only("Aada");
        var page = (await OpenAsync(at, at.Owner, scripts)).Page;
        await page.GotoAsync("/members");
        await page.Link("Invite somebody").ClickAsync();
        await page.HeadedAsync("Invite somebody");
        await page.Field("Their name").FillAsync(name);
        await page.Button("Make the link").ClickAsync();
        var link = await page.Locator(".notice code").InnerTextAsync();

        var guest = (await OpenAsync(at, null, scripts)).Page;
        await guest.GotoAsync(link);
        await Assertions.Expect(guest.Field("Your name")).ToHaveValueAsync(name);
        await guest.Field("Your e-mail address").FillAsync($"{name.Replace(" ", ".", StringComparison.Ordinal)}@moewenkamp.example");
        await guest.Field("Password").FillAsync(Installation.Password);
        await guest.Button("Join").ClickAsync();
        await guest.HeadedAsync("Good morning, Aada");

        await page.GotoAsync("/members");
        await page.SaysAsync(name);
        await guest.GotoAsync(link);
        await guest.SaysNotAsync("Your e-mail address");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_is_shown_once_works_for_a_program_and_stops_when_it_is_revoked(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var page = (await OpenAsync(at, await at.MemberAsync(Scene.Only("Jorun")), scripts)).Page;
        await page.GotoAsync("/settings/tokens");
        await page.Field("What it is for").FillAsync("Telephone system");
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("^Read and write") }).CheckAsync();
        await page.Button("Make the token").ClickAsync();
        var token = await page.Locator(".notice code").InnerTextAsync();

        using var program = new HttpClient { BaseAddress = at.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync(new Uri("/api/commitments", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);

        await page.GotoAsync("/settings/tokens");
        await page.SaysNotAsync(token);
        await page.Row("Telephone system").Button("Revoke").ClickAsync();
        await page.ToldAsync("The token no longer works.");
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync(new Uri("/api/commitments", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }
}
