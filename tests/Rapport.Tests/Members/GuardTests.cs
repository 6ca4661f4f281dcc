using System.Net;
using System.Net.Http.Json;
using Rapport.Members;

namespace Rapport.Tests.Members;

public sealed class GuardTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.Created)]
    public async Task The_api_takes_a_cookie_only_from_our_own_pages(string header, string value, HttpStatusCode expected)
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/invitations") { Content = JsonContent.Create(new { roles = new[] { "reader" } }) };
        request.Headers.Add(header, value);
        Assert.Equal(expected, (await owner.SendAsync(request, Ct)).StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("https://example.org", HttpStatusCode.Forbidden)]
    [InlineData("ours", HttpStatusCode.Created)]
    public async Task An_older_browser_is_known_by_its_origin(string? origin, HttpStatusCode expected)
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/invitations") { Content = JsonContent.Create(new { roles = new[] { "reader" } }) };
        request.Headers.Add("Sec-Fetch-Site", "");
        if (origin is not null) request.Headers.Add("Origin", origin == "ours" ? Rapport.Address.GetLeftPart(UriPartial.Authority) : origin);
        Assert.Equal(expected, (await owner.SendAsync(request, Ct)).StatusCode);
    }

    [Theory]
    [InlineData("/do/sign-out")]
    [InlineData("/do/sessions/end-others")]
    [InlineData("/settings")]
    [InlineData("/members/invite")]
    public async Task A_form_without_our_token_is_refused(string path)
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        using var form = new FormUrlEncodedContent([new("_handler", "profile"), new("Profile.Name", "Eve")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync(path, form, Ct)).StatusCode);
        Assert.Contains("Ada Harbour", await owner.GetStringAsync("/settings", Ct));
    }

    [Fact]
    public async Task Every_page_carries_the_headers_that_keep_strangers_out()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        foreach (var path in new[] { "/sign-in", "/settings", "/api/me", "/nothing-here" })
        {
            var headers = (await owner.GetAsync(path, Ct)).Headers;
            var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(headers.GetValues("Referrer-Policy")));
            Assert.False(headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task A_stale_change_is_refused()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var us = await owner.GetAsync("/api/installation", Ct);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/installation") { Content = us.Content };
        request.Headers.TryAddWithoutValidation("If-Match", "\"999\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await owner.SendAsync(request, Ct)).StatusCode);
        using var fresh = new HttpRequestMessage(HttpMethod.Put, "/api/installation") { Content = new StringContent(await us.Content.ReadAsStringAsync(Ct), System.Text.Encoding.UTF8, "application/json") };
        fresh.Headers.IfMatch.Add(us.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, (await owner.SendAsync(fresh, Ct)).StatusCode);
    }
}

public sealed class SignInRateTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task One_place_on_the_net_has_thirty_attempts_in_five_minutes()
    {
        using var client = Rapport.Client();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i <= SignInRate.Attempts; i++) answers.Add((await client.PostAsync("/sign-in", new FormUrlEncodedContent([]), Ct)).StatusCode);
        Assert.All(answers[..^1], status => Assert.Equal(HttpStatusCode.BadRequest, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/sign-in", Ct)).StatusCode);
    }
}
