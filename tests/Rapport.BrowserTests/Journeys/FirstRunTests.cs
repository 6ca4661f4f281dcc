using Microsoft.Playwright;
using Rapport.BrowserTests.Pages;
using Rapport.Members;

namespace Rapport.BrowserTests.Journeys;

public sealed class FirstRunTests(Chromium chromium, Worlds worlds) : BrowserTest(chromium, worlds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_run_leads_from_the_printed_link_to_a_Today_that_says_what_to_do(bool scripts)
    {
        var at = await UnusedAsync();
        var page = (await OpenAsync(at, null, scripts)).Page;
        await page.GotoAsync("/");
        await page.SaysAsync("Rapport is not set up yet");

        await page.GotoAsync((await at.DoAsync<MakeWelcomeLink, string?>(deed => deed.RunAsync(default)))!);
        await page.HeadedAsync("Welcome to Rapport");
        if (scripts) Assert.Empty(await LookAt.AllAsync(page));
        await page.Field("Your name").FillAsync("Runa Example");
        await page.Field("Your e-mail address").FillAsync("runa@lagoon.example");
        await page.Field("Password").FillAsync(Installation.Password);
        await page.Field("What your organisation is called").FillAsync("Lagoon Example");
        await page.Field("Time zone").SelectOptionAsync("Europe/Berlin");
        await page.Field("Business hours").FillAsync("Mo-Fr 09:00-17:00");
        await page.Field("Country").SelectOptionAsync("DE");
        await page.Button("Begin").ClickAsync();

        await page.HeadedAsync("Good morning, Runa");
        await page.SaysAsync("Bring your mail");
        await page.Link("Record a call").ClickAsync();
        await page.HeadedAsync("Record");
    }

    [Theory]
    [InlineData(true, "Europe/Vienna", "AT")]
    [InlineData(true, "Europe/London", "GB")]
    [InlineData(false, "Europe/Vienna", "GB")]
    public async Task The_first_run_proposes_the_country_that_the_browser_is_in_or_else_the_one_of_its_language(bool scripts, string zone, string country)
    {
        var at = await UnusedAsync();
        var page = (await OpenAsync(at, null, scripts, zone)).Page;
        await page.GotoAsync((await at.DoAsync<MakeWelcomeLink, string?>(deed => deed.RunAsync(default)))!);
        await Assertions.Expect(page.Field("Country")).ToHaveValueAsync(country);
        if (scripts) await Assertions.Expect(page.Field("Time zone")).ToHaveValueAsync(zone);
    }

    [Fact]
    public async Task What_is_missing_on_the_first_run_is_said_beside_its_field_and_the_focus_goes_there()
    {
        var at = await UnusedAsync();
        var page = (await OpenAsync(at, null, scripts: false)).Page;
        await page.GotoAsync((await at.DoAsync<MakeWelcomeLink, string?>(deed => deed.RunAsync(default)))!);
        await page.Field("Your name").FillAsync("Runa Example");
        await page.Field("Your e-mail address").FillAsync("runa@lagoon.example");
        await page.Field("Password").FillAsync("passwordpassword");
        await page.Field("What your organisation is called").FillAsync("Lagoon Example");
        await page.Field("Time zone").SelectOptionAsync("Europe/Berlin");
        await page.Field("Business hours").FillAsync("whenever");
        await page.Field("Country").SelectOptionAsync("DE");
        await page.Button("Begin").ClickAsync();

        var hours = page.Field("Business hours");
        await Assertions.Expect(hours).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(hours).ToHaveValueAsync("whenever");
        await page.WaitForFunctionAsync("() => document.activeElement?.name === 'Input.Password'");
    }
}
