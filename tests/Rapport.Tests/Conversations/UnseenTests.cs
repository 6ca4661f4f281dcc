using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;

namespace Rapport.Tests.Conversations;

/// <summary>A page may be older than what it shows: what is done with it is done with what stood on it, and with nothing else.</summary>
public sealed partial class UnseenTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Theory]
    [InlineData("close")]
    [InlineData("no-reply-needed")]
    [InlineData("answered-elsewhere")]
    [InlineData("snooze")]
    public async Task A_question_that_came_in_behind_an_open_page_is_not_done_away_with(string deed)
    {
        var client = await Rapport.SignedInAsync(Roles.Owner);
        var (box, id) = await AskedAsync(deed);
        foreach (var (name, page) in new[] { ("page", $"/conversations/{id}"), ("list", "/conversations?view=all"), ("today", "/") })
        {
            // Closing is not offered for what waits on Today.
            if (page == "/" && deed == "close") continue;
            var click = await client.OpenAsync(page, $"/do/conversations/{id}/{deed}");
            await AskAsync(box, deed, name);
            Assert.Equal(HttpStatusCode.Found, (await click()).StatusCode);
            Assert.Contains("Read it first", await client.GetStringAsync($"/conversations/{id}", Ct), StringComparison.Ordinal);
            var now = await ConversationOfAsync($"{deed}-1");
            Assert.Equal((ConversationState.Open, true), (now.State, now.WaitingSince is not null));
        }

        // With all of it seen, it is done.
        await client.SubmitAsync($"/conversations/{id}", $"/do/conversations/{id}/{deed}");
        var done = await ConversationOfAsync($"{deed}-1");
        Assert.True(done.State != ConversationState.Open || done.WaitingSince is null);
    }

    [Fact]
    public async Task Of_those_chosen_from_an_open_list_the_one_that_spoke_meanwhile_is_left_out_and_named()
    {
        var client = await Rapport.SignedInAsync(Roles.Owner);
        var (box, id) = await AskedAsync("chosen");
        var (_, other) = await AskedAsync("beside");
        var ticks = Ticks().Matches(await client.GetStringAsync("/conversations?view=all", Ct)).Select(m => ("id", m.Groups[1].Value)).Where(t => t.Value.StartsWith(id.ToString(), StringComparison.Ordinal) || t.Value.StartsWith(other.ToString(), StringComparison.Ordinal)).ToList();
        Assert.Equal(2, ticks.Count);
        var click = await client.OpenAsync("/conversations?view=all", "/do/conversations/chosen", [.. ticks, ("deed", "close")]);
        await AskAsync(box, "chosen", "meanwhile");
        await click();
        Assert.Contains("1 closed. 1 was not: Something was said", WebUtility.HtmlDecode(await client.GetStringAsync("/conversations", Ct)), StringComparison.Ordinal);
        var now = await ConversationOfAsync("chosen-1");
        Assert.Equal((ConversationState.Open, true), (now.State, now.WaitingSince is not null));
        Assert.Equal(ConversationState.Closed, (await ConversationOfAsync("beside-1")).State);
    }

    [Fact]
    public async Task A_program_that_says_what_it_has_seen_closes_nothing_else()
    {
        var client = await Rapport.SignedInAsync(Roles.Owner);
        var (box, id) = await AskedAsync("program");
        var seen = await SeenAsync();
        await AskAsync(box, "program", "meanwhile");
        var left = await CloseAsync(seen);
        Assert.Equal("conversation.moved-on", Assert.Single(left.GetProperty("notChanged").EnumerateArray().ToList()).GetProperty("code").GetString());
        Assert.Equal(1, (await CloseAsync(await SeenAsync())).GetProperty("changed").GetInt32());

        async Task<JsonElement> SeenAsync() => (await client.GetFromJsonAsync<JsonElement>($"/api/conversations/{id}", Ct)).GetProperty("row").GetProperty("seen");

        async Task<JsonElement> CloseAsync(JsonElement seen)
        {
            var answer = await client.PostAsJsonAsync("/api/conversations/changes", new { ids = new[] { id.ToString() }, close = true, seen = new[] { new { id = id.ToString(), last = seen.GetProperty("last"), count = seen.GetProperty("count"), owner = (string?)null } } }, Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        }
    }

    [Fact]
    public async Task What_somebody_took_a_moment_ago_is_not_taken_from_them_unawares()
    {
        var (client, owner) = (await Rapport.SignedInAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Owner));
        var mate = await Rapport.ActorAsync(Roles.Member);
        await Rapport.RunJobsAsync();
        var (_, id) = await AskedAsync("taken");
        foreach (var (page, form, deed) in new[] { ("/conversations?view=all", "take", ""), ($"/conversations/{id}", "take", ""), ($"/conversations/{id}", "assign", ""), ("/conversations?view=all", "", "take"), ("/conversations?view=all", "", "give") })
        {
            Assert.Null(await WithAsync<AssignConversation, Refusal?>(d => d.RunAsync(id, null, owner, Ct)));
            var click = await OpenAsync(page, form, deed);
            Assert.Null(await WithAsync<AssignConversation, Refusal?>(d => d.RunAsync(id, mate.Id, mate, Ct)));
            await click();
            Assert.Contains($"{mate.Name} answers for it since a moment ago", WebUtility.HtmlDecode(await client.GetStringAsync(page, Ct)), StringComparison.Ordinal);
            Assert.Equal(mate.Id, (await ConversationOfAsync("taken-1")).Owner);
            await (await OpenAsync(page, form, deed))();
            Assert.Equal(owner.Id, (await ConversationOfAsync("taken-1")).Owner);
        }

        async Task<Func<Task<HttpResponseMessage>>> OpenAsync(string page, string form, string deed)
        {
            if (form.Length > 0) return await client.OpenAsync(page, $"/do/conversations/{id}/{form}", form == "assign" ? [("owner", owner.Id.ToString())] : []);
            var tick = Ticks().Matches(await client.GetStringAsync(page, Ct)).Select(m => m.Groups[1].Value).Single(v => v.StartsWith(id.ToString(), StringComparison.Ordinal));
            return await client.OpenAsync(page, "/do/conversations/chosen", ("id", tick), ("deed", deed), ("owner", owner.Id.ToString()));
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("12/3", "12/3")]
    [InlineData("12", "0/0")]
    [InlineData("a/b/c", "0/0")]
    public void What_is_no_mark_has_seen_nothing(string? mark, string? seen) => Assert.Equal(seen, ConversationSeen.Read(mark)?.Mark);

    private async Task<(MailboxId Box, ConversationId Id)> AskedAsync(string name)
    {
        var box = await MailboxAsync(await Rapport.ActorAsync(Roles.Owner), name, shared: true);
        await AskAsync(box, name, "1");
        return (box, (await ConversationOfAsync($"{name}-1")).Id);
    }

    private async Task AskAsync(MailboxId box, string name, string id)
    {
        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        await TakeAsync(box, await Rapport.ActorAsync(Roles.Owner), new TestMail($"{name}-{id}", $"lena@{name}.example", "desk@ours.example") { Date = Rapport.Clock.GetUtcNow().AddSeconds(-10), Subject = $"About {name}", InReplyTo = id == "1" ? [] : [$"{name}-1"], Text = $"Can you tell us about the {id} crane?" });
        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    [GeneratedRegex("class=\"tick\"[^>]* value=\"([^\"]*)\"")]
    private static partial Regex Ticks();
}
