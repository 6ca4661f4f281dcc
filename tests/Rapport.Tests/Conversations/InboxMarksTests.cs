using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Dialogue;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>What members put on conversations among themselves: notes with mentions, tags, and deeds with several at once.</summary>
public sealed class InboxMarksTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private static int teams;

    [Fact]
    public async Task A_note_is_for_those_who_see_the_conversation_and_tells_whom_it_mentions_until_they_open_it()
    {
        var (owner, mate, outsider) = (await Rapport.ActorAsync(Roles.Owner), await TeamMateAsync(), await Rapport.ActorAsync(Roles.Reader));
        var id = await AskedAsync(owner, mate, "noted");
        var last = (await ConversationOfAsync("noted")).WaitingSince;

        var answer = await (await Rapport.SignedInAsync(Roles.Owner)).PostAsJsonAsync($"/api/conversations/{id}/notes", new { text = "@Member Harbour could you look? @reader should know too; write to a@member.example." }, Ct);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var written = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(mate.Id.ToString(), Assert.Single(written.GetProperty("told").EnumerateArray().ToList()).GetString());
        Assert.Equal(outsider.Name, Assert.Single(written.GetProperty("notTold").EnumerateArray().ToList()).GetString());

        // The conversation is known to nobody else for it, waits as before, and is no mail.
        Assert.Null(await FindAsync(id, outsider));
        Assert.Equal(last, (await ConversationOfAsync("noted")).WaitingSince);
        var note = (await FindAsync(id, mate))!.Messages[^1];
        Assert.Equal((Channel.Note, Direction.Internal, owner.Name), (note.Channel, note.Direction, note.AuthorName));

        var line = Assert.Single(await ForYouAsync(mate));
        Assert.Equal((NudgeKind.Mentioned, id, owner.Name), (line.Kind, line.Conversation.Id, line.By));
        Assert.Empty(await ForYouAsync(owner));
        var page = await Rapport.SignedInAsync(Roles.Member);
        Assert.Contains($"{owner.Name} mentioned you", await page.GetStringAsync("/", Ct), StringComparison.Ordinal);
        Assert.Contains("could you look?", await page.GetStringAsync($"/conversations/{id}", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain($"{owner.Name} mentioned you", await page.GetStringAsync("/", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_follows_its_conversation_when_that_is_shared_otherwise()
    {
        var (owner, mate, outsider) = (await Rapport.ActorAsync(Roles.Owner), await TeamMateAsync(), await Rapport.ActorAsync(Roles.Reader));
        var id = await AskedAsync(owner, mate, "follows");
        Assert.Null((await WithAsync<WriteNote, Result<NoteWritten>>(d => d.RunAsync(id, "A quince note.", mate, Ct))).Refusal);
        Assert.Null(await WithAsync<ShareConversation, Refusal?>(d => d.RunAsync(id, new(Visibility.Everyone), owner, Ct)));
        Assert.Equal("A quince note.", (await FindAsync(id, outsider))!.Messages[^1].Text);
        Assert.Null(await WithAsync<ShareConversation, Refusal?>(d => d.RunAsync(id, new(Visibility.Owner), owner, Ct)));
        Assert.Null(await FindAsync(id, outsider));
        Assert.Null(await FindAsync(id, mate));
        Assert.Equal("A quince note.", (await FindAsync(id, owner))!.Messages[^1].Text);
    }

    [Fact]
    public async Task A_reader_who_is_mentioned_ticks_it_off()
    {
        var (owner, mate, reader) = (await Rapport.ActorAsync(Roles.Owner), await TeamMateAsync(), await Rapport.ActorAsync(Roles.Reader));
        var id = await AskedAsync(owner, mate, "ticked");
        Assert.Null(await WithAsync<ShareConversation, Refusal?>(d => d.RunAsync(id, new(Visibility.Everyone), owner, Ct)));
        Assert.Null((await WithAsync<WriteNote, Result<NoteWritten>>(d => d.RunAsync(id, "@reader please look.", owner, Ct))).Refusal);
        var line = Assert.Single(await ForYouAsync(reader));
        var answer = await (await Rapport.SignedInAsync(Roles.Reader)).SubmitAsync("/", $"/do/nudges/{line.Id}/seen");
        Assert.Equal("/", answer.Headers.Location?.ToString());
        Assert.Empty(await ForYouAsync(reader));
    }

    [Theory]
    [InlineData("@Ada Berg please", "Ada Berg")]
    [InlineData("ask @ADA.", "Ada Berg")]
    [InlineData("(@zoe) and @ada", "Zoë Lindt, Ada Berg")]
    [InlineData("@ben is one of two", "")]
    [InlineData("@ben moss and @bm", "Ben Moss")]
    [InlineData("@adam, a@ada, @ ada", "")]
    public void Somebody_is_mentioned_by_a_name_that_only_they_have(string text, string whom)
    {
        MemberRow Member(string name, string email) => new(new(new Guid($"00000000-0000-7000-8000-0000000000{email.Length:00}")), name, email, Roles.Member, default, null, null);
        MemberRow[] members = [Member("Ada Berg", "ada@ours.example"), Member("Ben Moss", "ben.moss@ours.example"), Member("Ben Holm", "b@ours.example"), Member("Zoë Lindt", "zoe.li@ours.example")];
        Assert.Equal(whom, string.Join(", ", Mentions.In(text, members).Select(m => m.Name)));
    }

    [Fact]
    public async Task What_comes_back_stands_on_the_Today_of_who_put_it_away_until_it_is_ticked_off()
    {
        var (owner, mate) = (await Rapport.ActorAsync(Roles.Owner), await TeamMateAsync());
        var id = await AskedAsync(owner, mate, "returns");
        Assert.Null(await WithAsync<SnoozeConversation, Refusal?>(d => d.RunAsync(id, Rapport.Clock.GetUtcNow().AddMinutes(5), mate, Ct)));
        Rapport.Clock.Advance(TimeSpan.FromMinutes(5));
        await Rapport.RunJobsAsync();
        var line = Assert.Single(await ForYouAsync(mate), n => n.Conversation.Id == id);
        Assert.Equal(NudgeKind.CameBack, line.Kind);
        Assert.Equal("nudge.missing", (await WithAsync<Nudges, Refusal?>(n => n.TickOffAsync(line.Id, owner, Ct)))?.Code);
        Assert.Null(await WithAsync<Nudges, Refusal?>(n => n.TickOffAsync(line.Id, mate, Ct)));
        Assert.DoesNotContain(await ForYouAsync(mate), n => n.Conversation.Id == id);
    }

    [Fact]
    public async Task A_tag_is_one_word_for_all_however_it_is_written_and_goes_with_its_last_conversation()
    {
        var (owner, mate) = (await Rapport.ActorAsync(Roles.Owner), await TeamMateAsync());
        var (first, second) = (await AskedAsync(owner, mate, "tag-1"), await AskedAsync(owner, mate, "tag-2"));
        var client = await Rapport.SignedInAsync(Roles.Owner);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsync($"/api/conversations/{first}/tags/Réclamation", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsync($"/api/conversations/{second}/tags/RECLAMATION", null, Ct)).StatusCode);
        Assert.Equal("Réclamation", Assert.Single(await TagsAsync()).Name);
        Assert.Equal([second, first], (await ListAsync(new() { Tag = "reclamation" }, mate)).Select(r => r.Id));
        Assert.Contains("Réclamation", WebUtility.HtmlDecode(await client.GetStringAsync("/conversations?tag=reclamation", Ct)), StringComparison.Ordinal);
        Assert.Empty(await ListAsync(new() { Tag = "reclamation" }, await Rapport.ActorAsync(Roles.Reader)));

        Assert.Equal("tag.name", (await WithAsync<TagConversation, Refusal?>(d => d.AddAsync(first, "one, two", mate, Ct)))?.Code);
        foreach (var id in new[] { first, second }) Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/conversations/{id}/tags/reclamation", Ct)).StatusCode);
        Assert.Empty(await TagsAsync());

        Task<List<Tag>> TagsAsync() => Rapport.InDatabaseAsync(db => db.Set<Tag>().Where(t => t.Key == "reclamation").ToListAsync(Ct));
    }

    [Fact]
    public async Task The_same_is_done_with_several_and_one_that_refuses_holds_up_no_other()
    {
        var (owner, mate) = (await Rapport.ActorAsync(Roles.Owner), await TeamMateAsync());
        var (first, second) = (await AskedAsync(owner, mate, "many-a"), await AskedAsync(owner, mate, "many-b"));
        var page = await Rapport.SignedInAsync(Roles.Owner);
        var closed = await page.SubmitAsync("/conversations?view=all", "/do/conversations/chosen", ("id", first.ToString()), ("deed", "close"));
        Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
        Assert.Equal((ConversationState.Closed, ConversationState.Open), ((await ConversationOfAsync("many-a")).State, (await ConversationOfAsync("many-b")).State));

        var answer = await page.PostAsJsonAsync("/api/conversations/changes", new { ids = new[] { first, second, new ConversationId(Guid.Empty) }.Select(i => i.ToString()), snooze = "tomorrow", tag = "Rush" }, Ct);
        var changed = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(1, changed.GetProperty("changed").GetInt32());
        Assert.Equal(["conversation.closed", "conversation.missing"], changed.GetProperty("notChanged").EnumerateArray().Select(n => n.GetProperty("code").GetString()));
        Assert.Equal(ConversationState.Snoozed, (await ConversationOfAsync("many-b")).State);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await page.PostAsJsonAsync("/api/conversations/changes", new { ids = Array.Empty<string>(), close = true }, Ct)).StatusCode);
    }

    private Task<List<ConversationRow>> ListAsync(ConversationFilter filter, Actor by) => Rapport.InScopeAsync(async s => (await s.GetRequiredService<ConversationQueries>().ListAsync(filter, null, 200, by, Ct)).Items.ToList());

    private Task<ConversationDetail?> FindAsync(ConversationId id, Actor by) => WithAsync<ConversationDetails, ConversationDetail?>(d => d.FindAsync(id, null, 50, by, Ct));

    private async Task<IReadOnlyList<NudgeLine>> ForYouAsync(Actor by) => (await WithAsync<TodayQueries, TodayPicture>(t => t.RunAsync(by, Ct))).ForYou;

    private async Task<ConversationId> AskedAsync(Actor owner, Actor mate, string mail)
    {
        var box = await MailboxAsync(owner, "Desk");
        Assert.Null(await WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(box, new(Visibility.Team, new TeamId(mate.Teams[0].Value)), owner, Ct)));
        await TakeAsync(box, owner, new TestMail(mail, $"lena@{mail}.example", "desk@ours.example") { Date = RapportFixture.Monday.AddHours(-10).AddMinutes(mail[^1] - '0'), Subject = $"About {mail}" });
        return (await ConversationOfAsync(mail)).Id;
    }

    private async Task<Actor> TeamMateAsync()
    {
        var (owner, mate) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Member));
        await Rapport.ActorAsync(Roles.Reader);
        await Rapport.RunJobsAsync();
        var team = (await WithAsync<FormTeam, Result<TeamId>>(d => d.RunAsync(new($"Marks {Interlocked.Increment(ref teams)}", [owner.Id, mate.Id]), owner, Ct))).Value;
        return mate with { Teams = [team.AsReader] };
    }
}
