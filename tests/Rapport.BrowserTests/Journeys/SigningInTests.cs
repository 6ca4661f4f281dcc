using Microsoft.Playwright;

namespace Rapport.BrowserTests.Journeys;

public sealed class SigningInTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_signs_in_comes_to_the_page_they_wanted_and_after_signing_out_sees_nothing(bool scripts)
    {
        var page = (await OpenAsync(await Worlds.EmptyAsync(), null, scripts)).Page;
        await page.GotoAsync("/commitments?side=theirs");
        await page.HeadedAsync("Sign in");
        await page.Field("E-mail").FillAsync("ada@harbourline.example");
        await page.Field("Password").FillAsync("not my password");
        await page.Button("Sign in").ClickAsync();
        await page.SaysAsync("That address and password do not fit together");

        await Assertions.Expect(page.Field("E-mail")).ToHaveValueAsync("ada@harbourline.example");
        await page.Field("Password").FillAsync(Installation.Password);
        await page.Button("Sign in").ClickAsync();
        await page.HeadedAsync("Commitments");
        await page.SaysAsync("They promised nothing yet");

        await page.GotoAsync("/settings");
        await page.Button("Sign out").ClickAsync();
        await page.HeadedAsync("Sign in");
        await page.GotoAsync("/customers");
        await page.HeadedAsync("Sign in");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_elsewhere_is_listed_and_can_be_ended_from_here(bool scripts)
    {
        var at = await Worlds.DemoAsync();
        var member = await at.MemberAsync(Scene.Only("Jorun"));
        var (here, elsewhere) = ((await OpenAsync(at, member, scripts)).Page, (await OpenAsync(at, member, scripts)).Page);
        await elsewhere.GotoAsync("/customers");
        await elsewhere.HeadedAsync("Customers");

        await here.GotoAsync("/settings/sessions");
        await Assertions.Expect(here.Locator("main [data-row]")).ToHaveCountAsync(2);
        await here.Button("Sign out there").ClickAsync();
        await here.ToldAsync("Signed out there.");
        await Assertions.Expect(here.Locator("main [data-row]")).ToHaveCountAsync(1);
        await elsewhere.GotoAsync("/customers");
        await elsewhere.HeadedAsync("Sign in");
    }
}
