using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Tests.Members;

public sealed class WelcomeTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task The_first_run_makes_the_owner_and_writes_down_who_we_are()
    {
        var outdated = await LinkAsync();
        var link = await LinkAsync();
        Assert.NotNull(link);
        using var client = Rapport.Client();
        Assert.Contains("used, was replaced", await client.GetStringAsync(outdated, Ct));

        // A second look: what was asked for and is missing is said, and the domain is taken from the address.
        var second = await client.SubmitAsync(link, "welcome", ("Input.Name", "Ada Harbour"), ("Input.Email", "ada@harbourline.example"), ("Input.Password", "short"), ("Us.Zone", "Europe/Berlin"), ("Us.Country", "DE"));
        var html = await second.Content.ReadAsStringAsync(Ct);
        Assert.Contains("at least 12 characters", html);
        Assert.Contains("value=\"harbourline.example\"", html);
        Assert.Contains("what your organisation is called", html);

        var done = await client.SubmitAsync(link, "welcome", ("Input.Name", "Ada Harbour"), ("Input.Email", "ada@harbourline.example"), ("Input.Password", SignedInClients.Password),
            ("Us.Organization", "Harbourline Example"), ("Us.Domains", "@Harbourline.example, harbourline.test"), ("Us.Zone", "Europe/Berlin"), ("Us.Hours", "Mo-Fr 9:00-17:00"), ("Us.Country", "DE"));
        Assert.True(done.StatusCode == HttpStatusCode.Found, await done.Content.ReadAsStringAsync(Ct));
        Assert.Contains("Ada Harbour", await client.GetStringAsync("/settings", Ct));

        var us = await Rapport.InDatabaseAsync(db => db.InstallationAsync(Ct));
        Assert.Equal(("Harbourline Example", "Europe/Berlin", "Mo-Fr 09:00-17:00", "DE"), (us!.Name, us.Zone, us.BusinessHours, us.Country));
        Assert.Equal(["harbourline.example", "harbourline.test"], us.MailDomains);
        Assert.Equal(32, us.SigningKey.Length);

        Assert.Null(await LinkAsync());
        Assert.Contains("used, was replaced", await client.GetStringAsync(link, Ct));
    }

    [Theory]
    [InlineData("de-AT,de;q=0.9,en-US;q=0.8", "example.com", "AT")]
    [InlineData("de,en-GB;q=0.8", null, "GB")]
    [InlineData("fr", "harbour.be", "BE")]
    [InlineData("fr;q=0.9, de;q=0.8", "harbour.example", "FR")]
    [InlineData("*", null, null)]
    [InlineData(null, "harbour.example", null)]
    public void The_country_is_guessed_from_the_browsers_languages_and_the_address_never_from_this_machine(string? languages, string? domain, string? country) =>
        Assert.Equal(country, Countries.Guess(languages, domain));

    private Task<string?> LinkAsync() => Rapport.InScopeAsync(services => services.GetRequiredService<MakeWelcomeLink>().RunAsync(Ct));
}

public sealed class WelcomeLinkTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task The_link_of_the_first_run_works_for_a_day_and_until_then_nobody_signs_in()
    {
        var link = await Rapport.InScopeAsync(services => services.GetRequiredService<MakeWelcomeLink>().RunAsync(Ct));
        using var client = Rapport.Client();
        Assert.Contains("is not set up yet", await client.GetStringAsync("/sign-in", Ct));
        Assert.Contains("Your organisation", await client.GetStringAsync(link, Ct));
        Rapport.Clock.Advance(OneTimeLink.Lasts(LinkKind.Welcome));
        Assert.Contains("used, was replaced", await client.GetStringAsync(link, Ct));
    }
}
