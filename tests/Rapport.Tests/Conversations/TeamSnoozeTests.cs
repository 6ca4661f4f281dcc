using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>When our day is over and a team's is not, what belongs to the team is put away by its day.</summary>
public sealed class TeamSnoozeTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task Later_today_is_offered_and_meant_by_the_hours_of_each_ones_team_alone_and_with_others()
    {
        var (client, owner) = (await Rapport.SignedInAsync(Roles.Owner), await Rapport.ActorAsync(Roles.Owner));
        var team = (await WithAsync<FormTeam, Result<TeamId>>(d => d.RunAsync(new("New York", [owner.Id]), owner, Ct))).Value;
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync($"/api/teams/{team}/hours", new TeamHours("America/New_York", "Mo-Fr 09:00-17:00", "US", null), Ct)).StatusCode);
        // Half past five in Berlin is half past eleven in New York.
        Rapport.Clock.Advance(TimeSpan.FromHours(7.5));
        var (theirs, ours) = (await MailboxAsync(owner, "Theirs"), await MailboxAsync(owner, "Ours", shared: true));
        Assert.Null(await WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(theirs, new(Visibility.Team, team), owner, Ct)));
        await TakeAsync(theirs, owner, new TestMail("day-theirs", "Lena <lena@day-theirs.example>", "us@harbourline.example"), new TestMail("day-alone", "Lena <lena@day-alone.example>", "us@harbourline.example"));
        await TakeAsync(ours, owner, new TestMail("day-ours", "Lena <lena@day-ours.example>", "us@harbourline.example"));
        var (their, alone, our) = ((await ConversationOfAsync("day-theirs")).Id, (await ConversationOfAsync("day-alone")).Id, (await ConversationOfAsync("day-ours")).Id);

        // Each row offers what its own team can do; with several chosen, whatever one of them can.
        var page = await client.GetStringAsync("/conversations?view=all", Ct);
        Assert.Equal(("today tomorrow monday", "tomorrow monday"), (Offered(page, their), Offered(page, our)));
        Assert.Contains("<option value=\"today\">", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync("/conversations?view=all", $"/do/conversations/{alone}/snooze", ("until", "today"))).StatusCode);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 19, 30, 0, TimeSpan.Zero), (await ConversationOfAsync("day-alone")).SnoozedUntil);

        var answer = await client.PostAsJsonAsync("/api/conversations/changes", new { ids = new[] { their, our }.Select(i => i.ToString()), snooze = "today" }, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("changed").GetInt32());
        // Three open hours on there; where nobody is open any more, the rest of the day.
        Assert.Equal((new DateTimeOffset(2026, 11, 23, 19, 30, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 23, 22, 59, 0, TimeSpan.Zero)), ((await ConversationOfAsync("day-theirs")).SnoozedUntil!.Value, (await ConversationOfAsync("day-ours")).SnoozedUntil!.Value));
    }

    private static string Offered(string page, ConversationId id) => string.Join(' ', page.Split("<form").Where(f => f.Contains($"/do/conversations/{id}/snooze\"", StringComparison.Ordinal) && f.Contains("name=\"until\"", StringComparison.Ordinal)).Select(f => f.Split("name=\"until\"")[1].Split("value=\"")[1].Split('"')[0]));
}
