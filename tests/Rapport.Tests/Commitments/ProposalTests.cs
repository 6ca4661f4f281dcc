using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Commitments;

public class ProposalTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task What_both_sides_commit_to_in_mail_is_proposed_to_who_answers_for_it_and_quotes_and_machines_are_not()
    {
        var box = await MailboxAsync(Ada, shared: true);
        await TakeAsync(box, Ada,
            new TestMail("prop-1@x", "Lena <lena@prop.example>") { Text = "We will pay your invoice by Wednesday.\n\nLena" },
            new TestMail("prop-2@x", "Ada Berg <ada@ours.example>", "lena@prop.example") { Text = "Thanks. I'll send you the drawings on Thursday.\n\nOn Friday Lena wrote:\n> We will pay your invoice by Wednesday.", InReplyTo = ["prop-1@x"] },
            new TestMail("prop-3@x", "Robot <robot@prop.example>") { Text = "We will ship your parcel on Friday.", More = ["Auto-Submitted: auto-generated"] });
        await Rapport.RunJobsAsync();

        var rows = await OfAsync("prop.example");
        Assert.Equal([(Side.OursToThem, "I'll send you the drawings on Thursday.", "on Thursday"), (Side.TheirsToUs, "We will pay your invoice by Wednesday.", "by Wednesday")], rows.OrderBy(r => r.Side).Select(r => (r.Side, r.Words, r.DueWords)));
        Assert.All(rows, r => Assert.Equal((Ada.Id, true), (r.For, r is { Probability: > 0.6, Because.Length: > 0 })));
        await Rapport.RunJobsAsync();
        Assert.Equal(2, (await OfAsync("prop.example")).Count);
    }

    [Fact]
    public async Task Of_imported_mail_only_the_last_days_and_what_is_still_ahead_are_proposed()
    {
        var box = await MailboxAsync(Ada, shared: true);
        await TakeAsync(box, Ada,
            new TestMail("old-1@x", "lena@old.example") { Text = "We will send the crane next Wednesday.", Date = RapportFixture.Monday.AddDays(-15) },
            new TestMail("old-2@x", "lena@old.example") { Text = "We will send the plan on Friday.", Date = RapportFixture.Monday.AddDays(-5) },
            new TestMail("old-3@x", "lena@old.example") { Text = "We will send the invoice on Wednesday.", Date = RapportFixture.Monday.AddDays(-3) });
        await Rapport.RunJobsAsync();
        Assert.Equal(["We will send the invoice on Wednesday."], (await OfAsync("old.example")).Select(r => r.Words));
    }

    [Fact]
    public async Task In_a_pasted_call_each_line_is_of_who_spoke_it_and_what_was_written_down_as_a_promise_is_not_proposed_again()
    {
        var person = await PartyAsync("Tom Transcript");
        await WithAsync<RecordWithPromises, Result<Recorded>>(d => d.RunAsync(new(Channel.Telephone, "Tom: I'll send you the order by Friday.\nAda: Thanks. I will call you on Wednesday.\nAda: We'll check the price by Thursday.", [person]), person, [new("I will call you on Wednesday", "on Wednesday", Side.OursToThem)], Ada, Ct));
        await Rapport.RunJobsAsync();
        var rows = (await ListAsync(Ada)).Where(r => r.With == person).OrderBy(r => r.DueEnd).Select(r => (r.Side, r.Words));
        Assert.Equal([(Side.OursToThem, "We'll check the price by Thursday."), (Side.TheirsToUs, "I'll send you the order by Friday.")], rows);
    }

    [Fact]
    public async Task Accepting_makes_the_commitment_with_the_words_and_where_they_stand_and_can_be_taken_back()
    {
        var proposal = await ProposedAsync("lena@accept.example", "We will send you the second crane on Thursday.");
        var made = (await WithAsync<DecideProposal, Result<CommitmentId>>(d => d.AcceptAsync(proposal.Id, Ada, Ct))).Value;
        var row = (await WithAsync<CommitmentQueries, CommitmentRow?>(q => q.OneAsync(made, Ada, Ct)))!;
        Assert.Equal((proposal.Words, proposal.SaidIn, proposal.SaidAt, "on Thursday", Side.TheirsToUs, Ada.Id), (row.Words, row.SaidIn, row.SaidAt, row.DueWords, row.Side, row.Owner));
        Assert.Equal("proposal.decided", (await WithAsync<DecideProposal, Refusal?>(d => d.DismissAsync(proposal.Id, Ada, Ct)))?.Code);

        Assert.Null(await WithAsync<DecideProposal, Refusal?>(d => d.TakeBackAsync(proposal.Id, Ada, Ct)));
        Assert.Null(await WithAsync<CommitmentQueries, CommitmentRow?>(q => q.OneAsync(made, Ada, Ct)));
        made = (await WithAsync<DecideProposal, Result<CommitmentId>>(d => d.AcceptAsync(proposal.Id, Ada, Ct))).Value;
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(made, Proof.OnMyWord, Ada, Ct)));
        Assert.Equal("proposal.built-on", (await WithAsync<DecideProposal, Refusal?>(d => d.TakeBackAsync(proposal.Id, Ada, Ct)))?.Code);
    }

    [Fact]
    public async Task Nobody_sees_a_proposal_out_of_what_they_may_not_read()
    {
        var box = await MailboxAsync(Ada, "Ada's own");
        await TakeAsync(box, Ada, new TestMail("secret@x", "lena@secret.example") { Text = "I will send you the contract on Thursday." });
        await Rapport.RunJobsAsync();
        var mine = Assert.Single(await OfAsync("secret.example"));
        Assert.DoesNotContain(await ListAsync(Ben), r => r.Id == mine.Id);
        Assert.Equal("proposal.missing", (await WithAsync<DecideProposal, Refusal?>(d => d.DismissAsync(mine.Id, Ben, Ct)))?.Code);
        Assert.Equal(0, (await WithAsync<DecideProposal, Result<int>>(d => d.SeveralAsync([mine.Id], true, Ben, Ct))).Value);
    }

    [Fact]
    public async Task On_its_pages_a_proposal_is_accepted_corrected_or_dismissed_and_several_at_once()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var words = new[] { "first", "second", "third", "fourth", "fifth" }.Select(n => $"We will send you the {n} crane on Thursday.").ToArray();
        var first = await ProposedAsync("lena@pages.example", string.Join("\n\n", words));
        var rows = (await OfAsync("pages.example")).ToDictionary(r => r.Words, r => r.Id);
        Assert.Equal(5, rows.Count);
        Assert.Contains("first crane", await client.GetStringAsync($"/conversations/{first.Conversation}", Ct), StringComparison.Ordinal);
        Assert.Contains("first crane", await client.GetStringAsync("/commitments/proposed?side=theirs&all=true", Ct), StringComparison.Ordinal);

        await client.SubmitAsync("/commitments/proposed?side=theirs&all=true", $"/do/proposals/{rows[words[0]]}/accepted");
        await client.SubmitAsync("/commitments/proposed?side=theirs&all=true", $"/do/proposals/{rows[words[1]]}/dismissed");
        await client.SubmitAsync("/commitments/proposed?side=theirs&all=true", "/do/proposals/chosen", ("deed", "erase"), ("id", rows[words[2]].ToString()), ("id", rows[words[3]].ToString()));
        Assert.Contains("accept it, or dismiss it", await client.GetStringAsync("/commitments/proposed?side=theirs&all=true", Ct), StringComparison.Ordinal);
        Assert.Equal(2, await Rapport.InDatabaseAsync(db => db.Set<Proposal>().CountAsync(p => (p.Id == rows[words[2]] || p.Id == rows[words[3]]) && p.State == ProposalState.Open, Ct)));
        await client.SubmitAsync("/commitments/proposed?side=theirs&all=true", "/do/proposals/chosen", ("deed", "accept"), ("id", rows[words[2]].ToString()), ("id", rows[words[3]].ToString()));
        var form = await client.GetStringAsync($"/commitments/new?proposal={rows[words[4]]}", Ct);
        Assert.Contains("fifth crane", form, StringComparison.Ordinal);
        var corrected = await client.SubmitAsync($"/commitments/new?proposal={rows[words[4]]}", "promise", ("Input.Side", "TheirsToUs"), ("Input.With", first.With.ToString()), ("Input.Words", "The fifth crane"), ("Input.Due", "by Friday"), ("Input.Weight", "Normal"));
        Assert.Equal(HttpStatusCode.Found, corrected.StatusCode);

        var states = await Rapport.InDatabaseAsync(db => db.Set<Proposal>().Where(p => p.With == first.With).OrderBy(p => p.Place).Select(p => p.State).ToListAsync(Ct));
        Assert.Equal([ProposalState.Accepted, ProposalState.Dismissed, ProposalState.Accepted, ProposalState.Accepted, ProposalState.Corrected], states);
        Assert.DoesNotContain("first crane", await client.GetStringAsync("/commitments/proposed?side=theirs&all=true", Ct), StringComparison.Ordinal);
        Assert.Contains("second crane", await client.GetStringAsync("/commitments/proposed?side=theirs&all=true&part=dismissed", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_REST_proposals_are_listed_accepted_with_what_is_put_right_and_taken_back()
    {
        var proposal = await ProposedAsync("lena@rest.example", "We will send you the REST crane on Thursday.");
        var client = await Rapport.TokenClientAsync(TokenScope.Write);
        var listed = await client.GetFromJsonAsync<JsonElement>("/api/commitment-proposals?side=theirsToUs&size=200", Ct);
        Assert.Contains(listed.GetProperty("items").EnumerateArray(), r => r.GetProperty("id").GetString() == proposal.Id.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PutAsJsonAsync($"/api/commitment-proposals/{proposal.Id}/accepted", new { due = "soon" }, Ct)).StatusCode);
        var made = await (await client.PutAsJsonAsync($"/api/commitment-proposals/{proposal.Id}/accepted", new { words = "Send the crane", due = "by Friday" }, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal("Send the crane", made.GetProperty("row").GetProperty("words").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await client.PutAsync($"/api/commitment-proposals/{proposal.Id}/dismissed", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsync($"/api/commitment-proposals/{proposal.Id}/reopened", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsync($"/api/commitment-proposals/{proposal.Id}/dismissed", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/commitment-proposals/{Ids.New<ProposalId>(Rapport.Clock)}", Ct)).StatusCode);
    }

    [Fact]
    public async Task What_is_decided_here_is_learned_when_there_is_enough_of_it_and_forgotten_when_asked()
    {
        await Rapport.InDatabaseAsync(async db => { await db.Set<Proposal>().ExecuteDeleteAsync(Ct); return true; });
        var box = await MailboxAsync(Ada, shared: true);
        await TakeAsync(box, Ada, Enumerable.Range(0, 14).SelectMany(i => new[]
        {
            new TestMail($"learn-a{i}@x", $"a{i}@learn.example") { Text = $"We will send you drawing {Words[i]} on Thursday." },
            new TestMail($"learn-b{i}@x", $"b{i}@learn.example") { Text = $"We will send you newsletter {Words[i]} on Thursday." },
        }));
        await Rapport.RunJobsAsync();
        var rows = await OfAsync("learn.example");
        Assert.Equal(28, rows.Count);

        await DecideAsync(rows.Take(6));
        Assert.Empty((await LearnAsync()).Words);
        await DecideAsync(rows.Skip(6));
        var learned = await LearnAsync();
        Assert.Equal((14, 14), (learned.Confirmed, learned.Dismissed));
        Assert.Contains(learned.Words, w => w is { Word: "newsletter", Weight: < 0, Dismissed: 14 });
        Assert.Contains(learned.Words, w => w is { Word: "drawing", Weight: > 0, Confirmed: 14 });

        await TakeAsync(box, Ada, new TestMail("learn-c@x", "c@learn.example") { Text = "We will send you newsletter twenty on Thursday." }, new TestMail("learn-d@x", "d@learn.example") { Text = "We will send you drawing twenty on Thursday." });
        await Rapport.RunJobsAsync();
        var after = (await OfAsync("learn.example")).ToDictionary(r => r.Words, r => r.Probability);
        Assert.True(after.GetValueOrDefault("We will send you newsletter twenty on Thursday.") < after["We will send you drawing twenty on Thursday."]);

        Rapport.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await WithAsync<LearnedHere, Refusal?>(d => d.ForgetAsync(Ada, Ct)));
        Assert.Equal((0, 0, 0), await LearnAsync() is var anew ? (anew.Confirmed, anew.Dismissed, anew.Words.Count) : default);
    }

    private static readonly string[] Words = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo", "lima", "mike", "oscar"];

    private async Task DecideAsync(IEnumerable<ProposalRow> rows)
    {
        foreach (var kind in rows.GroupBy(r => r.Words.Contains("drawing", StringComparison.Ordinal)))
            Assert.Equal(kind.Count(), (await WithAsync<DecideProposal, Result<int>>(d => d.SeveralAsync([.. kind.Select(r => r.Id)], kind.Key, Ada, Ct))).Value);
    }

    private Task<LearnedSoFar> LearnAsync() => Rapport.InScopeAsync(async services =>
    {
        await ActivatorUtilities.CreateInstance<LearnFromDecisions>(services).RunAsync(Ct);
        return await services.GetRequiredService<LearnedHere>().SoFarAsync(Ct);
    });

    private async Task<ProposalRow> ProposedAsync(string from, string text)
    {
        await TakeAsync(await MailboxAsync(Ada, shared: true), Ada, new TestMail($"one-{from}", from) { Text = text });
        await Rapport.RunJobsAsync();
        return (await OfAsync(from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]))[0];
    }

    private async Task<List<ProposalRow>> OfAsync(string domain)
    {
        var them = await Rapport.InDatabaseAsync(db => db.Set<ContactPoint>().Where(c => c.Domain == domain).Select(c => c.Party).ToListAsync(Ct));
        return [.. (await ListAsync(Ada)).Where(r => them.Contains(r.With))];
    }

    private async Task<IReadOnlyList<ProposalRow>> ListAsync(Actor by) => (await WithAsync<ProposalQueries, Page<ProposalRow>>(q => q.ListAsync(new(), null, 200, by, Ct))).Items;

    private Task<PartyId> PartyAsync(string name) => Rapport.InDatabaseAsync(async db =>
    {
        var person = new Person { Id = Ids.New<PartyId>(Rapport.Clock), CreatedAt = RapportFixture.Monday };
        person.Rename(name);
        db.Add(person);
        Assert.Null(await db.SaveAsync(Actor.Rapport, Ct));
        return person.Id;
    });
}
