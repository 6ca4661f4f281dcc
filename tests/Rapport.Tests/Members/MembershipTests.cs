using System.Net;
using System.Text.RegularExpressions;
using Rapport.Members;

namespace Rapport.Tests.Members;

public sealed class MembershipTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task An_invitation_by_link_makes_a_member_with_the_roles_chosen_once()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var invited = await owner.SubmitAsync("/members/invite", "invite", ("Input.Name", "Ben Quay"), ("Input.Email", "ben@harbourline.example"), ("Input.Roles", "Member"), ("Input.Roles", "Manager"));
        var link = LinkIn(await invited.Content.ReadAsStringAsync(Ct));

        using var ben = Rapport.Client();
        Assert.Contains("value=\"Ben Quay\"", await ben.GetStringAsync(link, Ct));
        var joined = await ben.SubmitAsync(link, "join", ("Input.Name", "Ben Quay"), ("Input.Email", "ben@harbourline.example"), ("Input.Password", SignedInClients.Password));
        Assert.Equal(HttpStatusCode.Found, joined.StatusCode);
        var me = await ben.GetStringAsync("/api/me", Ct);
        Assert.Contains("\"roles\":[\"member\",\"manager\"]", me);
        Assert.Contains("used, was replaced", await Rapport.Client().GetStringAsync(link, Ct));
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_a_link_and_all_sessions_end()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var reader = await Rapport.ActorAsync(Roles.Reader);
        using var before = await Rapport.Members.SignInAsync(SignedInClients.EmailOf(Roles.Reader), SignedInClients.Password);
        var link = LinkIn(await (await owner.SubmitAsync($"/members/{reader.Id}", "reset")).Content.ReadAsStringAsync(Ct));

        using var after = Rapport.Client();
        Assert.Equal(HttpStatusCode.OK, (await after.SubmitAsync(link, "reset", ("Input.Password", "passwordpassword"))).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await after.SubmitAsync(link, "reset", ("Input.Password", "a new word and another"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await after.GetAsync("/settings", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await before.GetAsync("/settings", Ct)).StatusCode);
        Assert.Contains("used, was replaced", await after.GetStringAsync(link, Ct));
    }

    [Fact]
    public async Task Who_has_left_is_signed_out_at_once_and_may_return()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var actor = await Rapport.ActorAsync(Roles.Manager);
        using var client = await Rapport.Members.SignInAsync(SignedInClients.EmailOf(Roles.Manager), SignedInClients.Password);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/settings", Ct)).StatusCode);

        await owner.SubmitAsync($"/members/{actor.Id}", $"/do/members/{actor.Id}/left");
        Assert.Equal(HttpStatusCode.Found, (await client.GetAsync("/settings", Ct)).StatusCode);
        var refused = await client.SubmitAsync("/sign-in", "sign-in", ("Input.Email", SignedInClients.EmailOf(Roles.Manager)), ("Input.Password", SignedInClients.Password));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);

        await owner.SubmitAsync($"/members/{actor.Id}", $"/do/members/{actor.Id}/returned");
        (await Rapport.Members.SignInAsync(SignedInClients.EmailOf(Roles.Manager), SignedInClients.Password)).Dispose();
    }

    [Fact]
    public async Task Other_roles_take_hold_with_the_next_click()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var actor = await Rapport.ActorAsync(Roles.Member | Roles.Manager);
        using var client = await Rapport.Members.SignInAsync(SignedInClients.EmailOf(actor.Roles), SignedInClients.Password);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/members/invite", Ct)).StatusCode);
        await owner.SubmitAsync($"/members/{actor.Id}", "roles", ("Input.Roles", "Administrator"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/members/invite", Ct)).StatusCode);
    }

    [Fact]
    public async Task The_last_owner_stays_and_administrators_do_nothing_to_owners()
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var byOwner = await Rapport.SignedInAsync(Roles.Owner);
        var byAdministrator = await Rapport.SignedInAsync(Roles.Administrator);
        Assert.Contains("must own", await (await byOwner.SubmitAsync($"/members/{owner.Id}", "roles", ("Input.Roles", "Member"))).Content.ReadAsStringAsync(Ct));
        Assert.Contains("Only an owner", await (await byAdministrator.SubmitAsync($"/members/{owner.Id}", "reset")).Content.ReadAsStringAsync(Ct));
        Assert.Contains("Only an owner", await (await byAdministrator.SubmitAsync("/members/invite", "invite", ("Input.Roles", "Owner"))).Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Sessions_are_listed_and_all_others_can_be_ended()
    {
        var email = SignedInClients.EmailOf(Roles.Reader | Roles.Member);
        await Rapport.ActorAsync(Roles.Reader | Roles.Member);
        using var here = await Rapport.Members.SignInAsync(email, SignedInClients.Password);
        using var there = await Rapport.Members.SignInAsync(email, SignedInClients.Password);
        var html = await here.GetStringAsync("/settings/sessions", Ct);
        Assert.Contains("127.0.0.1", html);
        Assert.Contains("this one", html);

        await here.SubmitAsync("/settings/sessions", "/do/sessions/end-others");
        Assert.Equal(HttpStatusCode.Found, (await there.GetAsync("/settings", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/settings", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_session_lasts_two_weeks_from_the_last_visit()
    {
        await Rapport.SetUpAsync();
        using var client = await Rapport.Members.SignInAsync(SignedInClients.EmailOf(Roles.Owner), SignedInClients.Password);
        Rapport.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/settings", Ct)).StatusCode);
        Rapport.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/settings", Ct)).StatusCode);
        Rapport.Clock.Advance(TimeSpan.FromDays(15));
        Assert.Equal(HttpStatusCode.Found, (await client.GetAsync("/settings", Ct)).StatusCode);
    }

    private static string LinkIn(string html) => Regex.Match(html, "<code>https?://[^/]+(/(join|reset)/[\\w-]+)</code>") is { Success: true } match ? match.Groups[1].Value : throw new InvalidOperationException(html);
}
