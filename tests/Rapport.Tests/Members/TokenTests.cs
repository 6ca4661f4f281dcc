using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Rapport.Members;

namespace Rapport.Tests.Members;

public sealed class TokenTests(RapportFixture rapport) : ProductTests(rapport)
{
    private static readonly object Invitation = new { roles = new[] { "reader" } };

    [Fact]
    public async Task A_token_that_reads_reads_and_never_writes()
    {
        var program = await Rapport.TokenClientAsync(TokenScope.Read);
        Assert.Contains("Ada Harbour", await program.GetStringAsync("/api/me", Ct));
        var profile = new { name = "Eve", theme = "dark" };
        var refused = await program.PutAsJsonAsync("/api/me", profile, Ct);
        Assert.Equal((HttpStatusCode.Forbidden, "token.read-only"), (refused.StatusCode, await CodeAsync(refused)));
        Assert.Equal(HttpStatusCode.Forbidden, (await program.PostAsJsonAsync("/api/invitations", Invitation, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_token_that_writes_writes_without_a_form_but_makes_no_tokens()
    {
        var program = await Rapport.TokenClientAsync(TokenScope.Write);
        Assert.Equal(HttpStatusCode.Created, (await program.PostAsJsonAsync("/api/invitations", Invitation, Ct)).StatusCode);
        Assert.Equal("token.by-token", await CodeAsync(await program.PostAsJsonAsync("/api/tokens", new { name = "more", scope = "write" }, Ct)));
    }

    [Fact]
    public async Task A_token_is_shown_once_expires_and_can_be_revoked()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var made = await (await owner.PostAsJsonAsync("/api/tokens", new { name = "short", scope = "read", days = 1 }, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var secret = made.GetProperty("token").GetString()!;
        Assert.StartsWith("rap_", secret);
        Assert.DoesNotContain(secret, await owner.GetStringAsync("/api/tokens", Ct));

        using var program = Rapport.Client();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/me", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"/api/tokens/{made.GetProperty("id").GetString()}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/me", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_token_made_on_the_page_works_until_it_expires()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        var html = await (await owner.SubmitAsync("/settings/tokens", "token", ("Input.Name", "Telephone system"), ("Input.Scope", "Read"), ("Input.Days", "1"))).Content.ReadAsStringAsync(Ct);
        var secret = System.Text.RegularExpressions.Regex.Match(html, "<code>(rap_[\\w-]+)</code>").Groups[1].Value;
        using var program = Rapport.Client();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/me", Ct)).StatusCode);
        Rapport.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/me", Ct)).StatusCode);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(Ct)).TryGetProperty("code", out var code) ? code.GetString() : null;
}
