using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>The inbox that a team works in: what needs whom, who answers for it, what is put away and comes back.</summary>
public sealed class InboxTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private static int teams;

    [Fact]
    public async Task Each_part_of_the_inbox_shows_what_belongs_there_and_counts_it()
    {
        var (owner, mate) = (await Rapport.ActorAsync(Roles.Owner), await TeamMateAsync());
        var team = mate.Teams[0];
        var box = await TeamBoxAsync(owner, new TeamId(team.Value));
        var before = await CountsAsync();
        await TakeAsync(box, owner,
            new TestMail("part-asks", "Lena <lena@parts.example>", "desk@ours.example") { Subject = "Asks" },
            new TestMail("part-told", "Lena <lena@parts.example>", "desk@ours.example") { Subject = "Told", Text = "The crane has arrived here in one piece." },
            new TestMail("part-robot", "noreply@parts.example", "desk@ours.example") { Subject = "Robot", More = ["Auto-Submitted: auto-generated"] });
        var asks = (await ConversationOfAsync("part-asks")).Id;
        var told = (await ConversationOfAsync("part-told")).Id;

        Assert.Equal("needsUs teams unassigned", await PartsAsync(asks));
        Assert.Equal("teams unassigned", await PartsAsync(told));
        Assert.Equal("", await PartsAsync((await ConversationOfAsync("part-robot")).Id));
        var now = await CountsAsync();
        Assert.Equal((before.NeedsUs + 1, before.Teams + 2, before.Unassigned + 2, before.Mine), (now.NeedsUs, now.Teams, now.Unassigned, now.Mine));

        Assert.Null(await WithAsync<AssignConversation, Refusal?>(d => d.RunAsync(told, mate.Id, mate, Ct)));
        Assert.Equal("mine teams", await PartsAsync(told));
        Assert.Null(await WithAsync<SnoozeConversation, Refusal?>(d => d.RunAsync(told, Rapport.Clock.GetUtcNow().AddDays(1), mate, Ct)));
        Assert.Equal("snoozed", await PartsAsync(told));
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(told, mate, Ct)));
        Assert.Equal("closed", await PartsAsync(told));

        // Nobody outside the team meets any of it.
        var outsider = await Rapport.ActorAsync(Roles.Reader);
        foreach (var view in Enum.GetValues<ConversationView>())
            Assert.DoesNotContain(await ListAsync(new() { View = view }, outsider), r => r.Id == asks || r.Id == told);

        async Task<string> PartsAsync(ConversationId id)
        {
            var parts = new List<string>();
            foreach (var view in Enum.GetValues<ConversationView>().Where(v => v != ConversationView.All))
                if ((await ListAsync(new() { View = view }, mate)).Exists(r => r.Id == id)) parts.Add(char.ToLowerInvariant(view.ToString()[0]) + view.ToString()[1..]);
            return string.Join(' ', parts);
        }

        Task<(int NeedsUs, int Teams, int Unassigned, int Mine)> CountsAsync() => Rapport.InScopeAsync(async s =>
        {
            var of = await s.GetRequiredService<ConversationQueries>().CountAsync([ConversationView.NeedsUs, ConversationView.Teams, ConversationView.Unassigned, ConversationView.Mine], 100, mate, Ct);
            return (of[ConversationView.NeedsUs], of[ConversationView.Teams], of[ConversationView.Unassigned], of[ConversationView.Mine]);
        });
    }

    [Fact]
    public async Task A_part_of_several_ranges_is_paged_in_order_without_a_gap_or_a_repeat()
    {
        var mate = await TeamMateAsync();
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var box = await TeamBoxAsync(owner, new TeamId(mate.Teams[0].Value));
        await TakeAsync(box, owner, Enumerable.Range(0, 12).Select(i => new TestMail($"ranges-{i}", $"lena{i}@ranges.example", "desk@ours.example") { Subject = $"Range {i}", Date = RapportFixture.Monday.AddHours(-i) }));
        // Some of them wait for an answer of theirs: the list is made of two ranges.
        var ids = await Rapport.InDatabaseAsync(db => db.Set<Conversation>().Where(c => c.Subject.StartsWith("Range ")).OrderByDescending(c => c.LastAt).Select(c => c.Id).ToListAsync(Ct));
        string[] waiting = ["Range 1", "Range 4", "Range 5", "Range 11"];
        await Rapport.InDatabaseAsync(db => db.Set<Conversation>().Where(c => EF.Parameter(waiting).Contains(c.Subject)).ExecuteUpdateAsync(s => s.SetProperty(c => c.State, ConversationState.Waiting), Ct));

        var seen = new List<ConversationId>();
        for (string? after = ""; after is not null;)
        {
            var page = await WithAsync<ConversationQueries, Page<ConversationRow>>(q => q.ListAsync(new() { View = ConversationView.Teams }, after, 5, mate, Ct));
            seen.AddRange(page.Items.Where(r => r.Subject.StartsWith("Range ", StringComparison.Ordinal)).Select(r => r.Id));
            after = page.Next;
        }
        Assert.Equal(12, ids.Count);
        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task It_is_given_only_to_those_who_may_see_it_and_its_story_says_by_whom()
    {
        var (owner, mate, outsider) = (await Rapport.ActorAsync(Roles.Owner), await TeamMateAsync(), await Rapport.ActorAsync(Roles.Reader));
        await TakeAsync(await TeamBoxAsync(owner, new TeamId(mate.Teams[0].Value)), owner, new TestMail("given", "lena@given.example", "desk@ours.example"));
        var id = (await ConversationOfAsync("given")).Id;
        var client = await Rapport.SignedInAsync(Roles.Owner);
        async Task<HttpStatusCode> GiveAsync(MemberId? to) => (await client.PutAsJsonAsync($"/api/conversations/{id}/owner", new { owner = to?.ToString() }, Ct)).StatusCode;

        Assert.Equal(HttpStatusCode.Conflict, await GiveAsync(outsider.Id));
        Assert.Null((await ConversationOfAsync("given")).Owner);
        Assert.Equal(HttpStatusCode.NoContent, await GiveAsync(mate.Id));
        Assert.Equal(mate.Id, (await ConversationOfAsync("given")).Owner);
        Assert.Equal(HttpStatusCode.NoContent, await GiveAsync(null));
        Assert.Null((await ConversationOfAsync("given")).Owner);

        var story = await WithAsync<ConversationStory, IReadOnlyList<StoryLine>>(s => s.OfAsync(id, 10, mate, Ct));
        Assert.Equal([(owner.Name, "assigned", null), (owner.Name, "assigned", mate.Name)], story.Select(l => (l.By, l.Deed, l.Owner)));
        Assert.Contains($"gave it to {mate.Name}", await client.GetStringAsync($"/conversations/{id}", Ct), StringComparison.Ordinal);
        Assert.Empty(await WithAsync<ConversationStory, IReadOnlyList<StoryLine>>(s => s.OfAsync(id, 10, outsider, Ct)));
    }

    [Fact]
    public async Task What_is_no_time_is_said_and_nothing_is_put_away()
    {
        await TakeAsync(await MailboxAsync(Ada, "Unclear", shared: true), Ada, new TestMail("unclear", "lena@unclear.example"));
        var id = (await ConversationOfAsync("unclear")).Id;
        var answer = await (await Rapport.SignedInAsync(Roles.Owner)).PutAsJsonAsync($"/api/conversations/{id}/snoozed", new { words = "when pigs fly" }, Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("when pigs fly", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(ConversationState.Open, (await ConversationOfAsync("unclear")).State);
    }

    [Theory]
    [InlineData(ConversationState.Snoozed)]
    [InlineData(ConversationState.Closed)]
    public async Task Automatic_mail_leaves_it_where_it_is_and_a_human_reply_opens_it(ConversationState state)
    {
        var box = await MailboxAsync(Ada, $"Opens {state}", shared: true);
        var id = $"opens-{state}".ToLowerInvariant();
        await TakeAsync(box, Ada, new TestMail(id, "lena@opens.example") { Subject = $"Opens {state}" });
        var conversation = (await ConversationOfAsync(id)).Id;
        Assert.Null(state == ConversationState.Closed
            ? await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(conversation, Ada, Ct))
            : await WithAsync<SnoozeConversation, Refusal?>(d => d.RunAsync(conversation, Rapport.Clock.GetUtcNow().AddDays(3), Ada, Ct)));
        Rapport.Clock.Advance(TimeSpan.FromMinutes(15));
        var later = Rapport.Clock.GetUtcNow().AddMinutes(-5);

        await TakeAsync(box, Ada, new TestMail($"{id}-away", "lena@opens.example") { InReplyTo = [id], Date = later, More = ["Auto-Submitted: auto-replied"], Text = "I am away until Monday. Could you write again then?" });
        Assert.Equal((state, 2), ((await ConversationOfAsync(id)).State, (await ConversationOfAsync(id)).Count));

        await TakeAsync(box, Ada, new TestMail($"{id}-back", "lena@opens.example") { InReplyTo = [id], Date = later.AddMinutes(1), Text = "I am back. What about the crane?" });
        var open = await ConversationOfAsync(id);
        Assert.Equal((ConversationState.Open, null), (open.State, open.SnoozedUntil));
        Assert.NotNull(open.WaitingSince);
        var story = await WithAsync<ConversationStory, IReadOnlyList<StoryLine>>(d => d.OfAsync(conversation, 10, Ada, Ct));
        Assert.Equal(["opened by a reply", state == ConversationState.Closed ? "closed" : "snoozed"], story.Select(line => line.Deed));
    }

    [Fact]
    public async Task What_was_put_away_comes_back_at_its_time_and_not_before()
    {
        await TakeAsync(await MailboxAsync(Ada, "Back", shared: true), Ada, new TestMail("back", "lena@back.example"));
        var id = (await ConversationOfAsync("back")).Id;
        var until = Rapport.Clock.GetUtcNow().AddHours(2);
        Assert.Null(await WithAsync<SnoozeConversation, Refusal?>(d => d.RunAsync(id, until, Ada, Ct)));
        Rapport.Clock.Advance(TimeSpan.FromHours(1));
        await Rapport.RunJobsAsync();
        Assert.Equal(ConversationState.Snoozed, (await ConversationOfAsync("back")).State);
        Assert.DoesNotContain(await ListAsync(new() { View = ConversationView.NeedsUs }, Ada), r => r.Id == id);

        Rapport.Clock.Advance(TimeSpan.FromHours(1));
        await Rapport.RunJobsAsync();
        Assert.Equal((ConversationState.Open, null), ((await ConversationOfAsync("back")).State, (await ConversationOfAsync("back")).SnoozedUntil));
        Assert.Contains(await ListAsync(new() { View = ConversationView.NeedsUs }, Ada), r => r.Id == id);
        Assert.Equal("came back", (await WithAsync<ConversationStory, IReadOnlyList<StoryLine>>(s => s.OfAsync(id, 1, Ada, Ct)))[0].Deed);
    }

    private Task<List<ConversationRow>> ListAsync(ConversationFilter filter, Actor by) => Rapport.InScopeAsync(async s => (await s.GetRequiredService<ConversationQueries>().ListAsync(filter, null, 200, by, Ct)).Items.ToList());

    private async Task<Actor> TeamMateAsync()
    {
        var (owner, mate) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Member));
        await Rapport.ActorAsync(Roles.Reader);
        await Rapport.RunJobsAsync();
        var team = (await WithAsync<FormTeam, Result<TeamId>>(d => d.RunAsync(new($"Desk {Interlocked.Increment(ref teams)}", [owner.Id, mate.Id]), owner, Ct))).Value;
        return mate with { Teams = [team.AsReader] };
    }

    private async Task<MailboxId> TeamBoxAsync(Actor owner, TeamId team)
    {
        var box = await MailboxAsync(owner, "Desk");
        Assert.Null(await WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(box, new(Visibility.Team, team), owner, Ct)));
        return box;
    }
}
