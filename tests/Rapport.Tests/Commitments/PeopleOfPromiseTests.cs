using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;
using Rapport.Tests.Conversations;
using Rapport.Tests.Updates;

namespace Rapport.Tests.Commitments;

/// <summary>A promise is made to one person or to several, one member answers for it, others may help (K1); its words stand where they were said.</summary>
public sealed class PeopleOfPromiseTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Fact]
    public async Task What_is_promised_in_a_mail_to_two_is_promised_to_both_and_who_was_in_copy_is_promised_nothing()
    {
        var box = await MailboxAsync(Ada, shared: true);
        await TakeAsync(box, Ada, new TestMail("both-1@x", "Ada Berg <ada@ours.example>", "Lena Both <lena@both.example>, Tom Both <tom@both.example>") { Cc = "Cora Copy <cora@both.example>", Subject = "Drawings", Text = "Good morning,\n\nthank you for the call this morning. I'll send you\nthe drawings on Thursday. Have a good day!" });
        await Rapport.RunJobsAsync();
        var proposal = (await WithAsync<ProposalQueries, Page<ProposalRow>>(q => q.ListAsync(new(), null, 200, Ada, Ct))).Items.Single(p => p.Words.Contains("the drawings on Thursday", StringComparison.Ordinal));
        Assert.Equal(["Lena Both", "Tom Both"], proposal.AlsoTo.Select(t => t.Name).Append(proposal.WithName).Order());
        var id = (await WithAsync<DecideProposal, Result<CommitmentId>>(d => d.AcceptAsync(proposal.Id, Ada, Ct))).Value;

        // It stands with both of them, and its words where they were said.
        var page = WebUtility.HtmlDecode(await (await Rapport.SignedInAsync(Roles.Owner)).GetStringAsync($"/commitments/{id}", Ct));
        Assert.Matches("Promised to <a [^>]*>(Lena|Tom) Both</a> and <a [^>]*>(Lena|Tom) Both</a>", page);
        Assert.Matches("thank you for the call this morning. </span><mark>I'll send you\\s+the drawings on Thursday.</mark><span class=\"muted\"> Have a good day!", page);
        foreach (var address in new[] { "lena@both.example", "tom@both.example" })
            Assert.Contains((await WithAsync<CommitmentQueries, Page<CommitmentRow>>(async d => await d.ListAsync(new(With: await PersonAsync(address)), null, 50, Ada, Ct))).Items, r => r.Id == id);
        Assert.DoesNotContain((await WithAsync<CommitmentQueries, Page<CommitmentRow>>(async d => await d.ListAsync(new(With: await PersonAsync("cora@both.example")), null, 50, Ada, Ct))).Items, r => r.Id == id);

        // Taken back, nothing of it is left.
        Assert.Null(await WithAsync<DecideProposal, Refusal?>(d => d.TakeBackAsync(proposal.Id, Ada, Ct)));
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<AlsoPromised>().AnyAsync(a => a.Commitment == id, Ct)));
    }

    [Theory]
    [InlineData("Well. I'll  send\r\n  it by Friday! Bye", "i'll send it by friday!", "I'll  send\r\n  it by Friday!")]
    [InlineData("👍 Я пришлю чертежи. 👍", "Я пришлю чертежи.", "Я пришлю чертежи.")]
    [InlineData("I'll send it", "I'll send them", null)]
    [InlineData("anything", " ", null)]
    public void Words_are_found_where_they_stand_whatever_the_white_space(string said, string words, string? found) =>
        Assert.Equal(found, SaidSpan.Find(said, words) is var (from, to) ? said[from..to] : null);

    [Fact]
    public void Words_are_looked_for_in_a_hostile_text_in_no_time()
    {
        var began = TimeProvider.System.GetTimestamp();
        Assert.Null(SaidSpan.Find(string.Concat(Enumerable.Repeat("a \n", 300_000)), string.Concat(Enumerable.Repeat("a ", 240)) + "b"));
        // Many times what it takes.
        Assert.True(TimeProvider.System.GetElapsedTime(began).TotalSeconds < 5);
    }

    [Fact]
    public async Task Each_of_several_has_a_link_of_their_own_and_what_one_says_is_said_by_them()
    {
        var (program, first, second) = (await Rapport.TokenClientAsync(TokenScope.Write), await PersonAsync("Rita First", "rita@several.example"), await PersonAsync("Sven Second", "sven@several.example"));
        var answer = await program.PostAsJsonAsync("/api/commitments", new { side = "oursToThem", words = "Mend the gate", with = first.ToString(), alsoTo = new[] { second.ToString(), first.ToString() }, due = "tomorrow" }, Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Ct));
        var row = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("row");
        Assert.Equal("Sven Second", Assert.Single(row.GetProperty("alsoTo").EnumerateArray()).GetProperty("name").GetString());
        var id = row.GetProperty("id").GetString();

        // Each of them stays when the import that brought them is undone.
        var held = await Rapport.InScopeAsync(async services => (await Task.WhenAll(services.GetServices<IHoldParties>().OfType<HoldByCommitments>().Select(h => h.HeldAsync([first, second], Ct)))).SelectMany(h => h).ToList());
        Assert.Equal(new[] { first, second }.OrderBy(p => p.Value), held.OrderBy(p => p.Value));
        var links = await program.GetFromJsonAsync<JsonElement>($"/api/commitments/{id}/recipient-link", Ct);
        var theirs = new Uri(Assert.Single(links.GetProperty("others").EnumerateArray()).GetProperty("url").GetString()!).AbsolutePath;
        Assert.NotEqual(theirs, new Uri(links.GetProperty("url").GetString()!).AbsolutePath);
        Assert.Equal(HttpStatusCode.Found, (await Rapport.Client().PostAsync(theirs, new FormUrlEncodedContent([new("verdict", "Kept"), new("words", "Well done")]), Ct)).StatusCode);
        // The other one sees who said so.
        Assert.Matches("<strong>Sven Second</strong>\\s*said: kept", await Rapport.Client().GetStringAsync(new Uri(links.GetProperty("url").GetString()!).AbsolutePath, Ct));
        Assert.Contains("<strong>Sven Second</strong> said: kept", await (await Rapport.SignedInAsync(Roles.Owner)).GetStringAsync($"/commitments/{id}", Ct), StringComparison.Ordinal);

        async Task<string> Refused(object body) => (await (await program.PostAsJsonAsync("/api/commitments", body, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString()!;
        Assert.Equal("commitment.others-theirs", await Refused(new { side = "theirsToUs", words = "Send it", with = first.ToString(), alsoTo = new[] { second.ToString() } }));
        Assert.Equal("party.missing", await Refused(new { side = "oursToThem", words = "Send it", with = first.ToString(), alsoTo = new[] { Ids.New<PartyId>(Rapport.Clock).ToString() } }));
        Assert.Equal("commitment.others-many", await Refused(new { side = "oursToThem", words = "Send it", with = first.ToString(), alsoTo = Enumerable.Range(0, 21).Select(_ => Ids.New<PartyId>(Rapport.Clock).ToString()) }));
    }

    [Fact]
    public async Task What_is_promised_to_nobody_for_a_time_that_is_over_or_in_no_words_is_refused_and_says_what_to_do()
    {
        var (program, person) = (await Rapport.TokenClientAsync(TokenScope.Write), (await PersonAsync("Nina Nobody", "nina@nobody.example")).ToString());
        async Task<(HttpStatusCode, string)> Refused(object body)
        {
            var answer = await program.PostAsJsonAsync("/api/commitments", body, Ct);
            return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString()!);
        }
        Assert.Equal((HttpStatusCode.NotFound, "party.missing"), await Refused(new { side = "oursToThem", words = "Send it", with = Ids.New<PartyId>(Rapport.Clock).ToString() }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "due.impossible"), await Refused(new { side = "oursToThem", words = "Send it", with = person, due = "1 March 2020" }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "due.impossible"), await Refused(new { side = "oursToThem", words = "Send it", with = person, due = "31 February" }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "due.ambiguous"), await Refused(new { side = "oursToThem", words = "Send it", with = person, due = "by 03/04" }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "due.vague"), await Refused(new { side = "oursToThem", words = "Send it", with = person, due = "shortly" }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "commitment.words-missing"), await Refused(new { side = "oursToThem", words = " ", with = person }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "commitment.words-long"), await Refused(new { side = "oursToThem", words = new string('漢', 501), with = person }));
        // On the form nothing that was typed is lost.
        var answered = await (await Rapport.SignedInAsync(Roles.Owner)).SubmitAsync("/commitments/new", "promise", ("Input.Side", "OursToThem"), ("Input.Words", "Send drawings 図面 чертежи"), ("Input.Due", "by 31 February"), ("Input.Weight", "Normal"));
        var page = WebUtility.HtmlDecode(await answered.Content.ReadAsStringAsync(Ct));
        foreach (var kept in new[] { "Say with whom", "There is no day 31 in February.", "Send drawings 図面 чертежи", "by 31 February" }) Assert.Contains(kept, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_helps_is_named_by_its_owner_finds_it_under_what_they_help_with_and_does_not_answer_for_it()
    {
        var (me, helper, other) = (await MeAsync(), await Rapport.ActorAsync(Roles.Member), await Rapport.ActorAsync(Roles.Reader | Roles.Member));
        var id = (await WithAsync<MakeCommitment, Result<CommitmentId>>(async d => await d.RunAsync(new(Side.OursToThem, "Lift the bell", await PersonAsync("Hella Helped", "hella@helped.example"), null), me, Ct))).Value;
        Task<string?> Name(Actor member, bool helps, Actor by) => WithAsync<SayWhoHelps, string?>(async d => (await d.RunAsync(id, member.Id, helps, by, Ct))?.Code);
        Assert.Equal("commitment.not-yours", await Name(helper, true, other));
        Assert.Equal("commitment.helper-owner", await Name(me, true, me));
        Assert.Equal("commitment.owner", await Name(await Rapport.ActorAsync(Roles.Reader), true, me));
        await (await Rapport.SignedInAsync(Roles.Owner)).SubmitAsync($"/commitments/{id}", $"/do/commitments/{id}/helper", ("helper", helper.Id.ToString()));
        Assert.Null(await Name(helper, true, me));

        var browser = await Rapport.SignedInAsync(Roles.Member);
        Assert.Contains("I help", await browser.GetStringAsync("/commitments", Ct), StringComparison.Ordinal);
        Assert.Contains("Lift the bell", await browser.GetStringAsync("/commitments?helping=true", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("Lift the bell", await browser.GetStringAsync("/commitments?mine=true", Ct), StringComparison.Ordinal);
        Assert.Contains(helper.Name, await browser.GetStringAsync($"/commitments/{id}", Ct), StringComparison.Ordinal);

        // Who helps can stop; both stay in the story. What is settled needs no help.
        await browser.SubmitAsync($"/commitments/{id}", $"/do/commitments/{id}/no-helper", ("helper", helper.Id.ToString()));
        Assert.DoesNotContain("Lift the bell", await browser.GetStringAsync("/commitments?helping=true", Ct), StringComparison.Ordinal);
        Assert.Equal([CommitmentDeed.Made, CommitmentDeed.HelperNamed, CommitmentDeed.HelperLeft], await WithAsync<CommitmentQueries, IEnumerable<CommitmentDeed>>(async d => (await d.StoryAsync(id, Ct)).Select(e => e.Deed)));
        Assert.Equal(me.Id, (await WithAsync<CommitmentQueries, CommitmentRow>(async d => (await d.OneAsync(id, me, Ct))!)).Owner);
        var program = await Rapport.TokenClientAsync(TokenScope.Write);
        Assert.Equal(HttpStatusCode.OK, (await program.PutAsync($"/api/commitments/{id}/helpers/{helper.Id}", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.DeleteAsync($"/api/commitments/{id}/helpers/{helper.Id}", Ct)).StatusCode);
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(id, Proof.OnMyWord, me, Ct)));
        Assert.Equal("commitment.closed", await Name(helper, true, me));
    }

    [Fact]
    public async Task What_is_agreed_anew_after_it_was_due_is_promised_to_the_same_and_the_same_help()
    {
        var (me, helper, second) = (await MeAsync(), await Rapport.ActorAsync(Roles.Member), await PersonAsync("Tilda Two", "tilda@two.example"));
        var due = Rapport.Clock.GetUtcNow().AddDays(1);
        var id = (await WithAsync<MakeCommitment, Result<CommitmentId>>(async d => await d.RunAsync(new(Side.OursToThem, "Dye the sail", await PersonAsync("Olga One", "olga@two.example"), new Due(due, due, DuePrecision.Day, "tomorrow")) { AlsoTo = [second] }, me, Ct))).Value;
        Assert.Null(await WithAsync<SayWhoHelps, Refusal?>(d => d.RunAsync(id, helper.Id, true, me, Ct)));
        Rapport.Clock.Advance(TimeSpan.FromDays(2));
        var agreed = (await WithAsync<AgreeNewDate, Result<Renegotiated>>(d => d.RunAsync(id, "in 9 days", null, me, Ct))).Value;
        var row = await WithAsync<CommitmentQueries, CommitmentRow>(async d => (await d.OneAsync(agreed!.Standing, me, Ct))!);
        Assert.NotEqual(id, row.Id);
        Assert.Equal((second, helper.Id), (Assert.Single(row.AlsoTo).Id, Assert.Single(row.Helpers).Id));
    }

    [Fact]
    public async Task What_is_promised_in_a_call_with_several_is_promised_to_all_of_theirs_who_were_there()
    {
        var (me, with, other, silent) = (await MeAsync(), await PersonAsync("Cleo Call", "cleo@call.example"), await PersonAsync("Carl Call", "carl@call.example"), await PersonAsync("Cato Call", "cato@call.example"));
        var recorded = (await WithAsync<RecordWithPromises, Result<Recorded>>(d => d.RunAsync(new(Channel.Telephone, "We spoke about the pump. I will look for 🔧 the old seal until Thursday.", [with, other]), with, [new("look for 🔧 the old seal", "", Side.OursToThem), new("Send us the number", "", Side.TheirsToUs)], me, Ct))).Value!;
        var made = await WithAsync<CommitmentQueries, List<CommitmentRow>>(d => d.SaidInAsync([recorded.Interaction], me, Ct));
        Assert.Equal([(Side.OursToThem, "Carl Call"), (Side.TheirsToUs, "")], made.OrderBy(m => m.Side).Select(m => (m.Side, string.Concat(m.AlsoTo.Select(a => a.Name)))));
        Assert.DoesNotContain(made, m => m.AlsoTo.Any(a => a.Id == silent));
        // On the form a person takes one of them out.
        var browser = await Rapport.SignedInAsync(Roles.Owner);
        var form = $"/commitments/new?interaction={recorded.Interaction}&party={with}";
        Assert.Contains("And to whom else it was said", await browser.GetStringAsync(form, Ct), StringComparison.Ordinal);
        var alone = await browser.SubmitAsync(form, "promise", ("Input.Side", "OursToThem"), ("Input.With", with.ToString()), ("Input.Words", "Only to you"), ("Input.Weight", "Normal"), ("Input.Also", ""));
        var both = await browser.SubmitAsync(form, "promise", ("Input.Side", "OursToThem"), ("Input.With", with.ToString()), ("Input.Words", "To both"), ("Input.Weight", "Normal"), ("Input.Also", other.ToString()));
        var counts = new List<int>();
        foreach (var (page, words) in new[] { (alone, "Only to you"), (both, "To both") })
            counts.Add((await WithAsync<CommitmentQueries, List<CommitmentRow>>(d => d.SaidInAsync([recorded.Interaction], me, Ct))).Single(c => c.Words == words && page.StatusCode == HttpStatusCode.Found).AlsoTo.Count);
        Assert.Equal([0, 1], counts);
    }
}
