using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Members;

namespace Rapport.Tests.Interfaces;

/// <summary>What people and programs read when something goes wrong: a sentence and the next step, never a stack trace.</summary>
public sealed class WentWrongTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task Who_is_signed_in_and_lost_finds_the_way_from_a_page_of_the_shell()
    {
        var member = await Rapport.SignedInAsync(Roles.Member);
        var lost = await PageAsync(await member.GetAsync("/nothing-here", Ct), HttpStatusCode.NotFound);
        Assert.Contains("There is nothing here", lost);
        Assert.Contains("href=\"/find\"", lost);
        Assert.Contains("aria-label=\"Pages\"", lost);
        var notTheirs = await PageAsync(await member.GetAsync("/settings/organisation", Ct), HttpStatusCode.Forbidden);
        Assert.Contains("An administrator can change them", notTheirs);
    }

    [Theory]
    [InlineData("/commitments/{0}", "There is no such commitment.")]
    [InlineData("/conversations/{0}", "There is no such conversation")]
    [InlineData("/parties/{0}", "There is no such person or organisation")]
    [InlineData("/parties/{0}/brief", "Nobody is here")]
    public async Task A_page_that_finds_nothing_says_so_in_its_own_words_every_time(string path, string words)
    {
        var member = await Rapport.SignedInAsync(Roles.Member);
        // The second time nothing has to be made ready first: it once never ended on PostgreSQL.
        for (var times = 0; times < 2; times++)
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            ends.CancelAfter(TimeSpan.FromSeconds(60));
            Assert.Contains(words, await PageAsync(await member.GetAsync(string.Format(null, path, "00000000-0000-7000-8000-000000000000"), ends.Token), HttpStatusCode.NotFound));
        }
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_offered_to_sign_in()
    {
        using var nobody = Rapport.Client();
        var refused = await PageAsync(await nobody.PostAsync("/sign-in", new FormUrlEncodedContent([]), Ct), HttpStatusCode.BadRequest);
        Assert.Contains("href=\"/sign-in\"", refused);
        Assert.DoesNotContain("aria-label=\"Pages\"", refused);
    }

    [Fact]
    public async Task A_form_that_is_too_old_or_too_large_leads_back_to_its_page()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        using var old = new HttpRequestMessage(HttpMethod.Post, "/do/sign-out") { Content = new FormUrlEncodedContent([]) };
        old.Headers.Referrer = new(Rapport.Address, "/settings?x=1");
        var page = await PageAsync(await owner.SendAsync(old, Ct), HttpStatusCode.BadRequest);
        Assert.Contains("too old", page);
        Assert.Contains("href=\"/settings?x=1\"", page);

        using var large = Large(HttpMethod.Post, "/settings", new FormUrlEncodedContent([new("_handler", "profile"), new("Profile.Name", new string('x', 11 * 1024 * 1024))]));
        Assert.Contains("too large", await PageAsync(await owner.SendAsync(large, Ct), HttpStatusCode.RequestEntityTooLarge));
    }

    [Theory]
    [InlineData("GET", "/api/nothing-here", null, 404, "address.missing")]
    [InlineData("PATCH", "/api/me", null, 405, "request.method")]
    [InlineData("PUT", "/api/me", "{", 400, "request.unreadable")]
    [InlineData("PUT", "/api/me", "null", 400, "request.unreadable")]
    [InlineData("PUT", "/api/me", "[1,2]", 400, "request.unreadable")]
    [InlineData("POST", "/api/invitations", "{}", 400, "request.unreadable")]
    [InlineData("POST", "/api/invitations", "{\"roles\":null}", 400, "request.unreadable")]
    [InlineData("POST", "/api/invitations", "{\"roles\":[3]}", 400, "request.unreadable")]
    [InlineData("POST", "/api/tokens", "{\"name\":\"a\\u0000b\",\"scope\":\"read\"}", 400, "request.unreadable")]
    [InlineData("GET", "/api/members?size=many", null, 400, "request.unreadable")]
    [InlineData("GET", "/api/members/nobody", null, 400, "request.unreadable")]
    public async Task Programs_get_problem_details_with_a_code(string method, string path, string? body, int status, string code)
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        var problem = await ProblemAsync(await owner.SendAsync(request, Ct), status);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.DoesNotContain("Rapport.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_problem_names_what_is_missing_and_which_words_are_taken()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        Assert.Contains("\"roles\"", await DetailAsync(owner, "/api/invitations", "{}"));
        var words = await DetailAsync(owner, "/api/invitations", "{\"roles\":[\"king\"]}");
        Assert.Contains("$.roles[0]", words);
        Assert.Contains("reader, member, manager, administrator, owner", words);
        Assert.Contains("null character", await DetailAsync(owner, "/api/tokens", "{\"name\":\"a\\u0000b\",\"scope\":\"read\"}"));
        Assert.True((await owner.PostAsJsonAsync("/api/invitations", new { roles = new[] { "READER", "Member" } }, Ct)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_body_that_is_no_text_or_nested_without_end_is_refused()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        foreach (var body in new[] { [.. "{\"name\":\""u8, 0xff, 0xfe, .. "\"}"u8], Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)) })
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            await ProblemAsync(await owner.PutAsync("/api/me", content, Ct), 400);
        }
        using var text = new StringContent("name=Eve", Encoding.UTF8, "text/plain");
        Assert.Equal("request.media-type", (await ProblemAsync(await owner.PutAsync("/api/me", text, Ct), 415)).GetProperty("code").GetString());
        using var large = Large(HttpMethod.Put, "/api/me", new StringContent($"{{\"name\":\"{new string('x', 11 * 1024 * 1024)}\"}}", Encoding.UTF8, "application/json"));
        Assert.Equal("request.too-large", (await ProblemAsync(await owner.SendAsync(large, Ct), 413)).GetProperty("code").GetString());
    }

    // It asks before it sends, as a well-made program does: who just sends finds the line cut.
    private static HttpRequestMessage Large(HttpMethod method, string path, HttpContent content) => new(method, path) { Content = content, Headers = { ExpectContinue = true } };

    private static async Task<string> DetailAsync(HttpClient client, string path, string body) =>
        (await ProblemAsync(await client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Ct), 400)).GetProperty("detail").GetString()!;

    private static async Task<string> PageAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var html = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {html}");
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<h1>", html);
        Assert.Contains("Content-Security-Policy", answer.Headers.Select(h => h.Key));
        return html;
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True((int)answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(text);
    }
}

/// <summary>A fault of ours, and a database that is gone: in a class of its own, because the database does not come back.</summary>
public sealed class FailureTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task A_fault_is_said_with_a_number_and_without_a_trace_of_the_code()
    {
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        await Rapport.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE api_tokens RENAME TO mislaid_tokens", Ct));
        var page = await owner.GetAsync("/settings/tokens", Ct);
        var html = await page.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        Assert.Contains("It is a fault of ours", html);
        Assert.Matches("<code>[0-9A-Za-z:]{10,}</code>", html);
        var problem = await owner.GetAsync("/api/tokens", Ct);
        var said = JsonElement.Parse(await problem.Content.ReadAsStringAsync(Ct));
        Assert.Equal((500, "request.failed"), ((int)problem.StatusCode, said.GetProperty("code").GetString()));
        Assert.NotEmpty(said.GetProperty("trace").GetString()!);
        foreach (var text in new[] { html, said.ToString() })
        {
            Assert.DoesNotContain("mislaid", text);
            Assert.DoesNotContain("   at ", text);
            Assert.DoesNotContain("Exception", text);
        }
        await Rapport.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE mislaid_tokens RENAME TO api_tokens", Ct));
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/settings/tokens", Ct)).StatusCode);
    }
}
