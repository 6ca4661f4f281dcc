using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Rapport.Conversations;
using Rapport.Kernel;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>What programs are told of drafts, saved texts and tags: so much is promised, and no more.</summary>
public sealed class WritingAnswersTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task A_draft_is_answered_with_what_was_written_and_where_it_stands()
    {
        var client = await Rapport.SignedInAsync(Roles.Manager);
        var id = Ids.New<DraftId>(Rapport.Clock);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsJsonAsync($"/api/drafts/{id}", new { kind = "mail", to = "uma@drafted.example", subject = "The bollard", text = "It comes." }, Ct)).StatusCode);
        var draft = (await ListAsync(client, "/api/drafts")).Single(d => (string?)d["id"] == id.ToString());
        Assert.Equal(["id", "author", "kind", "conversation", "answers", "mailbox", "to", "cc", "bcc", "subject", "text", "seenLast", "seenCount", "changedAt", "sendAt", "stopped", "sentAs", "version"], draft.Select(p => p.Key));
        Assert.Equal(("mail", "uma@drafted.example", "", "The bollard", "It comes."), ((string?)draft["kind"], (string?)draft["to"], (string?)draft["cc"], (string?)draft["subject"], (string?)draft["text"]));
    }

    [Fact]
    public async Task A_saved_text_is_answered_as_it_was_saved_and_as_it_is_listed()
    {
        var client = await Rapport.SignedInAsync(Roles.Manager);
        var response = await client.PostAsJsonAsync("/api/texts", new { name = "Bollard greeting", shortcut = "bollardhello", subject = "The bollard", text = "Hello." }, Ct);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var made = (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
        Assert.Equal(["id", "name", "shortcut", "subject", "text", "version"], made.Select(p => p.Key));
        Assert.Equal(("Bollard greeting", "bollardhello", "The bollard", "Hello."), ((string?)made["name"], (string?)made["shortcut"], (string?)made["subject"], (string?)made["text"]));
        Assert.Contains(await ListAsync(client, "/api/texts"), t => JsonNode.DeepEquals(t, made));
    }

    [Fact]
    public async Task A_tag_is_answered_with_its_name_and_how_it_is_compared()
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        await TakeAsync(await MailboxAsync(owner, "Tagged answers", shared: true), owner, new TestMail("tagged-answers", "lena@tagged-answers.example"));
        var conversation = (await ConversationOfAsync("tagged-answers")).Id;
        var client = await Rapport.SignedInAsync(Roles.Manager);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsync($"/api/conversations/{conversation}/tags/Poll%C3%A9r", null, Ct)).StatusCode);
        var tag = (await ListAsync(client, "/api/tags")).Single(t => (string?)t["name"] == "Pollér");
        Assert.Equal(["key", "name"], tag.Select(p => p.Key));
        Assert.Equal("poller", (string?)tag["key"]);
        var row = (await client.GetFromJsonAsync<JsonObject>($"/api/conversations?tag=poller", Ct))!["items"]!.AsArray().Single()!;
        Assert.True(JsonNode.DeepEquals(tag, row["tags"]!.AsArray().Single()));
    }

    private static async Task<IReadOnlyList<JsonObject>> ListAsync(HttpClient client, string path) => [.. (await client.GetFromJsonAsync<JsonArray>(path, Ct))!.Select(n => n!.AsObject())];
}
