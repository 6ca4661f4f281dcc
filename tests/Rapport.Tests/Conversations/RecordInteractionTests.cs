using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;
using Rapport.Kernel.Web;

namespace Rapport.Tests.Conversations;

public sealed class RecordInteractionTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private static int timelines;

    [Fact]
    public async Task A_later_call_with_who_asked_ends_the_waiting_wherever_they_asked()
    {
        var box = await MailboxAsync(Ada, "Calls", shared: true);
        await TakeAsync(box, Ada, new TestMail("call-1", "Lena <lena@called.example>"));
        Assert.NotNull((await ConversationOfAsync("call-1")).WaitingSince);
        var lena = await PersonAsync("lena@called.example");

        await RecordAsync(new(Channel.Telephone, "Talked about week 50; it is fine.", [lena]) { Minutes = 12 }, Ben);
        Assert.Null((await ConversationOfAsync("call-1")).WaitingSince);

        // An answer to it that comes later waits again; a mail from before the call does not.
        await TakeAsync(box, Ada, new TestMail("call-2", "Lena <lena@called.example>") { InReplyTo = ["call-1"], Date = RapportFixture.Monday.AddDays(-2), Text = "And the third one?" });
        Assert.Null((await ConversationOfAsync("call-1")).WaitingSince);
    }

    [Fact]
    public async Task A_call_recorded_before_the_mail_was_imported_counts_as_well()
    {
        var lena = await NewPersonAsync("lena@earlier.example");
        await RecordAsync(new(Channel.Telephone, "All is settled.", [lena]) { At = RapportFixture.Monday.AddDays(-1) }, Ada);
        await TakeAsync(await MailboxAsync(Ada), Ada, new TestMail("earlier-1", "lena@earlier.example") { Date = RapportFixture.Monday.AddDays(-5) });
        Assert.Null((await ConversationOfAsync("earlier-1")).WaitingSince);
    }

    [Fact]
    public async Task It_stands_on_the_timeline_and_counts_as_contact_but_a_note_does_not()
    {
        var person = await NewPersonAsync("mo@noted.example");
        await RecordAsync(new(Channel.Note, "Likes short mails.", [person]), Ada);
        Assert.Null(await LastContactAsync(person));
        var recorded = await RecordAsync(new(Channel.Visit, "Saw the quay.", [person]) { At = RapportFixture.Monday.AddHours(-1), Subject = "Quay" }, Ada);
        Assert.Equal(RapportFixture.Monday.AddHours(-1), await LastContactAsync(person));

        var timeline = await WithAsync<TimelineQueries, Page<TimelineEntry>>(q => q.OfAsync(person, new(), null, 50, Ben, Ct));
        Assert.Equal([Channel.Note, Channel.Visit], timeline.Items.Select(e => e.Channel));
        Assert.Equal(recorded.Interaction, timeline.Items[1].Id);
    }

    [Fact]
    public async Task A_timeline_is_paged_without_a_gap_or_a_repeat()
    {
        var person = await NewPersonAsync("many@paged.example");
        for (var i = 0; i < 25; i++) await RecordAsync(new(Channel.Chat, $"Line {i}", [person]) { At = RapportFixture.Monday.AddMinutes(-i) }, Ada);
        var seen = new List<string>();
        for (string? after = "";  after is not null;)
        {
            var page = await WithAsync<TimelineQueries, Page<TimelineEntry>>(q => q.OfAsync(person, new(), after, 10, Ada, Ct));
            seen.AddRange(page.Items.Select(e => e.Text));
            after = page.Next;
        }
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"Line {i}"), seen);
        var found = await WithAsync<TimelineQueries, Page<TimelineEntry>>(q => q.OfAsync(person, new() { Words = "LINE 24" }, null, 10, Ada, Ct));
        Assert.Equal("Line 24", Assert.Single(found.Items).Text);
    }

    [Theory]
    [InlineData("ÜBERGABE", 3)]
    [InlineData("übergabe", 3)]
    [InlineData("ubergabe", 3)]
    [InlineData("Überg", 3)]
    [InlineData("kaikante übergabe", 1)]
    [InlineData("übernahme", 0)]
    public async Task Words_on_a_timeline_are_found_in_any_capitals_with_and_without_their_accents_however_much_was_said(string words, int found)
    {
        var person = await NewPersonAsync($"timeline-{Interlocked.Increment(ref timelines)}@words.example");
        foreach (var text in new[] { "Die Übergabe ist am Montag.", "ÜBERGABE verschoben", "übergabe an der Kaikante" }) await RecordAsync(new(Channel.Chat, text, [person]) { At = RapportFixture.Monday.AddDays(-400) }, Ada);
        var seen = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await WithAsync<TimelineQueries, Page<TimelineEntry>>(q => q.OfAsync(person, new() { Words = words }, after, 2, Ada, Ct));
            seen.AddRange(page.Items.Select(e => e.Text));
            after = page.Next;
        }
        Assert.Equal(found, seen.Distinct().Count());
        Assert.Equal(found, seen.Count);
    }

    // More was said than is asked of the index at once, so that both ways to it are taken.
    [Theory]
    [InlineData("seldom", 1)]
    [InlineData("weather", 3)]
    public async Task Words_that_were_said_long_ago_are_found_behind_thousands_of_others(string words, int found)
    {
        var person = await NewPersonAsync($"behind-{words}@words.example");
        await RecordAsync(new(Channel.Chat, "A seldom thing about the weather", [person]) { At = RapportFixture.Monday.AddDays(-300) }, Ada);
        await Rapport.InDatabaseAsync(async db =>
        {
            var conversation = await db.Set<Conversation>().OrderByDescending(c => c.Id).FirstAsync(Ct);
            for (var i = 0; i < 3_200; i++)
            {
                var at = RapportFixture.Monday.AddMinutes(-i);
                var id = new InteractionId(Moments.Key(at, i));
                db.Add(new Interaction { Id = id, Conversation = conversation.Id, Channel = Channel.Chat, Direction = Direction.Inbound, Voice = Voice.Human, At = at, Text = "x" });
                db.Add(new Participant { Party = person, Interaction = id, Part = Part.From });
                // Common among all messages, and not said to them of late.
                if (words == "weather" && i < 1_200) db.Index(new MessageText(Moments.Key(at, 900_000 + i), "weather"));
            }
            return await db.SaveAsync(Ada, Ct);
        });
        foreach (var day in Enumerable.Range(1, found - 1)) await RecordAsync(new(Channel.Chat, "The weather again", [person]) { At = RapportFixture.Monday.AddDays(-300 - day) }, Ada);
        var page = await WithAsync<TimelineQueries, Page<TimelineEntry>>(q => q.OfAsync(person, new() { Words = words }, null, 10, Ada, Ct));
        Assert.Equal(found, page.Items.Count);
    }

    [Fact]
    public async Task Settling_closing_and_snoozing_can_be_taken_back()
    {
        var box = await MailboxAsync(Ada, "Settled", shared: true);
        await TakeAsync(box, Ada, new TestMail("settle-1", "Lena <lena@settled.example>"));
        var id = (await ConversationOfAsync("settle-1")).Id;

        Assert.Null(await WithAsync<SettleWaiting, Refusal?>(d => d.RunAsync(id, Settlement.NoReplyNeeded, Ada, Ct)));
        Assert.Null((await ConversationOfAsync("settle-1")).WaitingSince);
        Assert.Null(await WithAsync<SettleWaiting, Refusal?>(d => d.UndoAsync(id, Ada, Ct)));
        Assert.NotNull((await ConversationOfAsync("settle-1")).WaitingSince);

        Assert.Null(await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(id, Ada, Ct)));
        Assert.Equal(ConversationState.Closed, (await ConversationOfAsync("settle-1")).State);
        Assert.Equal("conversation.closed", (await WithAsync<SnoozeConversation, Refusal?>(d => d.RunAsync(id, Rapport.Clock.GetUtcNow().AddDays(1), Ada, Ct)))?.Code);
        Assert.Null(await WithAsync<ReopenConversation, Refusal?>(d => d.RunAsync(id, Ada, Ct)));
        Assert.NotNull((await ConversationOfAsync("settle-1")).WaitingSince);

        Assert.Null(await WithAsync<SnoozeConversation, Refusal?>(d => d.RunAsync(id, Rapport.Clock.GetUtcNow().AddDays(1), Ada, Ct)));
        Assert.DoesNotContain((await WithAsync<ConversationQueries, Page<ConversationRow>>(q => q.ListAsync(new() { View = ConversationView.NeedsUs }, null, 200, Ada, Ct))).Items, r => r.Id == id);
        Rapport.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Contains((await WithAsync<ConversationQueries, Page<ConversationRow>>(q => q.ListAsync(new() { View = ConversationView.NeedsUs }, null, 200, Ada, Ct))).Items, r => r.Id == id);
    }

    [Fact]
    public async Task A_moved_message_takes_its_later_replies_along()
    {
        var box = await MailboxAsync(Ada, "Moved", shared: true);
        await TakeAsync(box, Ada, new TestMail("move-1", "Lena <lena@moved.example>"), new TestMail("move-2", "Lena <lena@moved.example>") { InReplyTo = ["move-1"], Subject = "Re: something else", Date = RapportFixture.Monday.AddDays(-2) });
        var second = await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == "move-2").Select(i => i.Id).SingleAsync(Ct));
        var moved = await WithAsync<MoveInteraction, Result<Moved>>(d => d.RunAsync(second, null, withAnswers: true, Ada, Ct));
        Assert.Null(moved.Refusal);
        await TakeAsync(box, Ada, new TestMail("move-3", "Lena <lena@moved.example>") { InReplyTo = ["move-2"] });
        Assert.Equal("1 | 2 3", await GroupsAsync("move-"));
        Assert.Equal((1, 2), ((await ConversationOfAsync("move-1")).Count, (await ConversationOfAsync("move-2")).Count));
    }

    private async Task<Recorded> RecordAsync(NewInteraction given, Actor by)
    {
        Assert.True((await WithAsync<RecordInteraction, Result<Recorded>>(d => d.RunAsync(given, by, Ct))).Succeeded(out var recorded, out _));
        return recorded;
    }

    private Task<DateTimeOffset?> LastContactAsync(PartyId id) => Rapport.InDatabaseAsync(db => db.Set<Party>().Where(p => p.Id == id).Select(p => p.LastContactAt).SingleAsync(Ct));

    private Task<PartyId> NewPersonAsync(string address) => Rapport.InDatabaseAsync(async db =>
    {
        var person = new Person { Id = Ids.New<PartyId>(Rapport.Clock), CreatedAt = RapportFixture.Monday };
        person.Rename(address[..address.IndexOf('@', StringComparison.Ordinal)]);
        db.Add(person);
        db.Add(new ContactPoint { Id = Ids.New<ContactPointId>(Rapport.Clock), Party = person.Id, Kind = ContactKind.Email, Value = address, Given = address, Domain = address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..] });
        Assert.Null(await db.SaveAsync(Actor.Rapport, Ct));
        return person.Id;
    });
}
