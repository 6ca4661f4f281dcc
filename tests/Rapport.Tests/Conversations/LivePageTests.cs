using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Live;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>Open pages hear that they are no longer right: soon, also after a lost line, and only of what their reader may see.</summary>
public sealed class LivePageTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task A_list_hears_of_what_its_reader_may_see_and_of_nothing_else()
    {
        var (ada, browser, other) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.SignedInAsync(Roles.Owner), await Rapport.SignedInAsync(Roles.Reader));
        var (hers, before) = (await MailboxAsync(ada, "Hers"), await NowAsync());
        await using (var line = await OpenLine.OpenAsync(browser, "list", before))
        {
            await TakeAsync(hers, ada, new TestMail("live-own", "lena@live.example"));
            await line.UntilAsync("message", "page");
        }
        var own = long.Parse(await NowAsync(), null);

        // Whoever was away hears of it when they are back; of what is not theirs they do not even hear that it is.
        await using (var again = await OpenLine.OpenAsync(browser, "list", before)) Assert.Equal(("page", own), await again.NextAsync());
        await using var outside = await OpenLine.OpenAsync(other, "list", before);
        await using var elsewhere = await OpenLine.OpenAsync(other, "", before);
        await TakeAsync(await MailboxAsync(ada, "Ours", shared: true), ada, new TestMail("live-all", "lena@live.example"));
        var heard = await outside.NextAsync();
        Assert.Equal("page", heard?.Data);
        Assert.True(heard?.Position > own);
        // A page of something else hears no more than that the count beside it may be another.
        Assert.Equal("rail", (await elsewhere.NextAsync())?.Data);
    }

    [Fact]
    public async Task Every_deed_is_heard_on_the_page_of_its_conversation_and_whoever_loses_sight_of_it_hears_that_too()
    {
        var (ada, mate) = (await Rapport.ActorAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Member));
        await Rapport.RunJobsAsync();
        await TakeAsync(await MailboxAsync(ada, "Deeds", shared: true), ada, new TestMail("live-deeds", "lena@deeds.example"));
        var id = (await ConversationOfAsync("live-deeds")).Id;
        await using var line = await OpenLine.OpenAsync(await Rapport.SignedInAsync(Roles.Member), id.ToString(), await NowAsync());
        foreach (var deed in new Func<IServiceProvider, Task<Refusal?>>[]
        {
            s => s.GetRequiredService<AssignConversation>().RunAsync(id, ada.Id, ada, Ct),
            s => s.GetRequiredService<TagConversation>().AddAsync(id, "live", ada, Ct),
            s => s.GetRequiredService<SnoozeConversation>().RunAsync(id, Rapport.Clock.GetUtcNow().AddDays(1), ada, Ct),
            s => s.GetRequiredService<ReopenConversation>().RunAsync(id, ada, Ct),
            async s => (await s.GetRequiredService<WriteNote>().RunAsync(id, "A note.", ada, Ct)).Refusal,
            s => s.GetRequiredService<SettleWaiting>().RunAsync(id, Settlement.NoReplyNeeded, ada, Ct),
            s => s.GetRequiredService<CloseConversation>().RunAsync(id, ada, Ct),
            s => s.GetRequiredService<ShareConversation>().RunAsync(id, new(Visibility.Owner), ada, Ct),
        })
        {
            Assert.Null(await Rapport.InScopeAsync(deed));
            Assert.Equal("page", (await line.NextAsync())?.Data);
        }
        Assert.Null(await WithAsync<ConversationDetails, ConversationDetail?>(d => d.FindAsync(id, null, 10, mate, Ct)));
    }

    [Fact]
    public async Task What_was_forgotten_meanwhile_is_looked_at_again_and_positions_go_on()
    {
        var browser = await Rapport.SignedInAsync(Roles.Owner);
        await ChangeAsync();
        var before = await NowAsync();
        await ChangeAsync();
        Rapport.Clock.Advance(TimeSpan.FromHours(2));
        await ChangeAsync();
        await Rapport.RunJobsAsync();
        await using var line = await OpenLine.OpenAsync(browser, "list", before);
        Assert.Equal("page", (await line.NextAsync())?.Data);
        Assert.True(long.Parse(await NowAsync(), null) > long.Parse(before, null));

        Task ChangeAsync() => Rapport.InDatabaseAsync(async db =>
        {
            db.Changed(new Guid("00000000-0000-7000-8000-00000000abcd"));
            return await db.SaveAsync(Actor.Rapport, Ct);
        });
    }

    [Fact]
    public async Task Lines_are_for_browsers_few_for_each_and_end_with_the_session()
    {
        await Rapport.ActorAsync(Roles.Manager);
        using var browser = await Rapport.Members.SignInAsync(SignedInClients.EmailOf(Roles.Manager), SignedInClients.Password);
        var lines = new List<OpenLine>();
        for (var i = 0; i < 4; i++) lines.Add(await OpenLine.OpenAsync(browser, "list"));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.GetAsync("/api/live?on=list", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Rapport.TokenClientAsync(TokenScope.Read)).GetAsync("/api/live?on=list", Ct)).StatusCode);
        using (var nobody = Rapport.Client()) Assert.NotEqual(HttpStatusCode.OK, (await nobody.GetAsync("/api/live?on=list", Ct)).StatusCode);

        await browser.SubmitAsync("/settings", "/do/sign-out");
        foreach (var line in lines)
        {
            Assert.Null(await line.NextAsync());
            await line.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_looks_and_who_writes_is_said_to_those_who_see_the_conversation_until_they_leave()
    {
        var ada = await Rapport.ActorAsync(Roles.Owner);
        await Rapport.ActorAsync(Roles.Member);
        var hers = await MailboxAsync(ada, "Presence");
        Assert.Null(await WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(hers, new(Visibility.Everyone), ada, Ct)));
        await TakeAsync(hers, ada, new TestMail("live-here", "lena@here.example"));
        var id = (await ConversationOfAsync("live-here")).Id;
        var (browser, mates) = (await Rapport.SignedInAsync(Roles.Owner), await Rapport.SignedInAsync(Roles.Member));
        await using var line = await OpenLine.OpenAsync(browser, id.ToString());
        await using (var mate = await OpenLine.OpenAsync(mates, id.ToString()))
        {
            await line.UntilAsync("here", "Member Harbour is looking at this too.");
            await mate.UntilAsync("here", "Ada Harbour is looking at this too.");
        }
        await line.UntilAsync("here", "");

        await using var writes = await OpenLine.OpenAsync(mates, id.ToString());
        var its = (await writes.NextAsync("line"))!.Value.Data;
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PutAsJsonAsync($"/api/live/{its}", new { writing = true }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await mates.PutAsJsonAsync($"/api/live/{its}", new { writing = true }, Ct)).StatusCode);
        await line.UntilAsync("here", "Member Harbour is writing a reply.");
        Assert.Contains("Member Harbour is writing a reply.", await browser.GetStringAsync($"/conversations/{id}", Ct), StringComparison.Ordinal);

        // Whoever is not heard of any more is not there any more.
        Rapport.Clock.Advance(TimeSpan.FromSeconds(26));
        await line.UntilAsync("here", "");
        Assert.Equal(HttpStatusCode.NoContent, (await mates.PutAsJsonAsync($"/api/live/{its}", new { writing = false }, Ct)).StatusCode);
        await line.UntilAsync("here", "Member Harbour is looking at this too.");

        Assert.Null(await WithAsync<ShareConversation, Refusal?>(d => d.RunAsync(id, new(Visibility.Owner), ada, Ct)));
        await writes.UntilAsync("here", "");
    }

    private Task<string> NowAsync() => NowAsync(Rapport);

    internal static Task<string> NowAsync(RapportFixture rapport) => rapport.InDatabaseAsync(async db => (await db.ChangesNowAsync(Ct)).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
