using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Tests.Conversations;

/// <summary>By when we are to speak (V12): what starts a clock, what stops it, what it is set by, and where it shows.</summary>
public sealed class ClockTests(RapportFixture rapport) : ConversationTests(rapport)
{
    // Friday half past three in Berlin; the tests stand on Monday at ten.
    private static readonly DateTimeOffset Friday = RapportFixture.Monday.AddDays(-3).AddHours(5.5);

    [Fact]
    public async Task A_question_starts_a_clock_by_its_tier_that_says_how_it_came_about()
    {
        var box = await MailboxAsync(Ada, "Tiers", shared: true);
        await TakeAsync(box, Ada, new TestMail("tiers-1", "Lena <lena@tiers.example>") { Date = Friday });
        var without = await ClockAsync("tiers-1");
        Assert.Equal((ClockKind.FirstAnswer, ClockState.Running, Friday, Berlin(25, 15, 30)), (without!.Kind, without.State, without.From, without.DueAt));
        Assert.Equal(("answer due Wed 15:30", "First answer. No tier, e-mail: 3 working days from Fri 20 Nov 15:30."), (without.Words, without.Because));

        await TierAsync((await ConversationOfAsync("tiers-1")).Customer!.Value, Tier.A);
        var key = await ClockAsync("tiers-1");
        Assert.Equal((ClockState.Soon, Berlin(23, 11, 30), "answer due 11:30"), (key!.State, key.DueAt, key.Words));
        Assert.Equal("First answer. Tier A, e-mail: 4 business hours from Fri 20 Nov 15:30.", key.Because);

        var client = await Rapport.SignedInAsync(Roles.Owner);
        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/conversations/{(await ConversationOfAsync("tiers-1")).Id}", Ct));
        Assert.Contains("answer due 11:30", page, StringComparison.Ordinal);
        Assert.Contains(key.Because, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_neither_start_nor_stop_it_and_a_person_stops_it_on_any_channel()
    {
        var box = await MailboxAsync(Ada, "Stops", shared: true);
        await TakeAsync(box, Ada, new TestMail("robot-1", "noreply@robots.example") { Date = Friday, More = ["Auto-Submitted: auto-generated"] });
        Assert.Null((await ConversationOfAsync("robot-1")).DueAt);

        await TakeAsync(box, Ada, new TestMail("stops-1", "Lena <lena@stops.example>") { Date = Friday });
        await TakeAsync(box, Ada, new TestMail("stops-2", "Ada Berg <ada@ours.example>", "Lena <lena@stops.example>") { InReplyTo = ["stops-1"], Date = Friday.AddMinutes(1), More = ["Auto-Submitted: auto-replied"], Text = "Your mail has arrived." },
            new TestMail("stops-3", "Lena <lena@stops.example>") { InReplyTo = ["stops-2"], Date = Friday.AddMinutes(2), More = ["Auto-Submitted: auto-replied"], Text = "I am away. Could you call again?" });
        Assert.Equal((ClockKind.FirstAnswer, Friday), await ClockAsync("stops-1") is { } still ? (still.Kind, still.From) : default);

        var lena = await PersonAsync("lena@stops.example");
        Assert.Null((await WithAsync<RecordInteraction, Result<Recorded>>(d => d.RunAsync(new(Channel.Telephone, "We settled it.", [lena]) { At = Friday.AddMinutes(30) }, Ada, Ct))).Refusal);
        Assert.Null((await ConversationOfAsync("stops-1")).DueAt);

        await TakeAsync(box, Ada, new TestMail("stops-4", "Ada Berg <ada@ours.example>", "Lena <lena@stops.example>") { InReplyTo = ["stops-1"], Date = Friday.AddMinutes(40), Text = "As I said, week 50." },
            new TestMail("stops-5", "Lena <lena@stops.example>") { InReplyTo = ["stops-4"], Date = Friday.AddMinutes(50), Text = "And the third crane?" });
        Assert.Equal((ClockKind.NextAnswer, Friday.AddMinutes(50)), await ClockAsync("stops-1") is { } next ? (next.Kind, next.From) : default);

        var id = (await ConversationOfAsync("stops-1")).Id;
        Assert.Null(await WithAsync<SettleWaiting, Refusal?>(d => d.RunAsync(id, Settlement.NoReplyNeeded, Ada, Ct)));
        Assert.Null((await ConversationOfAsync("stops-1")).DueAt);
        Assert.Null(await WithAsync<SettleWaiting, Refusal?>(d => d.UndoAsync(id, Ada, Ct)));
        Assert.NotNull((await ConversationOfAsync("stops-1")).DueAt);
        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(id, Ada, Ct)));
        Assert.Null((await ConversationOfAsync("stops-1")).DueAt);
    }

    [Fact]
    public async Task What_was_asked_long_ago_and_is_read_today_makes_nobody_late()
    {
        await TakeAsync(await MailboxAsync(Ada, "Old", shared: true), Ada, new TestMail("old-1", "Lena <lena@old.example>") { Date = RapportFixture.Monday.AddDays(-40) });
        var old = await ConversationOfAsync("old-1");
        Assert.NotNull(old.WaitingSince);
        Assert.Null(old.DueAt);
    }

    [Fact]
    public async Task When_the_times_or_our_days_change_it_is_worked_out_anew()
    {
        await TakeAsync(await MailboxAsync(Ada, "Anew", shared: true), Ada, new TestMail("anew-1", "Lena <lena@anew.example>") { Date = Friday });
        var client = await Rapport.SignedInAsync(Roles.Owner);
        var times = (await client.GetFromJsonAsync<JsonElement>("/api/answer-times", Ct)).GetProperty("times").EnumerateArray().ToList();
        Assert.Contains(times, t => t.GetProperty("tier").GetString() == "a" && t.GetProperty("firstAnswer").GetString() == "4h");
        async Task PutAsync(string none) => Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync("/api/answer-times", new { times = new object[] { new { tier = "none", firstAnswer = none, nextAnswer = none }, new { tier = "a", firstAnswer = "4h", nextAnswer = "4h", speakAgain = "5d" } } }, Ct)).StatusCode);

        await PutAsync("2 hours");
        await Rapport.RunJobsAsync();
        Assert.Equal(Berlin(23, 9, 30), (await ConversationOfAsync("anew-1")).DueAt);
        await PutAsync("");
        await Rapport.RunJobsAsync();
        Assert.Null((await ConversationOfAsync("anew-1")).DueAt);
        await PutAsync("3d");
        await Rapport.RunJobsAsync();
        Assert.Equal(Berlin(25, 15, 30), (await ConversationOfAsync("anew-1")).DueAt);

        // On Tuesday we are closed.
        await HolidaysAsync(new DateOnly(2026, 11, 24));
        Assert.Equal(Berlin(26, 15, 30), (await ConversationOfAsync("anew-1")).DueAt);
        await HolidaysAsync();
        Assert.Equal(Berlin(25, 15, 30), (await ConversationOfAsync("anew-1")).DueAt);

        async Task HolidaysAsync(params DateOnly[] days)
        {
            var us = await client.GetFromJsonAsync<Dictionary<string, JsonElement>>("/api/installation", Ct);
            us!["extraHolidays"] = JsonSerializer.SerializeToElement(days);
            Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync("/api/installation", us, Ct)).StatusCode);
            await Rapport.RunJobsAsync();
            await Rapport.RunJobsAsync();
        }
    }

    [Fact]
    public async Task Who_is_late_and_who_is_due_soon_can_be_listed_the_most_pressing_first()
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var box = await MailboxAsync(owner, "Due", shared: true);
        await TakeAsync(box, owner,
            new TestMail("due-late", "Kim <kim@due-late.example>", "Us <us@harbourline.example>") { Subject = "Late one", Date = Berlin(12, 10, 0) }, new TestMail("due-later", "Kim <kim@due-later.example>", "Us <us@harbourline.example>") { Subject = "Later one", Date = Berlin(17, 10, 0) },
            new TestMail("due-soon", "Kim <kim@due-soon.example>", "Us <us@harbourline.example>") { Subject = "Soon one", Date = Berlin(18, 11, 0) }, new TestMail("due-time", "Kim <kim@due-time.example>", "Us <us@harbourline.example>") { Subject = "Time yet", Date = Friday });
        var client = await Rapport.SignedInAsync(Roles.Owner);
        Assert.Equal(["Late one", "Later one"], await SubjectsAsync("late"));
        Assert.Equal(["Soon one"], await SubjectsAsync("soon"));
        Assert.Equal(["Late one", "Later one", "Soon one", "Time yet"], await SubjectsAsync("any"));
        var paged = await SubjectsAsync("any", 2);
        while (next is not null) paged.AddRange(await SubjectsAsync("any", 2, next));
        Assert.Equal(["Late one", "Later one", "Soon one", "Time yet"], paged);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.GetAsync("/api/conversations?due=never", Ct)).StatusCode);

        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/conversations?view=all&due=late", Ct));
        Assert.Contains("4 working days late", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Soon one", page, StringComparison.Ordinal);
        var today = WebUtility.HtmlDecode(await client.GetStringAsync("/", Ct));
        Assert.Contains("answer due 11:00", today, StringComparison.Ordinal);

        // Put away, it presses nobody until its time.
        var late = (await ConversationOfAsync("due-late")).Id;
        Assert.Null(await WithAsync<SnoozeConversation, Refusal?>(d => d.RunAsync(late, RapportFixture.Monday.AddDays(1), owner, Ct)));
        Assert.Equal(["Later one"], await SubjectsAsync("late"));

        async Task<List<string>> SubjectsAsync(string due, int size = 50, string? after = null)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/conversations?due={due}&size={size}&after={after}", Ct);
            next = page.GetProperty("next").GetString();
            return [.. page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("subject").GetString()!).Where(s => s is "Late one" or "Later one" or "Soon one" or "Time yet")];
        }
    }

    [Fact]
    public async Task Where_we_spoke_last_with_a_key_customer_we_are_told_to_speak_again()
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var box = await MailboxAsync(owner, "Again", shared: true);
        await TakeAsync(box, owner, new TestMail("again-1", "Lena <lena@again.example>") { Subject = "Again and again", Date = Berlin(10, 10, 0) });
        await TierAsync((await ConversationOfAsync("again-1")).Customer!.Value, Tier.A);
        var (id, me) = ((await ConversationOfAsync("again-1")).Id, owner.Id);
        await TakeAsync(box, owner, new TestMail("again-2", "Ada Berg <ada@ours.example>", "Lena <lena@again.example>") { InReplyTo = ["again-1"], Date = Berlin(12, 10, 0), Text = "We look into it." });
        Assert.Null(await WithAsync<AssignConversation, Refusal?>(d => d.RunAsync(id, me, owner, Ct)));
        Assert.Equal((ClockKind.SpeakAgain, Berlin(19, 10, 0)), await ClockAsync("again-1") is { } clock ? (clock.Kind, clock.DueAt) : default);

        var client = await Rapport.SignedInAsync(Roles.Owner);
        Assert.Contains("Speak again", await client.GetStringAsync("/", Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync("/", $"/do/conversations/{id}/no-reply-needed")).StatusCode);
        Assert.DoesNotContain(">Speak again", await client.GetStringAsync("/", Ct), StringComparison.Ordinal);
        Assert.Null((await ConversationOfAsync("again-1")).DueAt);

        // Thanks alone want no further word.
        await TakeAsync(box, owner, new TestMail("again-3", "Ada Berg <ada@ours.example>", "Lena <lena@again.example>") { InReplyTo = ["again-2"], Date = Berlin(20, 10, 0), Text = "Thank you very much!" });
        Assert.Null((await ConversationOfAsync("again-1")).DueAt);
    }

    // Without a tier no clock runs once we have answered: there is none that is found to be wrong.
    [Fact]
    public async Task Who_becomes_a_key_customer_after_we_answered_is_spoken_to_again_as_well()
    {
        var (owner, box) = (await Rapport.ActorAsync(Roles.Owner), await MailboxAsync(Ada, "Key later", shared: true));
        await TakeAsync(box, Ada, new TestMail("key-later-1", "Lena <lena@key-later.example>") { Date = Berlin(17, 10, 0) },
            new TestMail("key-later-2", "Ada Berg <ada@ours.example>", "Lena <lena@key-later.example>") { InReplyTo = ["key-later-1"], Date = Berlin(18, 10, 0), Text = "We look into it." });
        var before = await ConversationOfAsync("key-later-1");
        Assert.Null(before.DueAt);
        await TierAsync(before.Customer!.Value, Tier.A);
        Assert.Equal((ClockKind.SpeakAgain, Berlin(25, 10, 0)), await ClockAsync("key-later-1") is { } clock ? (clock.Kind, clock.DueAt) : default);

        var relationship = await Rapport.InDatabaseAsync(db => db.Set<Relationship>().Where(r => r.Customer == before.Customer).Select(r => r.Id).SingleAsync(Ct));
        await BecomesAsync(Tier.C);
        Assert.Null((await ConversationOfAsync("key-later-1")).DueAt);
        await BecomesAsync(Tier.A);
        Assert.Equal(Berlin(25, 10, 0), (await ConversationOfAsync("key-later-1")).DueAt);

        async Task BecomesAsync(Tier tier)
        {
            Assert.Null(await WithAsync<ChangeRelationship, Refusal?>(d => d.RunAsync(relationship, new(owner.Id, tier), owner, Ct)));
            await Rapport.RunJobsAsync();
        }
    }

    [Fact]
    public async Task What_is_no_time_is_refused_beside_its_field_and_nothing_changes()
    {
        var client = await Rapport.SignedInAsync(Roles.Owner);
        var answer = await client.PutAsJsonAsync("/api/answer-times", new { times = new[] { new { tier = "a", firstAnswer = "quickly" } } }, Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await (await client.SubmitAsync("/settings/answer-times", "times", ("Input.Times[A.Any.firstAnswer]", "soonish"), ("Input.Times[B.Any.firstAnswer]", "1 day"))).Content.ReadAsStringAsync(Ct));
        Assert.Contains("“soonish” is no length of time", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Rapport.SignedInAsync(Roles.Member)).PutAsJsonAsync("/api/answer-times", new { times = Array.Empty<object>() }, Ct)).StatusCode);
        Assert.Contains(await WithAsync<RapportDb, IReadOnlyList<AnswerTime>>(async db => (await db.AnswerTimesAsync(Ct)).All), t => t is { Tier: Tier.A, Channel: null, FirstAnswer: "4h" });
    }

    [Theory]
    [InlineData("30 min", "30m")]
    [InlineData(" 4 H", "4h")]
    [InlineData("2 working days", "2d")]
    [InlineData("0h", null)]
    [InlineData("4", null)]
    [InlineData("99999d", null)]
    [InlineData("-1h", null)]
    public void A_length_of_working_time_is_read_as_people_write_it(string text, string? read) => Assert.Equal(read, WorkingSpan.Parse(text)?.ToString());

    private string? next;

    private static DateTimeOffset Berlin(int day, int hour, int minute) => new(2026, 11, day, hour - 1, minute, 0, TimeSpan.Zero);

    private async Task<ClockReading?> ClockAsync(string messageId)
    {
        var id = (await ConversationOfAsync(messageId)).Id;
        return (await WithAsync<ConversationQueries, IReadOnlyList<ConversationRow>>(q => q.ByIdAsync([id], Ada, Ct)))[0].Clock;
    }

    private async Task TierAsync(PartyId party, Tier tier)
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        Assert.Null((await WithAsync<StartRelationship, Result<RelationshipId>>(d => d.RunAsync(party, null, new RelationshipTerms(Tier: tier, Owner: owner.Id), owner, Ct))).Refusal);
        await Rapport.RunJobsAsync();
    }
}
