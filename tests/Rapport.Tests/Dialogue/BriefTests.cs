using System.Net;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel;
using Rapport.Kernel.Web;
using Side = Rapport.Commitments.Side;

namespace Rapport.Tests.Dialogue;

public class BriefTests(RapportFixture rapport) : DialogueTests(rapport)
{
    [Fact]
    public async Task The_brief_says_what_stands_on_record_and_every_line_leads_to_where_it_comes_from()
    {
        var me = await MeAsync();
        var organization = await OrganizationAsync("Northwind Briefed", Tier.A, pays: true);
        var mika = (await WithAsync<AddPerson, Result<PartyId>>(d => d.RunAsync(
            new("Mika Briefed", Organization: organization, Title: "Head of purchasing", ContactPoints: [new(ContactKind.Email, "mika@briefed.example"), new(ContactKind.Telephone, "+49 30 1234567")], Language: "fi"), me, Ct))).Value;
        await CallAsync(mika, 10, "She likes short answers.");
        await PromiseAsync(mika, "Send the crane plan", RapportFixture.Monday.AddDays(-1));
        await PromiseAsync(mika, "Name the berth", RapportFixture.Monday.AddDays(3), Side.TheirsToUs);
        await MailAsync(me, "briefed", "Mika Briefed <mika@briefed.example>", "Can the pilot come at six?");

        foreach (var party in new[] { mika, organization })
        {
            var brief = (await BriefAsync(party, me))!;
            var lines = brief.Sections.SelectMany(s => s.Lines).ToList();
            string[] expected = party == mika ? ["Send the crane plan", "Name the berth", "Can the pilot come at six?", "She likes short answers.", "Head of purchasing at Northwind Briefed", "mika@briefed.example", "Finnish", "Who decides?"] : ["Send the crane plan", "Can the pilot come at six?", "Mika Briefed, Head of purchasing", "Who decides?"];
            foreach (var one in expected) Assert.Contains(lines, l => $"{l.Words} {l.Quote}".Contains(one, StringComparison.Ordinal));
            Assert.True(lines.Single(l => l.Words.Contains("Send the crane plan", StringComparison.Ordinal) && l.Source.Kind == EvidenceKind.Commitment && l.Words.StartsWith("We to", StringComparison.Ordinal)).Pressing);

            var client = await BrowserAsync();
            foreach (var line in lines)
            {
                Assert.NotEqual("", line.Source.Title);
                if (line.Source.Kind == EvidenceKind.Commitment) continue;
                Assert.True((await client.GetAsync(line.Source.Href, Ct)).StatusCode is HttpStatusCode.OK or HttpStatusCode.Found, line.Source.Href);
            }
            var html = WebUtility.HtmlDecode(await client.GetStringAsync($"/parties/{party}/brief", Ct));
            foreach (var line in lines.Where(l => l.Quote is not null)) Assert.Contains(line.Quote!, html, StringComparison.Ordinal);
            Assert.Equal(lines.Count, html.Split("class=\"source\"").Length - 1);
            Assert.Contains("Can the pilot come at six?", await client.GetStringAsync($"/api/parties/{party}/brief", Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_private_mail_of_another_is_in_nobody_elses_brief()
    {
        var other = await Rapport.ActorAsync(Roles.Manager);
        await MailAsync(other, "secret-brief", "Zed Example <zed@zinnober-brief.example>", "When does the zinnober arrive?");
        var zed = await PersonAsync("zed@zinnober-brief.example");
        Assert.Contains((await BriefAsync(zed, other))!.Sections.SelectMany(s => s.Lines), l => l.Quote?.Contains("zinnober arrive", StringComparison.Ordinal) == true);
        var client = await BrowserAsync();
        foreach (var path in new[] { $"/parties/{zed}/brief", $"/api/parties/{zed}/brief", "/find?q=zinnober", "/api/find?q=zinnober" })
        {
            var seen = await client.GetStringAsync(path, Ct);
            Assert.DoesNotContain("zinnober arrive", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("About secret-brief", seen, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_was_put_away_until_later_waits_in_the_brief_and_not_in_the_lists()
    {
        var me = await MeAsync();
        var conversation = await MailAsync(me, "put-away-brief", "Uma Example <uma@put-away-brief.example>", "When does the bollard arrive?");
        var uma = await PersonAsync("uma@put-away-brief.example");
        Assert.Contains(await WaitingAsync(), c => c.Id == conversation.Id);
        Assert.Null(await WithAsync<SnoozeConversation, Refusal?>(d => d.RunAsync(conversation.Id, RapportFixture.Monday.AddDays(2), me, Ct)));
        Assert.DoesNotContain(await WaitingAsync(), c => c.Id == conversation.Id);
        Assert.Contains((await BriefAsync(uma, me))!.Sections.Single(s => s.Title == "What they asked and we have not answered").Lines, l => l.Quote?.Contains("bollard arrive", StringComparison.Ordinal) == true);

        async Task<IReadOnlyList<ConversationRow>> WaitingAsync() => (await WithAsync<ConversationQueries, Page<ConversationRow>>(q => q.ListAsync(new() { Waiting = true, Owner = me.Id }, null, 200, me, Ct))).Items;
    }

    [Fact]
    public async Task Old_judgements_are_put_up_to_be_confirmed()
    {
        var me = await MeAsync();
        var organization = await OrganizationAsync("Faded Judgements");
        var relationship = await Rapport.InDatabaseAsync(db => Task.FromResult(db.Set<Relationship>().Single(r => r.Customer == organization).Id));
        await Rapport.InDatabaseAsync(async db =>
        {
            db.Add(new Judgement { Id = Ids.New<JudgementId>(Rapport.Clock), Relationship = relationship, Kind = JudgementKind.Means, Answer = Answer.Yes, Evidence = "They paid twice", By = me.Id, At = RapportFixture.Monday.AddDays(-200) });
            return await db.SaveAsync(me, Ct);
        });
        var toFindOut = (await BriefAsync(organization, me))!.Sections.Single(s => s.Title == "To find out and to confirm");
        Assert.Contains(toFindOut.Lines, l => l.Words.StartsWith("Confirm: They can pay. They paid twice.", StringComparison.Ordinal) && l.Source.Kind == EvidenceKind.Judgement);
    }

    [Fact]
    public async Task What_changed_since_we_spoke_is_said_with_where_it_comes_from()
    {
        var me = await MeAsync();
        var organization = await OrganizationAsync("Changed Meanwhile");
        async Task<PartyId> Person(string name) => (await WithAsync<AddPerson, Result<PartyId>>(d => d.RunAsync(new(name, Organization: organization), me, Ct))).Value;
        var (stays, leaves) = (await Person("Stella Stays"), await Person("Leo Leaves"));
        var (kept, moved) = (await PromiseAsync(stays, "Send the rope chart", RapportFixture.Monday.AddDays(2)), await PromiseAsync(stays, "Name a berth", RapportFixture.Monday.AddDays(3)));
        await CallAsync(stays, 20);
        await CallAsync(organization, 10, "We looked at the quay.");
        Assert.DoesNotContain(await SinceAsync(organization), l => l.Words.Contains("new to us", StringComparison.Ordinal) || l.Words.Contains("left", StringComparison.Ordinal));

        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(kept, Proof.OnMyWord, me, Ct)));
        var due = RapportFixture.Monday.AddDays(8);
        Assert.Null((await WithAsync<RenegotiateCommitment, Result<Renegotiated>>(d => d.RunAsync(moved, new Due(due, due, DuePrecision.Minute, "then"), "They asked", me, Ct))).Refusal);
        var place = await Rapport.InDatabaseAsync(db => Task.FromResult(db.Set<Affiliation>().Single(a => a.Person == leaves).Id));
        Assert.Null(await WithAsync<EndAffiliation, Refusal?>(d => d.RunAsync(leaves, place, DateOnly.FromDateTime(RapportFixture.Monday.Date).AddDays(-1), me, Ct)));
        var newcomer = await Person("Nia Newcomer");
        var other = await Rapport.ActorAsync(Roles.Manager);
        await WithAsync<RecordInteraction, Result<Recorded>>(d => d.RunAsync(new(Channel.Telephone, "Hello", [newcomer]) { At = RapportFixture.Monday.AddDays(-1) }, other, Ct));

        var lines = await SinceAsync(organization);
        foreach (var expected in new[] { "We kept: Send the rope chart", "Another date was agreed for: Name a berth", "Leo Leaves, left", "Nia Newcomer, is new to us" })
            Assert.Contains(lines, l => l.Words.StartsWith(expected, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Words.StartsWith("Stella Stays, ", StringComparison.Ordinal) && l.Words.Contains("new", StringComparison.Ordinal));
        Assert.Contains((await BriefAsync(organization, me))!.Sections.SelectMany(s => s.Lines), l => l.Words.StartsWith($"Ask {other.Name}", StringComparison.Ordinal));
        Assert.Contains(other.Name, await (await BrowserAsync()).GetStringAsync($"/parties/{newcomer}", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_much_is_known_a_brief_is_one_page_and_says_what_it_left_out()
    {
        var me = await MeAsync();
        var organization = await OrganizationAsync("Much Is Known");
        for (var i = 0; i < 12; i++) await WithAsync<AddPerson, Result<PartyId>>(d => d.RunAsync(new($"Person Number {i}", Organization: organization, Title: "Head of something"), me, Ct));
        for (var i = 0; i < 15; i++) await PromiseAsync(organization, $"Promise number {i} " + new string('x', 150), RapportFixture.Monday.AddDays(i + 1));
        for (var i = 0; i < 12; i++) await WithAsync<RecordInteraction, Result<Recorded>>(d => d.RunAsync(new(Channel.Telephone, $"Call {i}. " + string.Join(' ', Enumerable.Repeat("wharf", 90)), [organization]) { At = RapportFixture.Monday.AddDays(-i) }, me, Ct));

        var brief = (await BriefAsync(organization, me))!;
        Assert.True(OnePage.Height(brief.Sections) <= OnePage.Lines, $"{OnePage.Height(brief.Sections)} lines");
        var promised = brief.Sections.Single(s => s.Title == "What is promised");
        Assert.Equal(15, promised.Lines.Count + promised.More);
        Assert.StartsWith("We to Much Is Known: Promise number 0", promised.Lines[0].Words, StringComparison.Ordinal);
        Assert.Contains($"and {promised.More} more", await (await BrowserAsync()).GetStringAsync($"/parties/{organization}/brief", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_brief_on_nobody()
    {
        var client = await BrowserAsync();
        foreach (var path in new[] { $"/parties/{Guid.Empty}/brief", "/parties/nobody/brief", $"/api/parties/{Guid.Empty}/brief" })
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path, Ct)).StatusCode);
    }

    private async Task<IReadOnlyList<BriefLine>> SinceAsync(PartyId party) => (await BriefAsync(party, await MeAsync()))!.Sections.Single(s => s.Title == "Since you last spoke").Lines;

    private Task<Brief?> BriefAsync(PartyId party, Actor by) => WithAsync<BriefQueries, Brief?>(q => q.RunAsync(party, by, Ct));
}
