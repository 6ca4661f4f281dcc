using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>Parts of the inbox under a name: for oneself, a team or everyone.</summary>
public sealed class SavedViewTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private const string Api = "/api/conversation-views";

    [Fact]
    public async Task A_view_is_seen_by_those_it_is_for_with_what_they_see_in_it()
    {
        var (owner, mate) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Member));
        var others = await Rapport.SignedInAsync(Roles.Reader);
        await TakeAsync(await MailboxAsync(owner, "Hers"), owner, new TestMail("views-1", "lena@views.example"));
        await TakeAsync(await MailboxAsync(owner, "Ours", shared: true), owner, new TestMail("views-2", "tom@views.example"));
        foreach (var mail in new[] { "views-1", "views-2" }) Assert.Null(await TagAsync((await ConversationOfAsync(mail)).Id, owner));
        var team = (await WithAsync<FormTeam, Result<TeamId>>(d => d.RunAsync(new("Views", [owner.Id, mate.Id]), owner, Ct))).Value;
        using var fresh = await Rapport.Members.SignInAsync(SignedInClients.EmailOf(Roles.Owner), SignedInClients.Password);
        using var freshMate = await Rapport.Members.SignInAsync(SignedInClients.EmailOf(Roles.Member), SignedInClients.Password);

        var mine = await MadeAsync(fresh, new { name = "For me", query = "tag=viewed" });
        var teams = await MadeAsync(fresh, new { name = "For us", query = "?channel=EMAIL&tag=viewed&after=nothing", sharing = new { with = "team", team = team.ToString() } });
        var all = await MadeAsync(fresh, new { name = "For all", query = "view=mine", sharing = new { with = "everyone" } });
        Assert.Equal(("view=all&tag=viewed", 2, true), (mine.GetProperty("query").GetString(), mine.GetProperty("count").GetInt32(), mine.GetProperty("mine").GetBoolean()));
        Assert.Equal("view=all&channel=EMAIL&tag=viewed", teams.GetProperty("query").GetString());

        Assert.Equal(["For all 0", "For me 2", "For us 2"], await ListAsync(fresh));
        Assert.Equal(["For all 0", "For us 1"], await ListAsync(freshMate));
        Assert.Equal(["For all 0"], await ListAsync(others));
        var page = WebUtility.HtmlDecode(await freshMate.GetStringAsync("/conversations", Ct));
        Assert.Contains("For us", page, StringComparison.Ordinal);
        Assert.DoesNotContain("For me", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Forbidden, (await freshMate.PutAsJsonAsync($"{Api}/{Id(teams)}", new { name = "Theirs" }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await freshMate.DeleteAsync($"{Api}/{Id(mine)}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await fresh.PutAsJsonAsync($"{Api}/{Id(teams)}", new { name = "Ours", sharing = new { with = "owner" } }, Ct)).StatusCode);
        Assert.Equal(["For all 0"], await ListAsync(freshMate));
        Assert.Equal(HttpStatusCode.NoContent, (await fresh.DeleteAsync($"{Api}/{Id(all)}", Ct)).StatusCode);
        Assert.Equal(["For me 2", "Ours 2"], await ListAsync(fresh));
    }

    [Theory]
    [InlineData("", "tag=a", null, "view.name")]
    [InlineData("One", "state=sleeping", null, "state.unknown")]
    [InlineData("One", "view=hers", null, "view.unknown")]
    [InlineData("One", "owner=ada", null, "owner.unread")]
    [InlineData("One", "tag=a", "participants", "sharing.view")]
    [InlineData("One", "tag=a", "team", "sharing.team")]
    public async Task What_is_no_view_is_refused_with_what_to_write(string name, string query, string? with, string code)
    {
        var answer = await (await Rapport.SignedInAsync(Roles.Manager)).PostAsJsonAsync(Api, new { name, query, sharing = with is null ? null : new { with } }, Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Who_only_reads_saves_views_for_themselves_alone()
    {
        var reader = await Rapport.SignedInAsync(Roles.Reader);
        var mine = await MadeAsync(reader, new { name = "For my eyes", query = "tag=read" });
        Assert.Equal("owner", mine.GetProperty("sharing").GetProperty("with").GetString());
        var everyone = new { name = "For all eyes", query = "tag=read", sharing = new { with = "everyone" } };
        await ForbiddenAsync(await reader.PostAsJsonAsync(Api, everyone, Ct));
        await ForbiddenAsync(await reader.PutAsJsonAsync($"{Api}/{Id(mine)}", everyone, Ct));
        Assert.Equal(HttpStatusCode.NoContent, (await reader.PutAsJsonAsync($"{Api}/{Id(mine)}", new { name = "For mine" }, Ct)).StatusCode);
        Assert.DoesNotContain("for everyone", await reader.GetStringAsync("/conversations?view=all&tag=other", Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await reader.DeleteAsync($"{Api}/{Id(mine)}", Ct)).StatusCode);

        static async Task ForbiddenAsync(HttpResponseMessage answer)
        {
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Equal("view.read-only", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Ones_own_views_stand_before_all_that_others_share()
    {
        var (sharer, own) = (await Rapport.ActorAsync(Roles.Manager), await Rapport.ActorAsync(Roles.Member));
        List<SavedViewId> shared = [];
        for (var i = 0; i < SavedViewQueries.Most; i++)
            shared.Add((await WithAsync<KeepView, Result<SavedViewId>>(d => d.RunAsync(new($"A shared {i:00}", "tag=many", new(Visibility.Everyone)), sharer, Ct))).Value);
        var mine = (await WithAsync<KeepView, Result<SavedViewId>>(d => d.RunAsync(new("Zoe's own", "tag=one"), own, Ct))).Value;

        var listed = await WithAsync<SavedViewQueries, IReadOnlyList<SavedViewRow>>(q => q.ListAsync(own, Ct));
        Assert.Equal(mine, listed[0].Id);
        Assert.Superset(shared.ToHashSet(), listed.Select(v => v.Id).ToHashSet());
        foreach (var view in shared) Assert.Null(await WithAsync<KeepView, Refusal?>(d => d.DiscardAsync(view, sharer, Ct)));
        Assert.Null(await WithAsync<KeepView, Refusal?>(d => d.DiscardAsync(mine, own, Ct)));
    }

    [Fact]
    public async Task Without_scripts_what_is_shown_is_saved_renamed_discarded_and_had_back()
    {
        await Rapport.ActorAsync(Roles.Administrator);
        using var browser = await Rapport.Members.SignInAsync(SignedInClients.EmailOf(Roles.Administrator), SignedInClients.Password);
        const string here = "/conversations?view=all&channel=visit";
        Assert.Equal(here, (await browser.SubmitAsync(here, "/do/conversation-views", ("name", "Visits"), ("sharing", "owner"))).Headers.Location?.OriginalString);
        var id = Id((await browser.GetFromJsonAsync<JsonElement>(Api, Ct)).EnumerateArray().Single());
        Assert.Equal(HttpStatusCode.Found, (await browser.SubmitAsync(here, $"/do/conversation-views/{id}/change", ("name", "Our visits"), ("sharing", "owner"))).StatusCode);
        Assert.Equal(["Our visits 0"], await ListAsync(browser));
        await browser.SubmitAsync(here, $"/do/conversation-views/{id}/discard");
        Assert.Empty(await ListAsync(browser));
        await browser.SubmitAsync("/conversations", $"/do/conversation-views/{id}/restore");
        Assert.Equal(["Our visits 0"], await ListAsync(browser));
    }

    private static string Id(JsonElement view) => view.GetProperty("id").GetString()!;

    private static async Task<JsonElement> MadeAsync(HttpClient client, object view)
    {
        var answer = await client.PostAsJsonAsync(Api, view, Ct);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static async Task<IEnumerable<string>> ListAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>(Api, Ct)).EnumerateArray().Select(v => $"{v.GetProperty("name").GetString()} {v.GetProperty("count").GetInt32()}").ToList();

    private Task<Refusal?> TagAsync(ConversationId id, Actor by) => WithAsync<TagConversation, Refusal?>(d => d.AddAsync(id, "viewed", by, Ct));
}
