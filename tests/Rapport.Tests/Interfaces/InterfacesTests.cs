using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rapport.Kernel;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Tests.Interfaces;

public partial class InterfacesTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task The_program_says_that_it_lives_and_is_ready()
    {
        using var anybody = Rapport.Client();
        Assert.Equal("Healthy", await anybody.GetStringAsync("/health/live", Ct));
        Assert.Equal("Healthy", await anybody.GetStringAsync("/health/ready", Ct));
    }

    [Fact]
    public async Task Every_style_sheet_and_script_that_a_page_names_arrives_also_when_run_from_the_sources()
    {
        await Rapport.SetUpAsync();
        using var anybody = Rapport.Client();
        var page = await anybody.GetStringAsync("/sign-in", Ct);
        var named = NamedFile().Matches(page).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.Contains(named, file => file.Contains(".css", StringComparison.Ordinal));
        Assert.Contains(named, file => file.Contains("blazor.web", StringComparison.Ordinal));
        foreach (var file in named)
        {
            var answer = await anybody.GetAsync(new Uri(file, UriKind.RelativeOrAbsolute), Ct);
            Assert.True((await answer.Content.ReadAsByteArrayAsync(Ct)).Length > 0 && answer.Content.Headers.ContentType is not null, $"{file} is empty: {(int)answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/settings/sessions?from=here")]
    [InlineData("/no-such-page")]
    [InlineData("/api/parties")]
    [InlineData("/health/live")]
    public async Task Head_answers_like_get_without_the_body(string path)
    {
        await Rapport.SetUpAsync();
        using var anybody = Rapport.Client();
        var get = await anybody.GetAsync(path, Ct);
        using var asked = new HttpRequestMessage(HttpMethod.Head, path);
        var head = await anybody.SendAsync(asked, Ct);
        Assert.Equal((get.StatusCode, get.Headers.Location, get.Content.Headers.ContentType), (head.StatusCode, head.Headers.Location, head.Content.Headers.ContentType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData("/api/conversations?state=Open&view=needsUs&channel=EMAIL&kind={0}", "Automatic")]
    [InlineData("/api/parties/00000000-0000-7000-8000-000000000001/timeline?direction=inbound&channel={0}", "Visit")]
    [InlineData("/api/parties?sort=NAME&tier=a&kind={0}", "Person")]
    [InlineData("/api/commitments?part=SETTLED&side={0}", "OursToThem")]
    public async Task Words_in_an_address_are_understood_in_any_capitals_and_named_when_they_are_none_of_ours(string path, string word)
    {
        var member = await Rapport.SignedInAsync(Roles.Member);
        foreach (var written in new[] { word, word.ToUpperInvariant(), word.ToLowerInvariant() })
            Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(string.Format(null, path, written), Ct)).StatusCode);
        foreach (var wrong in new[] { "zebra", "0", "99" })
        {
            var refused = await member.GetAsync(string.Format(null, path, wrong), Ct);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(char.ToLowerInvariant(word[0]) + word[1..], await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]+\\.(?:css|js|svg))\"")]
    private static partial Regex NamedFile();

    [Fact]
    public async Task Metrics_are_for_administrators()
    {
        var reader = await Rapport.SignedInAsync(Roles.Reader);
        Assert.NotEqual(HttpStatusCode.OK, (await reader.GetAsync("/metrics", Ct)).StatusCode);
        using var nobody = Rapport.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/metrics", Ct)).StatusCode);
        var administrator = await Rapport.SignedInAsync(Roles.Administrator);
        Assert.Contains("http_server_active_requests", await administrator.GetStringAsync("/metrics", Ct));
        var scraper = await Rapport.TokenClientAsync(TokenScope.Read);
        Assert.Equal(HttpStatusCode.OK, (await scraper.GetAsync("/metrics", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await scraper.GetAsync("/api/journal", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await scraper.PutAsync("/api/dead-letters/retried", null, Ct)).StatusCode);
    }

    [Fact]
    public async Task The_api_is_described_in_OpenAPI_3_1_with_a_sentence_for_every_request()
    {
        var member = await Rapport.SignedInAsync(Roles.Member);
        using var description = JsonDocument.Parse(await member.GetStringAsync("/openapi/v1.json", Ct));
        Assert.StartsWith("3.1", description.RootElement.GetProperty("openapi").GetString());
        var operations = description.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Where(o => o.Value.TryGetProperty("responses", out _)).Select(o => (Request: $"{o.Name} {p.Name}", Summary: o.Value.TryGetProperty("summary", out var s) ? s.GetString() : null))).ToList();
        Assert.NotEmpty(operations);
        var silent = operations.Where(o => string.IsNullOrEmpty(o.Summary)).Select(o => o.Request).ToList();
        Assert.True(silent.Count == 0, string.Join(", ", silent));
        Assert.Contains("Bearer rap_", await member.GetStringAsync("/api", Ct));
    }

    [Fact]
    public async Task A_post_with_a_key_is_done_once_however_often_it_is_sent()
    {
        var administrator = await Rapport.SignedInAsync(Roles.Administrator);
        var before = await CountAsync(administrator);
        var first = await InviteAsync(administrator, "key-1", "Io Example");
        var again = await InviteAsync(administrator, "key-1", "Io Example");
        Assert.True(first.IsSuccessStatusCode, await first.Content.ReadAsStringAsync(Ct));
        Assert.Equal(first.StatusCode, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await again.Content.ReadAsStringAsync(Ct));
        Assert.Equal(before + 1, await CountAsync(administrator));

        var reused = await InviteAsync(administrator, "key-1", "Someone Else Example");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reused.StatusCode);
        Assert.Contains("idempotency.reused", await reused.Content.ReadAsStringAsync(Ct));
        Assert.True((await InviteAsync(administrator, "key-2", "Someone Else Example")).IsSuccessStatusCode);
    }

    private static async Task<HttpResponseMessage> InviteAsync(HttpClient client, string key, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens") { Content = JsonContent.Create(new { name, scope = "read" }) };
        request.Headers.Add(Idempotency.Header, key);
        return await client.SendAsync(request, Ct);
    }

    private static async Task<int> CountAsync(HttpClient client)
    {
        using var tokens = JsonDocument.Parse(await client.GetStringAsync("/api/tokens", Ct));
        var root = tokens.RootElement;
        return (root.ValueKind == JsonValueKind.Array ? root : root.GetProperty("items")).GetArrayLength();
    }
}
