using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests.Conversations;
using Rapport.Updates;
using Audience = Rapport.Updates.Audience;
using Json = Rapport.Kernel.Json;

namespace Rapport.Tests.Updates;

/// <summary>A heads-up reaches exactly whom it concerns, says when the next word comes, and is over for everybody who was told (U2, U3, U5, U7, U9).</summary>
public sealed class NoticeTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Fact]
    public async Task Who_is_told_and_who_is_not_is_shown_with_the_reason_before_it_goes_and_afterwards()
    {
        var program = await Rapport.TokenClientAsync(TokenScope.Write);
        var quay = await CustomerAsync("Quay Filter", Tier.A);
        var jane = await PersonAsync("Jane Filter", "jane@filter.example", quay);
        var mute = await PersonAsync("Mute Filter", null, quay);
        var asked = await PersonAsync("Asked Filter", "asked@filter.example", quay);
        await Rapport.InDatabaseAsync(db => db.Set<ContactPoint>().Where(c => c.Party == asked).ExecuteUpdateAsync(s => s.SetProperty(c => c.DoNotUse, true), Ct));
        // Of two at one address it is the one known longer.
        Rapport.Clock.Advance(TimeSpan.FromMilliseconds(2));
        var twin = await PersonAsync("Twin Filter", "jane@filter.example", quay);
        var (stranger, friend) = (await PersonAsync("Stranger Filter", "stranger@nowhere.example"), await PersonAsync("Friend Filter", "friend@elsewhere.example"));
        await TakeAsync(await BoxAsync(), await MeAsync(), new TestMail("filter-friend", "Friend Filter <friend@elsewhere.example>", "notices@ours.example"));
        var audience = new { tier = "a", owner = (await MeAsync()).Id, organization = quay, people = new[] { stranger, friend } };

        var preview = await ReadAsync(await program.PostAsJsonAsync("/api/notices/preview", new { kind = "incident", audience }, Json.Options, Ct));
        var owner = await MeAsync();
        Assert.Equal(
            [("Friend Filter", "chosen by hand"), ("Jane Filter", $"tier A customers of {owner.Name} at Quay Filter"), ("Twin Filter", $"tier A customers of {owner.Name} at Quay Filter")],
            preview.GetProperty("first").EnumerateArray().Select(c => (Name: c.GetProperty("recipient").GetProperty("name").GetString(), Reason: c.GetProperty("reason").GetString())).OrderBy(c => c.Name));
        Assert.Equal([("Asked Filter", "askedNot"), ("Mute Filter", "noAddress"), ("Stranger Filter", "neverDealt")],
            preview.GetProperty("firstNot").EnumerateArray().Select(c => (c.GetProperty("recipient").GetProperty("name").GetString(), c.GetProperty("recipient").GetProperty("notTold").GetString())).OrderBy(c => c.Item1));

        // The same request again, and the same notice under another key, are sent once.
        var body = new { id = "0197c0de-0000-7000-8000-000000000001", kind = "incident", severity = "major", title = "Crane 2 stands still", affects = "Loading at quay 4", means = "Your containers go later.", nextWord = Later, mailbox = await BoxAsync(), audience };
        foreach (var key in new[] { "once", "once", "again" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/notices") { Content = JsonContent.Create(body, options: Json.Options), Headers = { { "Idempotency-Key", key } } };
            var answer = await program.SendAsync(request, Ct);
            Assert.Equal((HttpStatusCode.Created, "/api/notices/0197c0de-0000-7000-8000-000000000001"), (answer.StatusCode, answer.Headers.Location?.ToString()));
            Assert.NotNull(answer.Headers.ETag);
        }
        await TellAsync();
        await TellAsync();
        var id = new NoticeId(Guid.Parse(body.id));
        Assert.Equal(2, await BecomesAsync(id, DispatchState.HandedOver));

        var reached = await ReadAsync(await program.GetAsync($"/api/notices/{id}/recipients?reached=true", Ct));
        Assert.Equal(["Friend Filter", "Jane Filter"], reached.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("name").GetString()).Order());
        Assert.Equal(
            new[] { (mute, NotTold.NoAddress), (asked, NotTold.AskedNot), (twin, NotTold.SameAddress), (stranger, NotTold.NeverDealt) }.OrderBy(t => t.Item1.Value),
            (await TellingsAsync(id)).Where(t => t.NotTold is not null).Select(t => (t.Party, t.NotTold!.Value)).OrderBy(t => t.Party.Value));
        var counts = (await ReadAsync(await program.GetAsync($"/api/notices/{id}", Ct))).GetProperty("reached");
        Assert.Equal((6, 2, 4, false), (counts.GetProperty("concerned").GetInt32(), counts.GetProperty("handedOver").GetInt32(), counts.GetProperty("notTried").GetInt32(), counts.GetProperty("finding").GetBoolean()));

        // One personal mail, which nothing answers by itself, that comes back when it does not arrive, and that makes nobody a partner in dialogue.
        var mail = await MailAsync(id, jane);
        Assert.Equal(("Incident: Crane 2 stands still", "jane@filter.example", "auto-generated"), (mail.Subject, mail.To.Mailboxes.Single().Address, mail.Headers["Auto-Submitted"]));
        Assert.StartsWith("Hello Jane Filter,", mail.TextBody, StringComparison.Ordinal);
        Assert.Null(mail.Headers["List-Unsubscribe"]);
        var sent = (await TellingsAsync(id)).Single(t => t.Party == jane).Interaction;
        Assert.Equal("notices@ours.example", await Rapport.InDatabaseAsync(db => db.Set<OutgoingMail>().Where(m => m.Interaction == sent).Select(m => m.EnvelopeSender).SingleAsync(Ct)));
        Assert.Null(await Rapport.InDatabaseAsync(db => db.Set<Party>().Where(p => p.Id == jane).Select(p => p.LastContactAt).SingleAsync(Ct)));
    }

    // A list that was bought gets owners and tiers as well as any other.
    [Fact]
    public async Task Whom_we_only_hope_to_serve_is_told_nothing_until_they_bought_or_spoke_to_us()
    {
        var me = await MeAsync();
        var prospect = (await WithAsync<AddOrganization, Result<PartyId>>(d => d.RunAsync(new("Hoped Works"), me, Ct))).Value;
        var terms = new RelationshipTerms(me.Id, Tier.A);
        var relationship = (await WithAsync<StartRelationship, Result<RelationshipId>>(d => d.RunAsync(prospect, null, terms, me, Ct))).Value;
        var (silent, wrote) = (await PersonAsync("Silent Hoped", "silent@hoped.example", prospect), await PersonAsync("Wrote Hoped", "wrote@hoped.example", prospect));
        await TakeAsync(await BoxAsync(), me, new TestMail("hoped-wrote", "Wrote Hoped <wrote@hoped.example>", "notices@ours.example"));
        var ours = (await WithAsync<AddOrganization, Result<PartyId>>(d => d.RunAsync(new("Our Hoped Workshop", Parent: OurOrganization.Id), me, Ct))).Value;
        await Rapport.InDatabaseAsync(db => db.Set<Party>().Where(p => p.Id == ours).ExecuteUpdateAsync(s => s.SetProperty(p => p.Who, Who.OneOfUs), Ct));
        var colleague = await PersonAsync("Colleague Hoped", "colleague@hoped-workshop.example", ours);

        Assert.Equal([(silent, NotTold.NeverDealt), (wrote, null), (colleague, null)], await CanAsync());
        Assert.Null(await WithAsync<ChangeRelationship, Refusal?>(d => d.RunAsync(relationship, terms with { HasBought = true }, me, Ct)));
        Assert.Equal([(silent, null), (wrote, null), (colleague, (NotTold?)null)], await CanAsync());

        async Task<List<(PartyId, NotTold?)>> CanAsync() => [.. (await WithAsync<WhoCanBeTold, IReadOnlyList<Recipient>>(d => d.OfAsync([silent, wrote, colleague], NoticeKind.Information, Ct))).Select(r => (r.Party, r.NotTold))];
    }

    [Fact]
    public async Task Everybody_at_an_organisation_chosen_by_hand_is_meant_however_few_are_chosen_one_by_one()
    {
        var works = await CustomerAsync("Crowded Works");
        var people = new List<PartyId>();
        for (var i = 0; i < 4; i++) people.Add(await PersonAsync($"Crowd {i}", $"crowd-{i}@crowded.example", works));
        var audience = new Audience { People = [works] };

        Assert.Equal(people.OrderBy(p => p.Value), (await WhomAsync(new() { ChosenByHand = 2 }, w => w.ChosenAsync(audience.People, Ct))).Keys.OrderBy(p => p.Value));
        Assert.Null(await WhomAsync(new() { ChosenByHand = 2, BehindChosen = 4 }, w => w.WrongAsync(audience, Ct)));
        Assert.Equal("audience.behind", (await WhomAsync(new() { BehindChosen = 3 }, w => w.WrongAsync(audience, Ct)))?.Code);

        async Task<T> WhomAsync<T>(UpdatesOptions options, Func<WhomItConcerns, Task<T>> run) => await Rapport.InScopeAsync(services =>
            run(new(services.GetRequiredService<RapportDb>(), services.GetRequiredService<PartyQueries>(), options, Rapport.Clock)));
    }

    [Fact]
    public async Task The_next_word_is_a_promise_of_the_sender_that_the_next_update_keeps_and_a_moved_end_is_said()
    {
        var me = await MeAsync();
        var person = await PersonAsync("Nora Next", "nora@next.example", await CustomerAsync("Next Example"));
        var id = await SendAsync("Next crane stands still", new() { People = [person] });
        var first = await PromiseAsync(id);
        Assert.Equal((me.Id, Later, CommitmentState.Open, person), (first.Owner, first.DueEnd, first.State, first.With));
        await TellAsync();
        await BecomesAsync(id, DispatchState.HandedOver);

        Assert.Equal("notice.next-word", (await SayAsync((d, by) => d.UpdateAsync(id, new("The part is late.", null, null, null), by, Ct)))?.Code);
        Assert.Equal("notice.words-missing", (await SayAsync((d, by) => d.UpdateAsync(id, new(" ", null, null, Later.AddDays(1)), by, Ct)))?.Code);
        Assert.Null(await SayAsync((d, by) => d.UpdateAsync(id, new("The part is late.", Later.AddDays(2), Confidence.Guess, Later.AddDays(1)), by, Ct)));
        var kept = await Rapport.InDatabaseAsync(db => db.Set<Commitment>().AsNoTracking().SingleAsync(c => c.Id == first.Id, Ct));
        Assert.Equal(CommitmentState.Kept, kept.State);
        var second = await PromiseAsync(id);
        Assert.Equal((me.Id, Later.AddDays(1), CommitmentState.Open), (second.Owner, second.DueEnd, second.State));

        await TellAsync();
        var (beginning, update) = (await MailAsync(id, person), await MailAsync(id, person, 2));
        Assert.Equal(("Update: Next crane stands still", beginning.MessageId), (update.Subject, update.InReplyTo));
        Assert.Contains("The expected end has moved: it was", update.TextBody, StringComparison.Ordinal);
        Assert.Contains("a guess so far", update.TextBody, StringComparison.Ordinal);
        var told = (await TellingsAsync(id)).Select(t => t.Interaction).ToList();
        Assert.Single(await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => told.Contains(i.Id)).Select(i => i.Conversation).Distinct().ToListAsync(Ct)));

        Assert.Null(await SayAsync((d, by) => d.EndAsync(id, "The crane lifts again.", by, Ct)));
        Assert.Equal(CommitmentState.Kept, (await Rapport.InDatabaseAsync(db => db.Set<Commitment>().AsNoTracking().SingleAsync(c => c.Id == second.Id, Ct))).State);
        Assert.Equal("notice.over", (await SayAsync((d, by) => d.EndAsync(id, null, by, Ct)))?.Code);
    }

    [Fact]
    public async Task Strangers_who_answer_the_same_notice_never_meet_and_who_looks_after_them_sees_it()
    {
        var looksAfter = await Rapport.ActorAsync(Roles.Member);
        var (one, two) = (await PersonAsync("Una Reply", "una@one-reply.example", await CustomerAsync("Reply One", owner: looksAfter.Id)), await PersonAsync("Duo Reply", "duo@two-reply.example", await CustomerAsync("Reply Two")));
        var id = await SendAsync("The gate is closed", new() { People = [one, two] });
        await TellAsync();
        await BecomesAsync(id, DispatchState.HandedOver);
        var (first, second) = (await MailAsync(id, one), await MailAsync(id, two));
        await TakeAsync(await BoxAsync(), await MeAsync(), Answer("reply-una", "Una Reply <una@one-reply.example>", first.MessageId), Answer("reply-duo", "Duo Reply <duo@two-reply.example>", second.MessageId), Answer("reply-crossed", "Xeno Reply <xeno@three-reply.example>", first.MessageId));

        var (una, duo, crossed) = (await ConversationOfAsync("reply-una"), await ConversationOfAsync("reply-duo"), await ConversationOfAsync("reply-crossed"));
        Assert.Equal(3, new[] { una.Id, duo.Id, crossed.Id }.Distinct().Count());
        Assert.Equal((2, looksAfter.Id), (una.Count, una.Owner!.Value));
        Assert.Equal((2, (await MeAsync()).Id), (duo.Count, duo.Owner!.Value));
        Assert.NotNull(una.WaitingSince);
        Assert.True(await Rapport.InDatabaseAsync(db => db.ConversationsFor(looksAfter).AnyAsync(c => c.Id == una.Id, Ct)));
        Assert.Equal([Outcome.Delivered, Outcome.Delivered], (await RecipientsAsync(id)).Select(r => r.Outcome));
    }

    [Fact]
    public async Task What_is_over_before_it_left_is_not_sent_and_a_later_word_stands_for_the_earlier_ones()
    {
        var home = await CustomerAsync("Early Example");
        var (quick, slow) = (await PersonAsync("Quick Early", "quick@early.example", home), await PersonAsync("Slow Early", "slow@early.example", home));
        var id = await SendAsync("Water is off", new() { Organization = home });
        await TellAsync();
        await BecomesAsync(id, DispatchState.HandedOver, quick);
        Assert.Null(await SayAsync((d, by) => d.UpdateAsync(id, new("Nothing has changed.", Later, null, Later.AddDays(1)), by, Ct)));
        await TellAsync();
        // To whom the beginning had not left, the update is the first word, and says all of it.
        Assert.NotNull((await TellingsAsync(id)).Single(t => t.Party == slow && t.Place == 1).CancelledAt);
        Assert.Contains("What it means for you:", (await MailAsync(id, slow, 2)).TextBody, StringComparison.Ordinal);
        await BecomesAsync(id, DispatchState.HandedOver, quick);

        Assert.Null(await SayAsync((d, by) => d.EndAsync(id, null, by, Ct)));
        await TellAsync();
        var clear = Assert.Single(await TellingsAsync(id), t => t.Place == 3);
        Assert.Equal(quick, clear.Party);
        Assert.Equal("Over: Water is off", (await MailAsync(clear.Interaction!.Value)).Subject);
        var never = (await RecipientsAsync(id, reached: false)).Single(r => r.Party == slow);
        Assert.Equal((Outcome.NotTried, "It was over before this left, so it was not sent."), (never.Outcome, never.Said));
        // Nobody is asked to settle it.
        Assert.DoesNotContain(await WithAsync<DispatchQueries, IReadOnlyList<DispatchRow>>(async d => await d.UnsettledAsync(50, await MeAsync(), Ct)), r => r.Recipient == "slow@early.example");
    }

    [Fact]
    public async Task Hundreds_are_told_in_stretches_each_once_whatever_is_interrupted()
    {
        var many = await CustomerAsync("Many Example");
        var today = DateOnly.FromDateTime(RapportFixture.Monday.UtcDateTime);
        await Rapport.InDatabaseAsync(async db =>
        {
            for (var i = 0; i < 230; i++)
            {
                var person = new Person { Id = Ids.New<PartyId>(Rapport.Clock), CreatedAt = RapportFixture.Monday };
                person.Rename($"Number {i} Many");
                db.Add(person);
                var address = string.Create(CultureInfo.InvariantCulture, $"n{i}@many.example");
                db.Add(new ContactPoint { Id = Ids.New<ContactPointId>(Rapport.Clock), Party = person.Id, Kind = ContactKind.Email, Value = address, Given = address, Domain = "many.example" });
                db.Add(new Affiliation { Id = Ids.New<AffiliationId>(Rapport.Clock), Person = person.Id, Organization = many, From = today });
            }
            Assert.Null(await db.SaveAsync(Actor.Rapport, Ct));
            return true;
        });
        var id = await SendAsync("Many wait", new() { Organization = many });
        await Rapport.InScopeAsync(services => services.GetRequiredService<ResolveAudience>().SomeAsync(id, 1, Ct));
        // One stretch is in the ledger when the program dies; another one begins behind it.
        Assert.True(await Rapport.InScopeAsync(services => services.GetRequiredService<TellWord>().SomeAsync(id, 1, Ct)));
        Assert.Equal(100, (await TellingsAsync(id)).Count);
        await TellAsync();
        await TellAsync();
        var told = await TellingsAsync(id);
        Assert.Equal((230, 230, 230), (told.Count, told.Select(t => t.Interaction).Distinct().Count(), told.Select(t => t.Address).Distinct().Count()));
        var mails = told.Select(t => t.Interaction!.Value).ToList();
        Assert.Equal((230, 230), await Rapport.InDatabaseAsync(async db => (await db.Set<Dispatch>().CountAsync(d => EF.Parameter(mails).Contains(d.Interaction), Ct), await db.Set<Interaction>().Where(i => EF.Parameter(mails).Contains(i.Id)).Select(i => i.Conversation).Distinct().CountAsync(Ct))));
    }

    [Fact]
    public async Task A_notice_that_widens_tells_the_new_ones_alone_that_it_began()
    {
        var (first, second) = (await PersonAsync("Early Wide", "early@wide.example", await CustomerAsync("Wide One")), await PersonAsync("Late Wide", "late@wide.example", await CustomerAsync("Wide Two")));
        var id = await SendAsync("The lift is stuck", new() { People = [first] });
        await TellAsync();
        Assert.Equal("audience.known", (await SayAsync((d, by) => d.WidenAsync(id, new() { People = [first] }, by, Ct)))?.Code);
        Assert.Null(await SayAsync((d, by) => d.WidenAsync(id, new() { People = [first, second] }, by, Ct)));
        await TellAsync();
        Assert.Equal([(1, first), (2, second)], (await TellingsAsync(id)).Select(t => (t.Place, t.Party)));
        Assert.Equal("Incident: The lift is stuck", (await MailAsync(id, second, 2)).Subject);
    }

    [Fact]
    public async Task Today_says_that_the_next_word_is_due_and_no_longer_once_it_is_said()
    {
        var person = await PersonAsync("Tove Today", "tove@today-notice.example", await CustomerAsync("Today Notice"));
        var id = await SendAsync(await NoticeAsync("Today's crane stands still", new() { People = [person] }) with { ExpectedEnd = null, NextWord = RapportFixture.Monday.AddHours(3) });
        var me = await Rapport.SignedInAsync(Roles.Owner);
        Assert.Contains($"/notices/{id}#say", await me.GetStringAsync("/", Ct), StringComparison.Ordinal);
        var today = await WithAsync<TodayQueries, TodayPicture>(async d => await d.RunAsync(await MeAsync(), Ct));
        Assert.Contains(today.Notices, n => n.Id == id);
        // It is a promise too, and stands there once: where it is kept by saying it.
        var promise = await PromiseAsync(id);
        Assert.Equal((CommitmentState.Open, true), (promise.State, promise.DueEnd < RapportFixture.Monday.AddHours(12)));
        Assert.DoesNotContain(today.Promised, line => line.Promise.Id == promise.Id);
        Assert.Null(await SayAsync((d, by) => d.EndAsync(id, null, by, Ct)));
        Assert.DoesNotContain($"/notices/{id}", await me.GetStringAsync("/", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_reads_sends_nothing_and_a_wrong_notice_is_refused_with_the_field_to_mend()
    {
        var person = await PersonAsync("Wendy Wrong", "wendy@wrong.example", await CustomerAsync("Wrong Example"));
        var good = await NoticeAsync("Wrong crane", new() { People = [person] });
        var reader = await Rapport.SignedInAsync(Roles.Reader);
        using var attempt = new HttpRequestMessage(HttpMethod.Post, "/api/notices") { Content = JsonContent.Create(new { kind = "incident", severity = "minor", title = "x", affects = "x", means = "x", mailbox = good.Mailbox, nextWord = Later, audience = new { people = new[] { person } } }, options: Json.Options), Headers = { { "Sec-Fetch-Site", "same-origin" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.SendAsync(attempt, Ct)).StatusCode);
        Assert.Equal("notice.read-only", (await WithAsync<SendNotice, Result<NoticeId>>(async d => await d.RunAsync(good, "", await Rapport.ActorAsync(Roles.Reader), Ct))).Refusal?.Code);

        (NewNotice Wrong, string Code, string? Field)[] cases =
        [
            (good with { Title = " " }, "notice.title-missing", "title"), (good with { Title = new('x', 151) }, "notice.title-long", "title"), (good with { Means = null }, "notice.means-missing", "means"),
            (good with { Affects = new('x', 2_001) }, "notice.affects-long", "affects"), (good with { NextWord = null }, "notice.next-word", "nextWord"), (good with { NextWord = Rapport.Clock.GetUtcNow() }, "notice.next-word-past", "nextWord"),
            (good with { ExpectedEnd = RapportFixture.Monday.AddDays(-1) }, "notice.end-past", "expectedEnd"), (good with { Mailbox = default }, "mailbox.missing", "mailbox"), (good with { Audience = new() }, "audience.empty", "audience"),
            (good with { Audience = new() { People = [new(Guid.Empty)] } }, "people.unknown", "people"), (good with { Audience = new() { Organization = new(Guid.Empty) } }, "organization.unknown", "organization"),
            (good with { Audience = new() { People = [await PersonAsync("Nowhere Wrong", null)] } }, "audience.nobody", "audience"), (good with { Audience = new() { People = [.. Enumerable.Repeat(person, 501)] } }, "audience.many", "people"),
        ];
        foreach (var (wrong, code, field) in cases)
        {
            var refused = (await WithAsync<SendNotice, Result<NoticeId>>(async d => await d.RunAsync(wrong, "", await MeAsync(), Ct))).Refusal;
            Assert.Equal((code, field), (refused?.Code, refused?.Field));
        }
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<Notice>().AnyAsync(n => n.Title == "Wrong crane" || n.Title == "x", Ct)));
        Assert.NotEqual(default, await SendAsync(good));
    }

    private async Task<Commitment> PromiseAsync(NoticeId id)
    {
        var promise = (await DetailAsync(id)).Promise!.Value;
        return await Rapport.InDatabaseAsync(db => db.Set<Commitment>().AsNoTracking().SingleAsync(c => c.Id == new CommitmentId(promise), Ct));
    }

    private static TestMail Answer(string id, string from, string? to) => new(id, from, "notices@ours.example") { InReplyTo = [to!], Date = RapportFixture.Monday.AddHours(1), Text = "Does that concern our pallets, too?" };

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }
}
