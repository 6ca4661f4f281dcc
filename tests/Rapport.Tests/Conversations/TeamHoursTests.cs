using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>Teams with hours of their own (V12): what belongs to them runs by these, and everything that says by when, soon or late says it by the same calendar.</summary>
public sealed class TeamHoursTests(RapportFixture rapport) : ConversationTests(rapport)
{
    // Monday ten in Berlin is four in the morning in New York, where Thursday is Thanksgiving.
    private static readonly DateTimeOffset Asked = RapportFixture.Monday.AddMinutes(-30);

    private static int made;

    private HttpClient client = null!;
    private Actor owner = null!;
    private TeamId team;
    private string name = "";

    [Fact]
    public async Task What_belongs_to_a_team_runs_by_its_hours_zone_and_holidays_and_everything_else_by_ours()
    {
        var (theirs, ours) = (await TeamBoxAsync("owned"), await MailboxAsync(owner, "Ours", shared: true));
        await HoursAsync(new("America/New_York", "Mo-Fr 09:00-17:00", "US", null));
        await TakeAsync(theirs, owner, Mail("owned-theirs", Asked));
        await TakeAsync(ours, owner, Mail("owned-ours", Asked));

        Assert.Equal(Berlin(26, 9, 30), (await ConversationOfAsync("owned-ours")).DueAt);
        var clock = await ClockAsync("owned-theirs");
        Assert.Equal((ClockState.Running, Berlin(27, 15, 0), "answer due Fri 09:00 (New York time)"), (clock!.State, clock.DueAt, clock.Words));
        Assert.Equal($"First answer. No tier, e-mail: 3 working days from Mon 23 Nov 03:30 (New York time), in the hours of {name}.", clock.Because);
        Assert.Equal("First answer. No tier, e-mail: 3 working days from Mon 23 Nov 09:30.", (await ClockAsync("owned-ours"))!.Because);

        var id = (await ConversationOfAsync("owned-theirs")).Id;
        foreach (var page in new[] { $"/conversations/{id}", "/conversations?view=teams&due=any", "/" })
            Assert.Contains(clock.Words, WebUtility.HtmlDecode(await client.GetStringAsync(page, Ct)), StringComparison.Ordinal);
        var answer = await client.GetFromJsonAsync<JsonElement>("/api/conversations?view=teams&due=any", Ct);
        Assert.Contains(answer.GetProperty("items").EnumerateArray(), r => r.GetProperty("clock").GetProperty("because").GetString() == clock.Because);
    }

    [Theory]
    [InlineData("tomorrow", 14)]
    [InlineData("2026-11-24", 14)]
    [InlineData("on Tuesday", 14)]
    public async Task It_is_put_away_until_its_team_opens(string words, int opens)
    {
        var box = await TeamBoxAsync("put-away");
        await HoursAsync(new("America/New_York", "Mo-Fr 09:00-17:00", "US", null));
        var (one, other) = ($"away-one-{made}", $"away-other-{made}");
        await TakeAsync(box, owner, Mail(one, Asked), Mail(other, Asked));
        var (first, second) = ((await ConversationOfAsync(one)).Id, (await ConversationOfAsync(other)).Id);

        // Nine in New York is three in the afternoon in Berlin.
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsJsonAsync($"/api/conversations/{first}/snoozed", new { words }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync("/conversations?view=all", "/do/conversations/chosen", ("id", second.ToString()), ("deed", "later"), ("until", words))).StatusCode);
        foreach (var mail in new[] { one, other }) Assert.Equal(new DateTimeOffset(2026, 11, 24, opens, 0, 0, TimeSpan.Zero), (await ConversationOfAsync(mail)).SnoozedUntil);
        Assert.Contains(await WithAsync<ReadSnooze, IReadOnlyList<SnoozeChoice>>(r => r.ChoicesAsync(team, Ct)), c => c.At == new DateTimeOffset(2026, 11, 24, opens, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task What_a_team_leaves_out_is_as_in_the_organisation()
    {
        var box = await TeamBoxAsync("partly");
        await TakeAsync(box, owner, Mail("partly-1", RapportFixture.Monday.AddDays(-3).AddHours(5.5)));
        Assert.Equal(Berlin(25, 15, 30), (await ConversationOfAsync("partly-1")).DueAt);
        await HoursAsync(new(null, "Mo-Su 08:00-20:00", null, null));
        await AnewAsync();
        Assert.Equal(Berlin(23, 15, 30), (await ConversationOfAsync("partly-1")).DueAt);
        await HoursAsync(new(null, null, null, [new(2026, 11, 24)]));
        await AnewAsync();
        Assert.Equal(Berlin(26, 15, 30), (await ConversationOfAsync("partly-1")).DueAt);
        await HoursAsync(new("Asia/Tokyo", null, "none", []));
        await AnewAsync();
        // Half past three in Berlin is half past eleven at night there: it counts from Monday at nine.
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero), (await ConversationOfAsync("partly-1")).DueAt);
    }

    [Fact]
    public async Task When_a_teams_hours_change_end_or_the_team_is_disbanded_its_clocks_are_worked_out_anew()
    {
        var box = await TeamBoxAsync("anew");
        await TakeAsync(box, owner, Mail("hours-anew", Asked));
        var ours = (await ConversationOfAsync("hours-anew")).DueAt;
        Assert.Equal(Berlin(26, 9, 30), ours);

        await HoursAsync(new("America/New_York", null, "US", null));
        await AnewAsync();
        Assert.Equal(Berlin(27, 15, 0), (await ConversationOfAsync("hours-anew")).DueAt);
        // Who is never there is never late; the clock runs again as soon as they are.
        await HoursAsync(new(null, "closed", null, null));
        await AnewAsync();
        Assert.Null((await ConversationOfAsync("hours-anew")).DueAt);
        Assert.Equal(HttpStatusCode.OK, (await client.DeleteAsync($"/api/teams/{team}/hours", Ct)).StatusCode);
        await AnewAsync();
        Assert.Equal(ours, (await ConversationOfAsync("hours-anew")).DueAt);

        await HoursAsync(new("America/New_York", null, "US", null));
        await AnewAsync();
        Assert.Equal(Berlin(27, 15, 0), (await ConversationOfAsync("hours-anew")).DueAt);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/teams/{team}", Ct)).StatusCode);
        await AnewAsync();
        Assert.Equal(ours, (await ConversationOfAsync("hours-anew")).DueAt);
    }

    [Fact]
    public async Task A_conversation_that_comes_to_another_team_runs_by_its_hours_at_once()
    {
        var box = await TeamBoxAsync("first");
        await HoursAsync(new(null, "closed", null, null));
        await TakeAsync(box, owner, Mail("comes-1", Asked));
        Assert.Null((await ConversationOfAsync("comes-1")).DueAt);

        Assert.Null(await ShareAsync(box, new(Visibility.Everyone)));
        Assert.Equal(Berlin(26, 9, 30), (await ConversationOfAsync("comes-1")).DueAt);
        await TeamAsync("second");
        await HoursAsync(new("America/New_York", null, "US", null));
        Assert.Null(await ShareAsync(box, new(Visibility.Team, team)));
        Assert.Equal(Berlin(27, 15, 0), (await ConversationOfAsync("comes-1")).DueAt);
    }

    [Fact]
    public async Task What_is_soon_or_late_is_so_by_the_calendar_of_each()
    {
        var (theirs, ours) = (await TeamBoxAsync("soon"), await MailboxAsync(owner, "Soon", shared: true));
        // Two of its business hours from now are over at half past two, two of ours at noon.
        await HoursAsync(new(null, "Mo-Fr 12:30-20:00", null, null));
        await TakeAsync(theirs, owner, Mail("soon-desk", Berlin(18, 14, 0)), Mail("soon-desk-later", Berlin(18, 15, 0)), Mail("soon-desk-late", Berlin(17, 13, 0)));
        await TakeAsync(ours, owner, Mail("soon-ours", Berlin(18, 11, 0)), Mail("soon-ours-later", Berlin(18, 13, 0)));

        Assert.Equal(["soon-ours", "soon-desk"], await ListAsync("due=soon"));
        Assert.Equal(["soon-desk-late"], await ListAsync("due=late"));
        Assert.Equal(["soon-desk"], await ListAsync("due=soon&view=teams"));
        Assert.Equal(["soon-ours", "soon-desk"], await ListAsync("due=soon&view=all", size: 1));
        Assert.Equal((ClockState.Soon, ClockState.Running, ClockState.Late), ((await ClockAsync("soon-desk"))!.State, (await ClockAsync("soon-desk-later"))!.State, (await ClockAsync("soon-desk-late"))!.State));
        // Since Friday at one they were open for seven hours, and today not yet.
        Assert.Equal("7 h late", (await ClockAsync("soon-desk-late"))!.Words);
        var by = owner with { Teams = [team.AsReader] };
        Assert.Equal(1, await WithAsync<ConversationQueries, int>(q => q.CountAsync(new ConversationFilter { View = ConversationView.Teams, Due = ConversationDue.Soon }, 100, by, Ct)));
        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/conversations?view=all&due=soon", Ct));
        Assert.Contains("soon-desk", page, StringComparison.Ordinal);
        Assert.DoesNotContain("soon-ours-later", page, StringComparison.Ordinal);

        async Task<List<string>> ListAsync(string query, int size = 50)
        {
            var found = new List<string>();
            for (string? after = "", next; after is not null; after = next)
            {
                var part = await client.GetFromJsonAsync<JsonElement>($"/api/conversations?{query}&size={size}&after={after}", Ct);
                next = part.GetProperty("next").GetString();
                found.AddRange(part.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("subject").GetString()!).Where(s => s.StartsWith("soon-", StringComparison.Ordinal)));
            }
            return found;
        }
    }

    [Fact]
    public async Task Today_counts_how_long_somebody_waits_and_when_to_speak_again_in_the_hours_of_the_team()
    {
        var box = await TeamBoxAsync("today");
        await HoursAsync(new(null, "Mo-Su 12:30-20:00", null, null));
        await TakeAsync(box, owner, Mail("today-waits", RapportFixture.Monday.AddDays(-3).AddHours(5.5)), Mail("today-again", Berlin(17, 10, 0)));
        var again = await ConversationOfAsync("today-again");
        Assert.Null((await WithAsync<StartRelationship, Result<RelationshipId>>(d => d.RunAsync(again.Customer!.Value, null, new RelationshipTerms(Tier: Tier.A, Owner: owner.Id), owner, Ct))).Refusal);
        await TakeAsync(box, owner, new TestMail("today-told", "Ada Berg <ada@ours.example>", "Lena <lena@today-again.example>") { InReplyTo = ["today-again"], Date = Berlin(18, 14, 0), Text = "We look into it." });
        var by = owner with { Teams = [team.AsReader] };
        Assert.Null(await WithAsync<AssignConversation, Refusal?>(d => d.RunAsync(again.Id, owner.Id, by, Ct)));
        await AnewAsync();

        Assert.Equal("3 working days", await WaitedAsync());
        Assert.Equal((ClockKind.SpeakAgain, Berlin(23, 14, 0)), await ClockAsync("today-told") is { } clock ? (clock.Kind, clock.DueAt) : default);
        Assert.Contains(await AgainAsync(), r => r.Id == again.Id);
        Assert.Contains("speak again by 14:00", WebUtility.HtmlDecode(await client.GetStringAsync("/", Ct)), StringComparison.Ordinal);

        // In our hours it was one working day, and there is time until Wednesday.
        Assert.Equal(HttpStatusCode.OK, (await client.DeleteAsync($"/api/teams/{team}/hours", Ct)).StatusCode);
        await AnewAsync();
        Assert.Equal("1 working day", await WaitedAsync());
        Assert.DoesNotContain(await AgainAsync(), r => r.Id == again.Id);

        Task<string> WaitedAsync() => Rapport.InScopeAsync(async s => (await s.GetRequiredService<WaitingToday>().RunAsync(await s.GetRequiredService<RapportDb>().CalendarsAsync(Ct), by, Ct)).Lines.Single(l => l.Subject == "today-waits").Waited);
        Task<IReadOnlyList<ConversationRow>> AgainAsync() => WithAsync<ConversationQueries, IReadOnlyList<ConversationRow>>(q => q.SpeakAgainAsync(owner.Id, 5, by, Ct));
    }

    [Fact]
    public async Task An_administrator_sets_them_on_the_teams_page_and_what_is_wrong_stands_beside_its_field()
    {
        await TeamAsync("page");
        var page = $"/teams/{team}";
        Assert.Contains("as in the organisation (Mo-Fr 09:00-17:00, Europe/Berlin)", WebUtility.HtmlDecode(await client.GetStringAsync(page, Ct)), StringComparison.Ordinal);
        var wrong = WebUtility.HtmlDecode(await (await client.SubmitAsync(page, "hours", ("Hours.Hours", "when we like"), ("Hours.Holidays", ""))).Content.ReadAsStringAsync(Ct));
        Assert.Contains("\"when we like\" does not say which hours you are open.", wrong, StringComparison.Ordinal);
        Assert.Contains("\"soon\" is not a day", WebUtility.HtmlDecode(await (await client.SubmitAsync(page, "hours", ("Hours.Holidays", "2026-12-24, soon"))).Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await client.GetFromJsonAsync<JsonElement>($"/api/teams/{team}", Ct)).GetProperty("hours").ValueKind);

        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync(page, "hours", ("Hours.Hours", "monday-friday 8-12, 13-17"), ("Hours.Zone", "America/New_York"), ("Hours.Country", "none"), ("Hours.Holidays", "2026-12-31 2026-12-24"))).StatusCode);
        Assert.Equal("""{"zone":"America/New_York","businessHours":"Mo-Fr 08:00-12:00, 13:00-17:00","country":"none","extraHolidays":["2026-12-24","2026-12-31"]}""", await WrittenAsync());
        var shown = WebUtility.HtmlDecode(await client.GetStringAsync(page, Ct));
        Assert.Contains("value=\"2026-12-24, 2026-12-31\"", shown, StringComparison.Ordinal);
        Assert.Contains("Mo-Fr 08:00-12:00, 13:00-17:00, America/New York", WebUtility.HtmlDecode(await client.GetStringAsync("/teams", Ct)), StringComparison.Ordinal);

        // Its name and its members are another matter.
        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync(page, "team", ("Input.Name", $"{name} renamed"))).StatusCode);
        Assert.Contains("America/New_York", await WrittenAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync(page, "hours", ("Hours.Hours", ""), ("Hours.Holidays", "none"))).StatusCode);
        Assert.Equal("""{"zone":null,"businessHours":null,"country":null,"extraHolidays":[]}""", await WrittenAsync());
        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync(page, "hours", ("Hours.Hours", ""), ("Hours.Zone", ""), ("Hours.Country", ""), ("Hours.Holidays", ""))).StatusCode);
        Assert.Equal("null", await WrittenAsync());

        async Task<string> WrittenAsync() => (await client.GetFromJsonAsync<JsonElement>($"/api/teams/{team}", Ct)).GetProperty("hours").GetRawText();
    }

    [Theory]
    [InlineData("""{"zone":"Europe/Atlantis"}""", "team.zone", "zone")]
    [InlineData("""{"businessHours":"Mo-Fr"}""", "team.business-hours", "businessHours")]
    [InlineData("""{"country":"QQ"}""", "team.country", "country")]
    public async Task Hours_that_cannot_be_kept_are_refused_and_nothing_changes(string body, string code, string field)
    {
        await TeamAsync("refused");
        await HoursAsync(new(null, "24/7", null, null));
        var answer = await client.PutAsync($"/api/teams/{team}/hours", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Ct);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code, field), (answer.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()));
        Assert.Equal("Mo-Su 00:00-24:00", (await client.GetFromJsonAsync<JsonElement>($"/api/teams/{team}", Ct)).GetProperty("hours").GetProperty("businessHours").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Rapport.SignedInAsync(Roles.Member)).PutAsJsonAsync($"/api/teams/{team}/hours", new { }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PutAsJsonAsync($"/api/teams/{Guid.Empty}/hours", new { }, Ct)).StatusCode);
    }

    private static DateTimeOffset Berlin(int day, int hour, int minute) => new(2026, 11, day, hour - 1, minute, 0, TimeSpan.Zero);

    private static TestMail Mail(string id, DateTimeOffset at) => new(id, $"Lena <lena@{id}.example>", "Us <us@harbourline.example>") { Subject = id, Date = at };

    private async Task TeamAsync(string called)
    {
        (client, owner) = (await Rapport.SignedInAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Owner));
        name = $"Desk {called} {Interlocked.Increment(ref made)}";
        team = (await WithAsync<FormTeam, Result<TeamId>>(d => d.RunAsync(new(name, [owner.Id]), owner, Ct))).Value;
    }

    [Fact]
    public async Task The_silence_of_its_mailbox_is_counted_in_its_hours()
    {
        var (theirs, ours) = (await TeamBoxAsync("silent"), await MailboxAsync(owner, "Silent"));
        await HoursAsync(new("America/New_York", "Mo-Fr 09:00-17:00", "US", null));
        // Friday afternoon in Berlin, with six hours of New York's day to come.
        foreach (var box in new[] { theirs, ours }) await HeardLastAsync(box, RapportFixture.Monday.AddDays(-3).AddHours(7));
        Assert.Equal([MailboxAlarmKind.Silent], await AlarmsAsync(theirs));
        Assert.Empty(await AlarmsAsync(ours));
    }

    private async Task HeardLastAsync(MailboxId box, DateTimeOffset at)
    {
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new($"silent-{box}@ours.example", server, server), owner, Ct)));
        await Rapport.InDatabaseAsync(async db =>
        {
            db.Add(new MailboxFolder { Mailbox = box, Role = FolderRole.Inbox, Path = "INBOX", LastArrivalAt = at, LongestGapMinutes = 60 });
            return await db.SaveAsync(Actor.Rapport, Ct);
        });
    }

    private Task<List<MailboxAlarmKind>> AlarmsAsync(MailboxId box) => WithAsync<MailboxStates, List<MailboxAlarmKind>>(async q => [.. (await q.FindAsync(box, owner, Ct))!.Alarms.Select(a => a.Kind)]);

    private async Task<MailboxId> TeamBoxAsync(string called)
    {
        await TeamAsync(called);
        var box = await MailboxAsync(owner, name);
        Assert.Null(await ShareAsync(box, new(Visibility.Team, team)));
        return box;
    }

    private Task<Refusal?> ShareAsync(MailboxId box, Sharing with) => WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(box, with, owner, Ct));

    private async Task HoursAsync(TeamHours hours) => Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync($"/api/teams/{team}/hours", hours, Ct)).StatusCode);

    // The job hears of it in the first round, and sets the clocks in the second.
    private async Task AnewAsync()
    {
        await Rapport.RunJobsAsync();
        await Rapport.RunJobsAsync();
    }

    private async Task<ClockReading?> ClockAsync(string messageId)
    {
        var (id, by) = ((await ConversationOfAsync(messageId)).Id, owner with { Teams = [team.AsReader] });
        return (await WithAsync<ConversationQueries, IReadOnlyList<ConversationRow>>(q => q.ByIdAsync([id], by, Ct)))[0].Clock;
    }
}
