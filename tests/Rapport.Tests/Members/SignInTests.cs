using System.Net;
using System.Text.RegularExpressions;
using Rapport.Members;

namespace Rapport.Tests.Members;

public sealed class SignInTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task Who_is_not_signed_in_is_led_to_the_sign_in_page_and_back()
    {
        await Rapport.SetUpAsync();
        using var client = Rapport.Client();
        var sentAway = await client.GetAsync("/settings?x=1", Ct);
        Assert.Equal("/sign-in?returnTo=%2Fsettings%3Fx%3D1", sentAway.Headers.Location?.OriginalString);

        var back = await client.SubmitAsync(sentAway.Headers.Location!.OriginalString, "sign-in", ("Input.Email", "OWNER@Harbourline.Example "), ("Input.Password", SignedInClients.Password));
        Assert.Equal(new Uri(Rapport.Address, "/settings?x=1"), new Uri(Rapport.Address, back.Headers.Location!));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/settings", Ct)).StatusCode);
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org")]
    [InlineData("/\\example.org")]
    public async Task Signing_in_never_leads_to_another_site(string elsewhere)
    {
        await Rapport.SetUpAsync();
        using var client = Rapport.Client();
        var answer = await client.SubmitAsync($"/sign-in?returnTo={Uri.EscapeDataString(elsewhere)}", "sign-in", ("Input.Email", SignedInClients.EmailOf(Roles.Owner)), ("Input.Password", SignedInClients.Password));
        Assert.Equal(new Uri(Rapport.Address, "/"), new Uri(Rapport.Address, answer.Headers.Location!));
    }

    [Fact]
    public async Task A_program_without_a_token_gets_a_problem_instead_of_a_page()
    {
        using var client = Rapport.Client();
        var answer = await client.GetAsync("/api/anything", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("sign-in.needed", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        await Rapport.SetUpAsync();
        using var client = Rapport.Client();
        var known = await SaidAsync(client, SignedInClients.EmailOf(Roles.Owner), "not the right one at all");
        var unknown = await SaidAsync(client, "nobody@harbourline.example", "not the right one at all");
        Assert.Contains("do not fit together", known);
        Assert.Equal(known, unknown);
    }

    [Fact]
    public async Task After_five_failures_even_the_right_password_waits_five_minutes()
    {
        var actor = await Rapport.ActorAsync(Roles.Manager);
        var email = SignedInClients.EmailOf(actor.Roles);
        using var client = Rapport.Client();
        for (var i = 0; i < SignInThrottle.MostFailures; i++) await SaidAsync(client, email, $"wrong guess number {i}");
        Assert.Contains("do not fit together", await SaidAsync(client, email, SignedInClients.Password));

        Rapport.Clock.Advance(SignInThrottle.Closed);
        var answer = await client.SubmitAsync("/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", SignedInClients.Password));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        await Rapport.SetUpAsync();
        using var client = Rapport.Client();
        var answer = await client.SubmitAsync("/sign-in", "sign-in", ("Input.Email", SignedInClients.EmailOf(Roles.Owner)), ("Input.Password", SignedInClients.Password));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("rapport=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("expires=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Signing_out_is_a_post_and_ends_the_session_on_the_server()
    {
        await Rapport.SetUpAsync();
        using var client = await Rapport.Members.SignInAsync(SignedInClients.EmailOf(Roles.Owner), SignedInClients.Password);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/settings", Ct)).StatusCode);
        Assert.False((await client.GetAsync("/do/sign-out", Ct)).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/settings", Ct)).StatusCode);

        Assert.Equal("/sign-in", (await client.SubmitAsync("/settings", "/do/sign-out")).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Found, (await client.GetAsync("/settings", Ct)).StatusCode);
    }

    private static async Task<string> SaidAsync(HttpClient client, string email, string password)
    {
        var answer = await client.SubmitAsync("/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", password));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Regex.Match(await answer.Content.ReadAsStringAsync(Ct), "role=\"alert\".*?</div>\\s*</div>", RegexOptions.Singleline).Value;
    }
}
