using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel;
using Side = Rapport.Commitments.Side;

namespace Rapport.Tests.Dialogue;

public class TodayTests(RapportFixture rapport) : DialogueTests(rapport)
{
    [Theory]
    [InlineData("no-reply-needed", "still-waiting")]
    [InlineData("answered-elsewhere", "still-waiting")]
    [InlineData("snooze", "reopen")]
    public async Task Whoever_waits_is_on_Today_until_the_deed_and_again_after_its_undo(string deed, string undo)
    {
        var question = $"Can we move the crane to berth {deed.Length}?";
        var conversation = await MailAsync(await MeAsync(), $"wait-{deed.Length}", $"Mika Example <mika@wait-{deed.Length}.example>", question);
        Assert.Contains(question, await TodayAsync(), StringComparison.Ordinal);
        await ClickAsync($"/do/conversations/{conversation.Id}/{deed}");
        // The page after the deed offers the undo; the look after the second deed takes the toast away first.
        await ClickAsync($"/do/conversations/{conversation.Id}/{undo}");
        Assert.Contains(question, await TodayAsync(), StringComparison.Ordinal);
        await ClickAsync($"/do/conversations/{conversation.Id}/{deed}");
        Assert.DoesNotContain(question, await TodayAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_goes_to_who_asked_with_the_subject_and_says_how_long_they_waited()
    {
        await MailAsync(await MeAsync(), "reply-1", "Tom Example <tom@reply.example>", "Could you send the invoice again?", daysAgo: 3);
        var html = await TodayAsync();
        Assert.Contains("/write?conversation=", html, StringComparison.Ordinal);
        Assert.Contains("1 working day", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Who.Supplier)]
    [InlineData(Who.Private)]
    public async Task Who_is_said_to_be_no_customer_is_off_Today(Who who)
    {
        var me = await MeAsync();
        await MailAsync(me, $"off-{who}", $"Sal Example <sal@off-{who}.example>", $"Will you order from us {who} again?");
        Assert.Contains($"from us {who} again?", await TodayAsync(), StringComparison.Ordinal);
        var person = await PersonAsync($"sal@off-{who}.example".ToLowerInvariant());
        Assert.Null((await WithAsync<SayWho, Result<WhoAnswered>>(d => d.RunAsync(person, who, me, Ct))).Refusal);
        Assert.DoesNotContain($"from us {who} again?", await TodayAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promise_is_late_due_today_or_soon_and_leaves_when_it_is_kept()
    {
        var me = await MeAsync();
        var quay = await OrganizationAsync("Quayside Promised");
        var late = await PromiseAsync(quay, "Send drawings rev Q", RapportFixture.Monday.AddDays(-2));
        await PromiseAsync(quay, "Call back about the Q invoice", RapportFixture.Monday.AddHours(5));
        await PromiseAsync(quay, "Pay the Q deposit", RapportFixture.Monday.AddDays(1), Side.TheirsToUs);
        await PromiseAsync(quay, "Far away Q", RapportFixture.Monday.AddDays(20));
        var picture = await PictureAsync(me);
        Assert.Equal(["Send drawings rev Q Late", "Call back about the Q invoice Today", "Pay the Q deposit Soon"], picture.Promised.Where(p => p.Promise.Customer == quay).Select(p => $"{p.Promise.Words} {p.Nearness}"));
        Assert.Contains("Send drawings rev Q", await TodayAsync(), StringComparison.Ordinal);

        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(late, Proof.OnMyWord, me, Ct)));
        Assert.DoesNotContain("Send drawings rev Q", await TodayAsync(), StringComparison.Ordinal);
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.ReopenAsync(late, me, Ct)));
        Assert.Contains("Send drawings rev Q", await TodayAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_offered_is_on_Today_until_it_is_answered()
    {
        var me = await MeAsync();
        var quay = await OrganizationAsync("Quayside Offered");
        var other = await Rapport.ActorAsync(Roles.Manager);
        var made = (await WithAsync<MakeCommitment, Result<CommitmentId>>(d => d.RunAsync(new(Side.OursToThem, "Look after the gate", quay, null, Owner: me.Id), other, Ct))).Value;
        Assert.Contains((await PictureAsync(me)).Promised, p => p.Promise.Id == made && p.Nearness == Nearness.Offered);
        Assert.Null(await WithAsync<HandOverCommitment, Refusal?>(d => d.AcceptAsync(made, me, Ct)));
        Assert.DoesNotContain((await PictureAsync(me)).Promised, p => p.Promise.Id == made);
    }

    [Fact]
    public async Task Who_wrote_for_the_first_time_is_new_until_somebody_says_who_they_are()
    {
        var me = await MeAsync();
        for (var i = 0; i < 9; i++) await MailAsync(me, $"new-{i}", "Jun Park <jun@seorin.example>", "Good morning, a word about our labs.", daysAgo: 1 + i);
        Assert.Contains("Jun Park", await TodayAsync(), StringComparison.Ordinal);
        var person = await PersonAsync("jun@seorin.example");
        var said = (await WithAsync<SayWho, Result<WhoAnswered>>(d => d.RunAsync(person, Who.Customer, me, Ct))).Value!;
        Assert.DoesNotContain((await PictureAsync(me)).New, n => n.Person == person);
        Assert.Null(await WithAsync<TakeBackWho, Refusal?>(d => d.RunAsync(said.Id, me, Ct)));
        Assert.Contains((await PictureAsync(me)).New, n => n.Person == person);
    }

    [Fact]
    public async Task The_private_mail_of_another_is_on_nobody_elses_Today()
    {
        var other = await Rapport.ActorAsync(Roles.Manager);
        await MailAsync(other, "secret-today", "Zoe Example <zoe@zinnober-today.example>", "When does the zinnober arrive?");
        Assert.Contains("zinnober arrive", JsonSerializer.Serialize(await PictureAsync(other)), StringComparison.Ordinal);
        Assert.DoesNotContain("zinnober arrive", await TodayAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("zinnober arrive", await (await BrowserAsync()).GetStringAsync("/api/today", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_twice_is_one_person_who_waits()
    {
        var manager = await Rapport.ActorAsync(Roles.Manager);
        var before = await PictureAsync(manager);
        await MailAsync(manager, "twice-1", "Noor Example <noor@twice.example>", "Which pier is it?");
        await MailAsync(manager, "twice-2", "Noor Example <noor@twice.example>", "And when does the crane arrive?");
        var after = await PictureAsync(manager);
        Assert.Equal((before.WaitingCount + 2, before.WaitingPeople + 1), (after.WaitingCount, after.WaitingPeople));
        var said = after.WaitingPeople == 1 ? "1 person waits for you" : $"{after.WaitingPeople} people wait for you";
        Assert.Contains(said, await (await Rapport.SignedInAsync(Roles.Manager)).GetStringAsync("/", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asked_long_ago_and_had_no_answer_is_said_where_nothing_newer_waits()
    {
        var browser = await Rapport.SignedInAsync(Roles.Administrator);
        await MailAsync(await Rapport.ActorAsync(Roles.Administrator), "long-ago", "Lea Example <lea@long-ago.example>", "Which pier was it?", daysAgo: 60);
        var html = WebUtility.HtmlDecode(await browser.GetStringAsync("/", Ct));
        Assert.Contains("nobody asked within the last month; 1 asked before and had no answer", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody waits for you", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customers_who_pay_come_first_where_two_wait_equally_long_and_too_long_is_said()
    {
        var me = await MeAsync();
        foreach (var (name, tier, pays) in new[] { ("tie-plain", Tier.None, false), ("tie-payer", Tier.A, true) })
        {
            var organization = (await WithAsync<AddOrganization, Result<PartyId>>(d => d.RunAsync(new(name, Domains: [$"{name}.example"]), me, Ct))).Value;
            Assert.Null((await WithAsync<StartRelationship, Result<RelationshipId>>(d => d.RunAsync(organization, null, new RelationshipTerms(Tier: tier, Owner: me.Id, Primary: pays), me, Ct))).Refusal);
            await MailAsync(me, name, $"Pat Example <pat@{name}.example>", $"Where is {name}?", daysAgo: 6);
        }
        var waiting = (await PictureAsync(me)).Waiting;
        var order = waiting.Select(w => w.Organization?.Name).Where(n => n is "tie-payer" or "tie-plain").ToList();
        Assert.Equal(["tie-payer", "tie-plain"], order);
        Assert.True(waiting.Single(w => w.Organization?.Name == "tie-payer").Ignored);
        Assert.False(waiting.Single(w => w.Organization?.Name == "tie-plain").Ignored);
    }

    [Fact]
    public async Task The_interface_gives_what_the_page_shows_and_strangers_get_neither()
    {
        using var answer = JsonDocument.Parse(await (await BrowserAsync()).GetStringAsync("/api/today", Ct));
        Assert.True(answer.RootElement.TryGetProperty("waiting", out _) && answer.RootElement.TryGetProperty("promised", out _));
        Assert.NotEqual(HttpStatusCode.OK, (await Rapport.Client().GetAsync("/", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Rapport.Client().GetAsync("/api/today", Ct)).StatusCode);
    }

    private Task<TodayPicture> PictureAsync(Actor by) => WithAsync<TodayQueries, TodayPicture>(q => q.RunAsync(by, Ct));
}
