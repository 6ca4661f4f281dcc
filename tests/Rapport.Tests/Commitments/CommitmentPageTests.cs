using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;
using Rapport.Members;

namespace Rapport.Tests.Commitments;

public class CommitmentPageTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task By_Friday_typed_on_the_form_is_the_end_of_business_on_Friday_where_the_recipient_is()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var person = await PersonAsync("Jun Tokyo", "Asia/Tokyo");
        var made = await PromiseAsync(client, person, "Send drawings rev C", "by Friday");
        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        var row = await LastAsync(person);
        Assert.Equal(("Send drawings rev C", "by Friday"), (row.Words, row.DueWords));
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 17, 0, 0, TimeSpan.FromHours(9)).ToUniversalTime(), row.DueEnd!.Value.ToUniversalTime());
        Assert.Contains("Send drawings rev C", await TextAsync(client, made.Headers.Location!.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_they_promise_us_is_due_on_our_clocks()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var person = await PersonAsync("Jun Promises", "Asia/Tokyo");
        await PromiseAsync(client, person, "Send the purchase order", "by Friday", Side.TheirsToUs);
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 16, 0, 0, TimeSpan.Zero), (await LastAsync(person)).DueEnd!.Value.ToUniversalTime());
    }

    [Theory]
    [InlineData("soon", "names no date")]
    [InlineData("by 31 February", "February")]
    [InlineData("03/04/2027", "Write the month as a word")]
    [InlineData("when the blue one is ready", "names no time")]
    public async Task What_is_no_clear_date_is_asked_back_and_nothing_typed_is_lost(string due, string asked)
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var person = await PersonAsync("Lena Kept");
        var refused = await PromiseAsync(client, person, "Order the <spare> bearing", due);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Ct));
        Assert.Contains(asked, page, StringComparison.Ordinal);
        Assert.Contains("Order the <spare> bearing", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{due}\"", page, StringComparison.Ordinal);
        Assert.Contains(person.ToString(), page, StringComparison.Ordinal);
        Assert.Contains("Lena Kept", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_understood_is_shown_while_typing()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var person = await PersonAsync("Lena Shown");
        Assert.Contains("Friday 27 Nov, end of business 17:00 Berlin time", await TextAsync(client, $"/commitments/understood?Input.Due=by+Friday&Input.With={person}&Input.Side=OursToThem"), StringComparison.Ordinal);
        Assert.Contains("Wednesday 25 Nov, 14:00 Berlin time", await TextAsync(client, "/commitments/understood?due=Wednesday+14:00"), StringComparison.Ordinal);
        Assert.Contains("names no date", await TextAsync(client, "/commitments/understood?due=soon"), StringComparison.Ordinal);
        Assert.Equal("", (await TextAsync(client, "/commitments/understood?party=" + person)).Trim());
    }

    [Fact]
    public async Task Without_scripts_whom_it_is_for_is_found_by_the_typed_name_or_chosen_from_those_it_could_be()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var oda = await PersonAsync("Oda Brennholt", indexed: true);
        await PersonAsync("Ugo Zwillingson", indexed: true);
        await PersonAsync("Eva Zwillingson", indexed: true);
        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync("/commitments/new", "promise", ("Input.Side", "OursToThem"), ("Input.With.Words", "Brennholt"), ("Input.Words", "Call back"), ("Input.Due", ""))).StatusCode);
        Assert.Equal("Call back", (await LastAsync(oda)).Words);
        var several = await client.SubmitAsync("/commitments/new", "promise", ("Input.Side", "OursToThem"), ("Input.With.Words", "Zwillingson"), ("Input.Words", "Call back"), ("Input.Due", ""));
        var page = await several.Content.ReadAsStringAsync(Ct);
        Assert.Contains("Ugo Zwillingson", page, StringComparison.Ordinal);
        Assert.Contains("Eva Zwillingson", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_reads_as_sentences_in_groups_and_settles_in_one_click_that_can_be_taken_back()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var person = await PersonAsync("Lena Listed");
        await PromiseAsync(client, person, "Answer the tender today", "by end of day");
        await PromiseAsync(client, person, "Send the sample in week 51", "in four weeks");
        await PromiseAsync(client, person, "Think about the colour", "");
        var page = $"/commitments?customer={person}";
        var text = await TextAsync(client, page);
        Assert.True(Place(text, ">Today<") < Place(text, "Answer the tender today") && Place(text, "Answer the tender today") < Place(text, ">Later<") && Place(text, ">Later<") < Place(text, ">No date<"));

        var id = (await ListAsync(person)).Single(r => r.Words == "Answer the tender today").Id;
        var kept = await client.SubmitAsync(page, $"/do/commitments/{id}/kept");
        Assert.Equal(page, kept.Headers.Location!.ToString());
        Assert.Equal(CommitmentState.Kept, (await OneAsync(id)).State);
        var after = await TextAsync(client, page);
        Assert.Contains("Settled lately", after, StringComparison.Ordinal);
        var undone = await client.SubmitAsync($"/commitments/{id}", $"/do/commitments/{id}/reopened");
        Assert.Equal(HttpStatusCode.Found, undone.StatusCode);
        Assert.Equal(CommitmentState.Open, (await OneAsync(id)).State);
    }

    [Fact]
    public async Task A_new_date_that_is_no_date_goes_back_to_the_page_with_what_was_typed()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var person = await PersonAsync("Lena Moved");
        await PromiseAsync(client, person, "Send the offer", "by Friday");
        var id = (await LastAsync(person)).Id;
        var vague = await client.SubmitAsync($"/commitments/{id}", $"/do/commitments/{id}/renegotiated", ("due", "soon"), ("agreement", "On the telephone"));
        var page = WebUtility.HtmlDecode(await TextAsync(client, vague.Headers.Location!.ToString()));
        Assert.Contains("names no date", page, StringComparison.Ordinal);
        Assert.Contains("On the telephone", page, StringComparison.Ordinal);
        await client.SubmitAsync($"/commitments/{id}", $"/do/commitments/{id}/renegotiated", ("due", "next Wednesday 14:00"), ("agreement", "On the telephone"));
        Assert.Equal("next Wednesday 14:00", (await OneAsync(id)).DueWords);
        Assert.Contains("agreed a new date before it was due", await TextAsync(client, $"/commitments/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_to_another_hand_only_when_that_one_takes_it_and_the_page_shows_the_chain()
    {
        var (giver, taker) = (await Rapport.SignedInAsync(Roles.Member), await Rapport.SignedInAsync(Roles.Manager));
        var (one, other) = (await Rapport.ActorAsync(Roles.Member), await Rapport.ActorAsync(Roles.Manager));
        var person = await PersonAsync("Lena Handed");
        await PromiseAsync(giver, person, "Order the gasket", "by Friday");
        var id = (await LastAsync(person)).Id;
        await giver.SubmitAsync($"/commitments/{id}", $"/do/commitments/{id}/offered", ("to", other.Id.ToString()), ("note", "You know the supplier"));
        Assert.Equal(one.Id, (await OneAsync(id)).Owner);
        Assert.Contains("Order the gasket", await TextAsync(taker, "/commitments"), StringComparison.Ordinal);
        await taker.SubmitAsync("/commitments", $"/do/commitments/{id}/accepted");
        Assert.Equal(other.Id, (await OneAsync(id)).Owner);
        var page = await TextAsync(giver, $"/commitments/{id}");
        Assert.True(Place(page, "You know the supplier") > 0 && Place(page, "took it") > 0);
    }

    [Fact]
    public async Task A_reader_sees_promises_and_can_change_none()
    {
        var (writer, reader) = (await Rapport.SignedInAsync(Roles.Member), await Rapport.SignedInAsync(Roles.Reader));
        var person = await PersonAsync("Lena Read");
        await PromiseAsync(writer, person, "Mend the hatch", "by Friday");
        var id = (await LastAsync(person)).Id;
        var page = await TextAsync(reader, $"/commitments/{id}");
        Assert.Contains("Mend the hatch", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/do/commitments/{id}", page, StringComparison.Ordinal);
        // The writer's own form has a good token; sent by a reader it is still refused.
        using var form = new FormUrlEncodedContent([new("returnTo", "/commitments")]);
        Assert.NotEqual(HttpStatusCode.OK, (await reader.PostAsync($"/do/commitments/{id}/kept", form, Ct)).StatusCode);
        using var body = JsonContent.Create(new { });
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PutAsync($"/api/commitments/{id}/kept", body, Ct)).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await reader.GetAsync("/commitments/new", Ct)).StatusCode);
        Assert.Equal(CommitmentState.Open, (await OneAsync(id)).State);
    }

    [Fact]
    public async Task The_interface_makes_changes_and_reads_commitments_with_versions_and_problems()
    {
        var client = await Rapport.TokenClientAsync(TokenScope.Write);
        var person = await PersonAsync("Lena Interface");
        var refused = await client.PostAsJsonAsync("/api/commitments", new { side = "oursToThem", words = "Send it", with = person.Value, due = "asap" }, Ct);
        Assert.Equal((HttpStatusCode)422, refused.StatusCode);
        Assert.Equal("due.vague", (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());

        var made = await client.PostAsJsonAsync("/api/commitments", new { side = "oursToThem", words = "Send it", with = person.Value, due = "tomorrow 12:00" }, Ct);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var (at, tag) = (made.Headers.Location!.ToString(), made.Headers.ETag!);
        using (var moved = Put($"{at}/renegotiated", new { due = "by Friday" }, tag)) Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(moved, Ct)).StatusCode);
        using (var stale = Put($"{at}/kept", new { }, tag)) Assert.Equal(HttpStatusCode.PreconditionFailed, (await client.SendAsync(stale, Ct)).StatusCode);
        var now = await client.GetAsync(at, Ct);
        using (var kept = Put($"{at}/kept", new { words = "The receipt" }, now.Headers.ETag!)) Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(kept, Ct)).StatusCode);
        var settled = await client.GetFromJsonAsync<JsonElement>($"/api/commitments?part=settled&with={person}", Ct);
        Assert.Equal("kept", settled.GetProperty("items")[0].GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/commitments/{Guid.Empty}", Ct)).StatusCode);

        var understood = await client.PostAsJsonAsync("/api/due/understood", new { due = "within two working days", with = person.Value }, Ct);
        Assert.Equal("dated", (await understood.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("outcome").GetString());
    }

    private static HttpRequestMessage Put(string path, object body, System.Net.Http.Headers.EntityTagHeaderValue tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        request.Headers.IfMatch.Add(tag);
        return request;
    }

    private static int Place(string text, string part)
    {
        var place = text.IndexOf(part, StringComparison.Ordinal);
        Assert.True(place >= 0, $"\"{part}\" is not in: {text}");
        return place;
    }

    private static Task<HttpResponseMessage> PromiseAsync(HttpClient client, PartyId with, string words, string due, Side side = Side.OursToThem) =>
        client.SubmitAsync($"/commitments/new?party={with}", "promise", ("Input.Side", side.ToString()), ("Input.Words", words), ("Input.Due", due), ("Input.Weight", "Normal"));

    private static async Task<string> TextAsync(HttpClient client, string path) => await (await client.GetAsync(path, Ct)).Content.ReadAsStringAsync(Ct);

    private async Task<IReadOnlyList<CommitmentRow>> ListAsync(PartyId with) =>
        (await Rapport.InScopeAsync(s => s.GetRequiredService<CommitmentQueries>().ListAsync(new(With: with), null, 50, Actor.Rapport, Ct))).Items;

    private async Task<CommitmentRow> LastAsync(PartyId with) => (await ListAsync(with)).MaxBy(r => r.Id.Value)!;

    private async Task<CommitmentRow> OneAsync(CommitmentId id) => (await Rapport.InScopeAsync(s => s.GetRequiredService<CommitmentQueries>().OneAsync(id, Actor.Rapport, Ct)))!;

    private Task<PartyId> PersonAsync(string name, string? zone = null, bool indexed = false) => Rapport.InDatabaseAsync(async db =>
    {
        var person = new Person { Id = Ids.New<PartyId>(Rapport.Clock), CreatedAt = RapportFixture.Monday, Zone = zone, Who = Who.Customer };
        person.Rename(name);
        db.Add(person);
        if (indexed) db.Index(new SearchDocument(new(SearchKind.Person, person.Id.Value), name, "", []));
        Assert.Null(await db.SaveAsync(Actor.Rapport, Ct));
        return person.Id;
    });
}
