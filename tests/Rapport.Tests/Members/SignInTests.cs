using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;
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
        for (var i = 0; i < SignInRate.MostFailures; i++) await SaidAsync(client, email, $"wrong guess number {i}");
        Assert.Contains("do not fit together", await SaidAsync(client, email, SignedInClients.Password));

        Rapport.Clock.Advance(SignInRate.Window);
        var answer = await client.SubmitAsync("/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", SignedInClients.Password));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task A_sign_in_is_a_line_of_the_journal_and_a_wrong_password_never_one()
    {
        var actor = await Rapport.ActorAsync(Roles.Member | Roles.Reader);
        using var client = Rapport.Client();
        await SaidAsync(client, SignedInClients.EmailOf(actor.Roles), "not the right one at all");
        (await Rapport.Members.SignInAsync(SignedInClients.EmailOf(actor.Roles), SignedInClients.Password)).Dispose();
        var lines = await Rapport.InScopeAsync(services => services.GetRequiredService<JournalQueries>().ListAsync($"members/{actor.Id}", null, null, 20, Ct));
        Assert.Equal(["signed in", "added"], lines.Select(line => line.Deed));
        Assert.All(lines, line => Assert.DoesNotContain("passwordHash", line.Content));
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_signs_in_where_another_is_signed_in_is_themselves_and_the_others_session_is_over(bool byPassword)
    {
        var (owner, member) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Member));
        using var client = await Rapport.Members.SignInAsync(SignedInClients.EmailOf(Roles.Owner), SignedInClients.Password);
        var before = await SessionsAsync(owner.Id);
        Assert.Contains(SignedInClients.EmailOf(Roles.Owner), await client.GetStringAsync("/api/me", Ct), StringComparison.Ordinal);
        if (byPassword) await client.SubmitAsync("/sign-in", "sign-in", ("Input.Email", SignedInClients.EmailOf(Roles.Member)), ("Input.Password", SignedInClients.Password));
        else
        {
            var link = await Rapport.InScopeAsync(async services =>
            {
                var known = await services.GetRequiredService<RapportDb>().Set<Member>().SingleAsync(m => m.Id == member.Id, Ct);
                return (await services.GetRequiredService<MakeMemberLink>().SignInAsync(known, owner, Ct)).Value!.Path;
            });
            Assert.Equal(HttpStatusCode.Found, (await client.GetAsync(link, Ct)).StatusCode);
        }
        Assert.Contains(SignedInClients.EmailOf(Roles.Member), await client.GetStringAsync("/api/me", Ct), StringComparison.Ordinal);
        Assert.Equal(before - 1, await SessionsAsync(owner.Id));

        Task<int> SessionsAsync(MemberId of) => Rapport.InDatabaseAsync(db => db.Set<MemberSession>().CountAsync(s => s.Member == of, Ct));
    }

    private static async Task<string> SaidAsync(HttpClient client, string email, string password)
    {
        var answer = await client.SubmitAsync("/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", password));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Regex.Match(await answer.Content.ReadAsStringAsync(Ct), "role=\"alert\".*?</div>\\s*</div>", RegexOptions.Singleline).Value;
    }
}

/// <summary>In a class of its own, because each address on the net has thirty attempts.</summary>
public sealed class ManyGuessesTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task Of_many_guesses_at_once_no_more_than_five_are_looked_at()
    {
        var actor = await Rapport.ActorAsync(Roles.Reader);
        using var client = Rapport.Client();
        var page = await client.GetStringAsync("/sign-in", Ct);
        var token = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        FormUrlEncodedContent Guess(string password) => new([new("_handler", "sign-in"), new("__RequestVerificationToken", token), new("Input.Email", SignedInClients.EmailOf(actor.Roles)), new("Input.Password", password)]);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.PostAsync("/sign-in", Guess($"wrong guess number {i}"), Ct)));

        var counted = await Rapport.InDatabaseAsync(db => db.MemberAsync(actor.Id, Ct));
        Assert.True(counted!.FailedSignIns > 0 || counted.LockedUntil > Rapport.Clock.GetUtcNow(), "Nothing was counted.");
        for (var i = 0; i < SignInRate.MostFailures; i++) await client.PostAsync("/sign-in", Guess($"wrong again {i}"), Ct);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/sign-in", Guess(SignedInClients.Password), Ct)).StatusCode);
        Rapport.Clock.Advance(SignInRate.Window);
        Assert.Equal(HttpStatusCode.Found, (await client.PostAsync("/sign-in", Guess(SignedInClients.Password), Ct)).StatusCode);
    }
}
