using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Kernel.Web;

namespace Rapport.Tests.Customers;

public class PartyApiTests(RapportFixture rapport) : CustomerTests(rapport)
{
    [Fact]
    public async Task A_person_is_added_found_changed_and_put_away_through_the_interface()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var organization = await MadeAsync(client, "/api/parties/organizations", new { name = "Hafenwerk Beispiel GmbH", domains = new[] { "hafenwerk.example" } });
        var person = await MadeAsync(client, "/api/parties/persons", new { name = "Lena Brandt", organization, title = "Head of Yard", level = "management", contactPoints = new[] { new { kind = "telephone", given = "030 901820" } } });

        var read = await client.GetAsync($"/api/parties/{person}", Ct);
        Assert.Equal("\"0\"", read.Headers.ETag?.Tag);
        var detail = await ReadAsync<PartyDetail>(read);
        Assert.Equal(("Lena Brandt", "Head of Yard"), (detail.Name, detail.Affiliations[0].Title));
        Assert.Equal("+4930901820", detail.ContactPoints[0].Value);
        Assert.Equal("Lena Brandt", Assert.Single(await GetAsync<List<PartyRow>>(client, "/api/parties/by-contact-point?value=%2B49%2030%20901820")).Name);

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(client, HttpMethod.Put, $"/api/parties/{person}", new { name = "Lena Brandt-Meyer" }, etag: "\"0\"")).StatusCode);
        var stale = await SendAsync(client, HttpMethod.Put, $"/api/parties/{person}", new { name = "Too Late" }, etag: "\"0\"");
        Assert.Equal((HttpStatusCode.PreconditionFailed, "changed.meanwhile"), (stale.StatusCode, await CodeAsync(stale)));
        Assert.Equal(["Lena Brandt"], (await GetAsync<PartyDetail>(client, $"/api/parties/{person}")).FormerNames);

        Assert.Contains(await ListedAsync(client, "name=brandt"), r => r.Id == person);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsync($"/api/parties/{person}/archived", null, Ct)).StatusCode);
        Assert.DoesNotContain(await ListedAsync(client, "name=brandt"), r => r.Id == person);
        Assert.Contains(await ListedAsync(client, "name=brandt&archived=true"), r => r.Id == person);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/parties/{person}/archived", Ct)).StatusCode);
        Assert.Contains(await ListedAsync(client, "name=brandt"), r => r.Id == person);
    }

    [Fact]
    public async Task Addresses_places_and_links_are_changed_only_as_they_were_read()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var yard = await MadeAsync(client, "/api/parties/organizations", new { name = "Stale Yard Example" });
        var person = await MadeAsync(client, "/api/parties/persons", new { name = "Petra Stale", organization = yard, contactPoints = new[] { new { kind = "telephone", given = "030 901821" } } });
        var quay = await MadeAsync(client, "/api/parties/organizations", new { name = "Stale Quay Example" });
        var link = await MadeAsync(client, "/api/serves-links", new { provider = quay, customer = yard, with = "Berths" });
        var (point, place, serves) = ((await GetAsync<PartyDetail>(client, $"/api/parties/{person}")).ContactPoints[0], (await GetAsync<PartyDetail>(client, $"/api/parties/{person}")).Affiliations[0], (await GetAsync<PartyDetail>(client, $"/api/parties/{yard}")).Serves[0]);
        Assert.Equal(link.Value, serves.Id.Value);

        (HttpMethod Method, string Path, object? Body, int Version)[] changes =
        [
            (HttpMethod.Put, $"/api/parties/{person}/contact-points/{point.Id}", new { label = "work", preferred = true, doNotUse = false }, point.Version),
            (HttpMethod.Put, $"/api/parties/{person}/affiliations/{place.Id}", new { organization = yard, title = "Yard Master" }, place.Version),
            (HttpMethod.Put, $"/api/parties/{person}/affiliations/{place.Id}/ended", null, place.Version + 1),
            (HttpMethod.Put, $"/api/serves-links/{serves.Id}/ended", null, serves.Version),
            (HttpMethod.Delete, $"/api/parties/{person}/contact-points/{point.Id}", null, point.Version + 1),
        ];
        foreach (var (method, path, body, version) in changes)
        {
            var stale = await SendAsync(client, method, path, body, etag: $"\"{version + 7}\"");
            Assert.Equal((HttpStatusCode.PreconditionFailed, "changed.meanwhile"), (stale.StatusCode, await CodeAsync(stale)));
            Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(client, method, path, body, etag: $"\"{version}\"")).StatusCode);
        }
        Assert.Empty((await GetAsync<PartyDetail>(client, $"/api/parties/{person}")).ContactPoints);
    }

    [Fact]
    public async Task A_relationship_is_started_judged_and_listed_as_mine()
    {
        var (client, me) = (await Rapport.SignedInAsync(Roles.Member), await Rapport.ActorAsync(Roles.Member));
        var customer = await MadeAsync(client, "/api/parties/organizations", new { name = "Seorin Labs Example" });
        var relationship = await MadeAsync(client, "/api/relationships", new { customer, terms = new { owner = me.Id, tier = "a", primary = true, since = "2023-04-01" } });
        foreach (var kind in new[] { "authority", "means", "intention" })
            await MadeAsync(client, $"/api/relationships/{relationship}/judgements", new { kind, answer = "yes", evidence = "They signed the offer." });

        var detail = await GetAsync<PartyDetail>(client, $"/api/parties/{customer}");
        Assert.Equal(Standing.Customer, detail.Relationship?.Standing);
        Assert.Equal($"External customer since 2023, pays, tier A, looked after by {me.Name}.", PartySentence.Of(detail));
        Assert.Contains((await GetAsync<Page<PartyRow>>(client, "/api/my-customers")).Items, r => r.Id == customer);
        Assert.Contains(await ListedAsync(client, "owner=me&standing=customer&tier=a&pays=true&internal=false&kind=organization&sort=tier"), r => r.Id == customer);
    }

    [Fact]
    public async Task Who_is_it_is_answered_and_taken_back_through_the_interface()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var person = await MadeAsync(client, "/api/parties/persons", new { name = "Jun Park", contactPoints = new[] { new { kind = "email", given = "Jun.Park@quay-labs.example" } } });
        var answered = await ReadAsync<WhoAnswered>(await SendAsync(client, HttpMethod.Put, $"/api/parties/{person}/who", new { who = "customer" }));
        Assert.Equal("Quay Labs", (await GetAsync<PartyDetail>(client, $"/api/parties/{answered.About}")).Name);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/who-said/{answered.Id}", Ct)).StatusCode);
        Assert.Equal(Who.Unknown, (await GetAsync<PartyDetail>(client, $"/api/parties/{person}")).Who);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_a_code_and_the_field_and_what_is_not_there_is_missing()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var nameless = await client.PostAsJsonAsync("/api/parties/persons", new { name = " " }, Ct);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "name.missing"), (nameless.StatusCode, await CodeAsync(nameless)));
        var unreadable = await client.PostAsJsonAsync("/api/parties/persons", new { name = "No Mail", contactPoints = new[] { new { kind = "web", given = "javascript:alert(1)" } } }, Ct);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "web.unreadable"), (unreadable.StatusCode, await CodeAsync(unreadable)));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/parties/00000000-0000-7000-8000-00000000dead", Ct)).StatusCode);
        foreach (var query in new[] { "owner=somebody", "kind=ship", "sort=beauty", "standing=9" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.GetAsync($"/api/parties?{query}", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_reader_sees_and_changes_nothing_and_a_stranger_sees_nothing()
    {
        var (member, reader, stranger) = (await Rapport.SignedInAsync(Roles.Member), await Rapport.SignedInAsync(Roles.Reader), Rapport.Client());
        var party = await MadeAsync(member, "/api/parties/organizations", new { name = "Guarded Example" });
        var relationship = await MadeAsync(member, "/api/relationships", new { customer = party });
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"/api/parties/{party}", Ct)).StatusCode);
        (HttpMethod, string, object?)[] writes =
        [
            (HttpMethod.Post, "/api/parties/persons", new { name = "Never" }), (HttpMethod.Post, "/api/parties/organizations", new { name = "Never" }), (HttpMethod.Put, $"/api/parties/{party}", new { name = "Never" }),
            (HttpMethod.Put, $"/api/parties/{party}/archived", null), (HttpMethod.Put, $"/api/parties/{party}/who", new { who = "customer" }), (HttpMethod.Post, $"/api/parties/{party}/contact-points", new { kind = "email", given = "a@b.example" }),
            (HttpMethod.Post, "/api/relationships", new { customer = party }), (HttpMethod.Post, $"/api/relationships/{relationship}/judgements", new { kind = "means", answer = "no", evidence = "x" }),
            (HttpMethod.Post, "/api/serves-links", new { provider = party, customer = party, with = "x" }), (HttpMethod.Put, "/api/mail-domains/guarded.example/who", new { who = "customer" }),
        ];
        foreach (var (method, path, body) in writes)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(reader, method, path, body)).StatusCode);
            Assert.Contains((await SendAsync(stranger, method, path, body)).StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Found });
        }
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync($"/api/parties/{party}", Ct)).StatusCode);
        Assert.Equal("Guarded Example", (await PartyAsync(party)).Name);
        Assert.Null((await PartyAsync(party)).ArchivedAt);
    }

    private static async Task<PartyId> MadeAsync(HttpClient client, string path, object body)
    {
        var response = await client.PostAsJsonAsync(path, body, Json.Options, Ct);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Ct));
        return new((await response.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetGuid());
    }

    private static async Task<IReadOnlyList<PartyRow>> ListedAsync(HttpClient client, string query) => (await GetAsync<Page<PartyRow>>(client, $"/api/parties?{query}")).Items;

    private static async Task<T> GetAsync<T>(HttpClient client, string path) => await ReadAsync<T>(await client.GetAsync(path, Ct));

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<T>(text, Json.Options)!;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, object? body, string? etag = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: Json.Options) };
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await client.SendAsync(request, Ct);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString();
}
