using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Kernel.Database;

namespace Rapport.Tests.Commitments;

public class RecordPageTests(RapportFixture rapport) : ProductTests(rapport)
{
    private static (string, string)[] Call(string text, params (string, string)[] more) =>
        [("Input.Channel", "Telephone"), ("Input.Text", text), ("Input.At", "2026-11-23T09:30"), ("Input.Minutes", "12"), ("Input.Direction", ""), ("Input.Subject", "The crane"), .. more];

    [Fact]
    public async Task A_call_is_recorded_with_the_promises_made_in_it_both_ways()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var person = await PersonAsync("Tom Oyelaran");
        var sent = await client.SubmitAsync($"/record?party={person}", "record", Call("Week 50 is fine with him.",
            ("Input.Promises[0].Words", "Send the plan"), ("Input.Promises[0].Due", "by Friday"), ("Input.Promises[0].Side", "OursToThem"),
            ("Input.Promises[1].Words", "Tell the quay"), ("Input.Promises[1].Due", ""), ("Input.Promises[1].Side", "TheirsToUs")));
        Assert.True(sent.StatusCode == HttpStatusCode.Found, await sent.Content.ReadAsStringAsync(Ct));
        Assert.EndsWith($"/parties/{person}", sent.Headers.Location!.ToString(), StringComparison.Ordinal);

        var rows = await ListAsync(person);
        var interaction = await Rapport.InDatabaseAsync(db => db.Set<Interaction>().SingleAsync(i => i.Text == "Week 50 is fine with him.", Ct));
        Assert.Equal([("Send the plan", Side.OursToThem), ("Tell the quay", Side.TheirsToUs)], rows.Select(r => (r.Words, r.Side)));
        Assert.All(rows, r => Assert.Equal((interaction.Id, interaction.At), (r.SaidIn!.Value, r.SaidAt)));
        Assert.Equal((12, new DateTimeOffset(2026, 11, 23, 8, 30, 0, TimeSpan.Zero)), (interaction.Minutes, interaction.At));
        var page = await client.GetStringAsync($"/parties/{person}", Ct);
        Assert.Contains("Send the plan", page, StringComparison.Ordinal);
        Assert.Contains("Send the plan", await client.GetStringAsync($"/conversations/{interaction.Conversation}", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promise_that_cannot_be_kept_as_typed_keeps_the_whole_form_and_records_nothing()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var person = await PersonAsync("Tom Vague");
        var sent = await client.SubmitAsync($"/record?party={person}", "record", Call("Nothing of this is lost.", ("Input.Promises[0].Words", "Send the plan"), ("Input.Promises[0].Due", "soon"), ("Input.Promises[0].Side", "TheirsToUs")));
        var page = WebUtility.HtmlDecode(await sent.Content.ReadAsStringAsync(Ct));
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        foreach (var kept in new[] { "Nothing of this is lost.", "Send the plan", "value=\"soon\"", "The crane", "2026-11-23T09:30", "value=\"12\"", "Tom Vague", "names no date" }) Assert.Contains(kept, page, StringComparison.Ordinal);
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<Interaction>().AnyAsync(i => i.Text == "Nothing of this is lost.", Ct)));
    }

    [Fact]
    public async Task A_meeting_of_several_is_recorded_for_all_of_them_without_scripts()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var (first, second) = (await PersonAsync("Tom Meeting"), await PersonAsync("Una Meeting"));
        var more = await (await client.SubmitAsync($"/record?party={first}", "record", Call("We met.", ("Input.AnotherPerson", "true")))).Content.ReadAsStringAsync(Ct);
        Assert.Contains("name=\"Others[0].Words\"", more, StringComparison.Ordinal);
        Assert.Contains("We met.", more, StringComparison.Ordinal);

        var unclear = await client.SubmitAsync($"/record?party={first}", "record", Call("We met with somebody.", ("Input.Others", "1"), ("Others[0].Words", "Zzyzx Nobody")));
        Assert.Contains("Nobody is found by", WebUtility.HtmlDecode(await unclear.Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);
        var sent = await client.SubmitAsync($"/record?party={first}", "record", Call("We all met.", ("Input.Others", "2"), ("Others[0]", second.ToString()), ("Others[0].Words", "Una Meeting"), ("Others[1].Words", "")));
        Assert.True(sent.StatusCode == HttpStatusCode.Found, await sent.Content.ReadAsStringAsync(Ct));
        var parties = await Rapport.InDatabaseAsync(async db =>
        {
            var met = await db.Set<Interaction>().SingleAsync(i => i.Text == "We all met.", Ct);
            return await db.Set<Participant>().Where(p => p.Interaction == met.Id).Select(p => p.Party).ToListAsync(Ct);
        });
        Assert.Contains(first, parties);
        Assert.Contains(second, parties);
    }

    [Fact]
    public async Task One_more_promise_is_asked_for_without_scripts_and_saves_nothing_yet()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var person = await PersonAsync("Tom Another");
        Assert.DoesNotContain("Input.Promises[1].Words", await client.GetStringAsync($"/record?party={person}", Ct), StringComparison.Ordinal);
        var more = await client.SubmitAsync($"/record?party={person}", "record", Call("Talked.", ("Input.Promises[0].Words", "Send the plan"), ("Input.Another", "true")));
        var page = await more.Content.ReadAsStringAsync(Ct);
        Assert.Contains("Input.Promises[1].Words", page, StringComparison.Ordinal);
        Assert.Contains("Send the plan", page, StringComparison.Ordinal);
        Assert.Empty(await ListAsync(person));
    }

    [Fact]
    public async Task When_a_promise_is_refused_the_call_is_not_kept_either()
    {
        var by = await Rapport.ActorAsync(Roles.Member);
        var person = await PersonAsync("Tom Whole");
        var refused = await Rapport.InScopeAsync(s => s.GetRequiredService<RecordWithPromises>().RunAsync(new(Channel.Visit, "Half of it.", [person]), person, [new("Send the plan", "by Friday", Side.OursToThem), new("Send more", "asap", Side.OursToThem)], by, Ct));
        Assert.Equal("promises[1].due", refused.Refusal?.Field);
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<Interaction>().AnyAsync(i => i.Text == "Half of it.", Ct)));
        Assert.Empty(await ListAsync(person));
    }

    [Fact]
    public async Task A_promise_written_from_a_message_begins_with_its_sentence_its_person_and_its_date()
    {
        var client = await Rapport.SignedInAsync(Roles.Member);
        var by = await Rapport.ActorAsync(Roles.Member);
        var person = await PersonAsync("Lena Asks");
        var recorded = await Rapport.InScopeAsync(s => s.GetRequiredService<RecordInteraction>().RunAsync(new(Channel.Chat, "Good morning. Can you send rev C by Friday? Thanks!", [person]) { Direction = Direction.Inbound }, by, Ct));
        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/commitments/new?interaction={recorded.Value.Interaction}", Ct));
        Assert.Contains(">Can you send rev C by Friday?</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("value=\"by Friday\"", page, StringComparison.Ordinal);
        Assert.Contains("Lena Asks", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await client.SubmitAsync($"/commitments/new?interaction={recorded.Value.Interaction}", "promise",
            ("Input.Side", "OursToThem"), ("Input.Words", "Can you send rev C by Friday?"), ("Input.Due", "by Friday"))).StatusCode);
        Assert.Equal(recorded.Value.Interaction, Assert.Single(await ListAsync(person)).SaidIn);
    }

    [Fact]
    public async Task What_was_said_in_private_stays_private_though_the_promise_is_everybodys()
    {
        var (ada, ben) = (await Rapport.ActorAsync(Roles.Member), await Rapport.ActorAsync(Roles.Manager));
        var person = await PersonAsync("Lena Private");
        var recorded = await Rapport.InScopeAsync(s => s.GetRequiredService<RecordWithPromises>().RunAsync(new(Channel.Telephone, "Between us two.", [person]) { Private = true }, person, [new("Send the plan", "by Friday", Side.OursToThem)], ada, Ct));
        Assert.Null(recorded.Refusal);
        var id = Assert.Single(await ListAsync(person)).Id;
        var details = await Rapport.InScopeAsync(async s => (Mine: await s.GetRequiredService<CommitmentDetails>().FindAsync(id, ada, Ct), Theirs: await s.GetRequiredService<CommitmentDetails>().FindAsync(id, ben, Ct)));
        Assert.Equal("Between us two.", details.Mine!.SaidIn!.Glimpse);
        Assert.Null(details.Theirs!.SaidIn);
        Assert.DoesNotContain("Between us two", await (await Rapport.SignedInAsync(Roles.Manager)).GetStringAsync($"/commitments/{id}", Ct), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<CommitmentRow>> ListAsync(PartyId with) =>
        (await Rapport.InScopeAsync(s => s.GetRequiredService<CommitmentQueries>().ListAsync(new(With: with), null, 50, Actor.Rapport, Ct))).Items;

    private Task<PartyId> PersonAsync(string name) => Rapport.InDatabaseAsync(async db =>
    {
        var person = new Person { Id = Ids.New<PartyId>(Rapport.Clock), CreatedAt = RapportFixture.Monday, Who = Who.Customer };
        person.Rename(name);
        db.Add(person);
        Assert.Null(await db.SaveAsync(Actor.Rapport, Ct));
        return person.Id;
    });
}
