using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rapport.Commitments;
using Rapport.Commitments.Reading;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests.Updates;

namespace Rapport.Tests.Commitments;

/// <summary>How promises are kept, counted (K7).</summary>
public sealed class FigureTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Theory]
    [InlineData("Send drawings rev C", PromiseKind.Document)]
    [InlineData("I will call you back about the invoice", PromiseKind.CallBack)]
    [InlineData("I'll let you know whether it fits", PromiseKind.Answer)]
    [InlineData("Wir schicken Ihnen die Zeichnungen bis Freitag", PromiseKind.Document)]
    [InlineData("???", PromiseKind.Action)]
    [InlineData("", PromiseKind.Action)]
    public void What_kind_of_thing_is_promised_is_read_from_the_words(string words, PromiseKind kind) => Assert.Equal(kind, CommitmentReader.KindOf(words));

    [Theory]
    [InlineData("2026-11-23T08:00Z", "2026-11-23T16:00Z", NoticeGiven.SameDay)]
    [InlineData("2026-11-23T08:00Z", "2026-11-24T07:00Z", NoticeGiven.ThreeDays)]
    [InlineData("2026-11-23T08:00Z", "2026-11-26T16:00Z", NoticeGiven.ThreeDays)]
    [InlineData("2026-11-23T08:00Z", "2026-11-27T16:00Z", NoticeGiven.Week)]
    [InlineData("2026-11-23T08:00Z", "2026-12-24T16:00Z", NoticeGiven.Month)]
    [InlineData("2026-11-23T08:00Z", "2026-12-25T16:00Z", NoticeGiven.Longer)]
    [InlineData("2026-11-23T08:00Z", null, NoticeGiven.Undated)]
    public void How_long_before_it_was_due_it_was_promised_is_told_in_days_of_the_calendar(string said, string? due, NoticeGiven given) =>
        Assert.Equal(given, Notices.Of(DateTimeOffset.Parse(said, null), due is null ? null : DateTimeOffset.Parse(due, null), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    [Fact]
    public async Task What_became_of_promises_is_counted_and_a_share_stands_only_where_there_are_five()
    {
        var (by, customer) = (await MeAsync(), await CustomerAsync("Counting Works"));
        var person = await PersonAsync("Cora Counted", "cora@counting.example", customer);
        for (var i = 0; i < 4; i++) Assert.Null(await KeepAsync(await PromiseAsync(person, "Send the list", 4), by));
        var four = await FiguresAsync(customer);
        Assert.Equal((4, 4, null), (four.All.Kept, four.All.Settled, four.All.KeptRate.Share));

        var (late, moved, broken, anew, free) = (await PromiseAsync(person, "Call back about the crane", 2), await PromiseAsync(person, "Send the offer", 2), await PromiseAsync(person, "Send the list", 2), await PromiseAsync(person, "Send the list", 2), await PromiseAsync(person, "Send the list", 2));
        Assert.Null((await AgreeAsync(moved, 9)).Refusal);
        Assert.Null(await SettleAsync(d => d.ReleaseAsync(free, null, by, Ct)));
        Rapport.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Null(await KeepAsync(late, by));
        Assert.Null(await KeepAsync(moved, by));
        Assert.Null(await SettleAsync(d => d.BreakAsync(broken, "The plotter broke", by, Ct, BreakCause.TookLonger)));
        Assert.True((await AgreeAsync(anew, 5)).Value!.Replaced);

        var read = await FiguresAsync(customer);
        Assert.Equal((8, 5, 1, 2, 1, 1), (read.All.Settled, read.All.Kept, read.All.KeptLate, read.All.NotKept, read.All.Released, read.All.Renegotiated));
        Assert.Equal((0.625, 0.306, 0.863), (read.All.KeptRate.Share!.Value, Math.Round(read.All.KeptRate.Low!.Value, 3), Math.Round(read.All.KeptRate.High!.Value, 3)));
        Assert.Equal([("document", 7), ("callBack", 1)], read.ByKind.Select(k => (k.Key, k.Settled)));
        Assert.Equal([("threeDays", 4), ("week", 4)], read.ByNotice.Select(k => (k.Key, k.Settled)));
        Assert.Equal([(PromiseKind.Document, 2), (PromiseKind.CallBack, 1)], read.Broken.Select(b => (b.Kind, b.Count)));
        Assert.Equal([(null, 1), (BreakCause.TookLonger, 1)], read.Broken[0].Why.OrderBy(w => w.Cause).Select(w => (w.Cause, w.Count)));
    }

    [Fact]
    public async Task Why_something_was_late_is_said_afterwards_by_a_form_and_stays_in_its_story()
    {
        var (client, by) = (await Rapport.SignedInAsync(Roles.Owner), await MeAsync());
        var id = await PromiseAsync(await PersonAsync("Lara Late", "lara@late.example"), "Send the manual", 1);
        Assert.Equal("commitment.not-late", (await ExplainAsync(id, BreakCause.Forgotten, by))?.Code);
        Rapport.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Null(await KeepAsync(id, by));
        Assert.Contains("Why was it not in time?", await client.GetStringAsync($"/commitments/{id}", Ct), StringComparison.Ordinal);
        Assert.Equal("commitment.cause-missing", (await ExplainAsync(id, null, by))?.Code);

        using var explained = await client.PutAsJsonAsync($"/api/commitments/{id}/explained", new { cause = "waitedForOthers", why = "The press was down" }, Ct);
        Assert.Equal(HttpStatusCode.OK, explained.StatusCode);
        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/commitments/{id}", Ct));
        Assert.Contains("Why it was not in time: we waited for somebody else", page, StringComparison.Ordinal);
        Assert.Contains("said why: we waited for somebody else", page, StringComparison.Ordinal);
        Assert.Contains("The press was down", page, StringComparison.Ordinal);
        // It can still be taken back: saying why is not what closed it.
        Assert.Null(await SettleAsync(d => d.ReopenAsync(id, by, Ct)));
    }

    [Fact]
    public async Task What_a_member_keeps_is_for_that_member_alone()
    {
        var bo = await Rapport.ActorAsync(Roles.Member);
        var person = await PersonAsync("Olga Own", "olga@own.example", await CustomerAsync("Own Works"));
        var before = (await WithAsync<FigureQueries, KeptFigures>(d => d.OwnAsync(new(), bo, Ct))).All.Kept;
        for (var i = 0; i < 5; i++) Assert.Null(await KeepAsync(await PromiseAsync(person, "Send the sample", 3, bo), bo));
        var own = await (await Rapport.SignedInAsync(Roles.Member)).GetFromJsonAsync<JsonElement>("/api/commitments/figures/mine", Ct);
        Assert.Equal((before + 5, 1.0), (own.GetProperty("all").GetProperty("kept").GetInt32(), own.GetProperty("all").GetProperty("keptRate").GetProperty("share").GetDouble()));

        // Whatever another asks for, also as a manager or the owner, it is their own.
        foreach (var roles in new[] { Roles.Administrator, Roles.Reader })
        {
            var client = await Rapport.SignedInAsync(roles);
            foreach (var address in new[] { "/api/commitments/figures/mine", $"/api/commitments/figures/mine?owner={bo.Id}", $"/api/commitments/figures/mine?member={bo.Id}" })
                Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>(address, Ct)).GetProperty("all").GetProperty("settled").GetInt32());
            Assert.Contains("Nothing was settled in this time", await client.GetStringAsync($"/commitments/figures?mine=true&owner={bo.Id}", Ct), StringComparison.Ordinal);
        }
        Assert.DoesNotContain(bo.Name, await (await Rapport.SignedInAsync(Roles.Manager)).GetStringAsync("/commitments/figures", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_team_has_figures_once_three_of_it_settled_something_so_that_nobodys_own_show()
    {
        var owner = await MeAsync();
        Actor[] three = [owner, await Rapport.ActorAsync(Roles.Member), await Rapport.ActorAsync(Roles.Manager)];
        var customer = await CustomerAsync("Team Works");
        var person = await PersonAsync("Tea Team", "tea@team.example", customer);
        var team = (await WithAsync<FormTeam, Result<TeamId>>(d => d.RunAsync(new("Quay hands", [.. three.Select(t => t.Id)]), owner, Ct))).Value;
        for (var i = 0; i < 3; i++)
        {
            Assert.DoesNotContain((await FiguresAsync(customer)).ByTeam, t => t.Key == team.ToString());
            Assert.Null(await KeepAsync(await PromiseAsync(person, "Send the sample", 3, three[i]), three[i]));
        }
        Assert.Equal(("Quay hands", 3), (await FiguresAsync(customer)).ByTeam.Where(t => t.Key == team.ToString()).Select(t => (t.Name, t.Settled)).Single());
    }

    [Fact]
    public async Task The_page_shows_shares_with_their_intervals_and_both_ways_for_a_customer()
    {
        var (client, by, customer) = (await Rapport.SignedInAsync(Roles.Owner), await MeAsync(), await CustomerAsync("Both Ways"));
        var person = await PersonAsync("Beth Both", "beth@both.example", customer);
        for (var i = 0; i < 5; i++) Assert.Null(await KeepAsync(await PromiseAsync(person, "Send the sample", 3), by));
        Assert.Null(await KeepAsync(await PromiseAsync(person, "Send the purchase order", 3, side: Side.TheirsToUs), by));
        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/commitments/figures?customer={customer}", Ct));
        Assert.Contains("100 % of 5 settled in the last year were kept in time.", page, StringComparison.Ordinal);
        Assert.Contains("5 of 5, 57 to 100 %", page, StringComparison.Ordinal);
        Assert.Contains("By them to us", page, StringComparison.Ordinal);
        Assert.Contains("We kept 5 of 5, they kept 1 of 1 in time", WebUtility.HtmlDecode(await client.GetStringAsync($"/parties/{customer}", Ct)), StringComparison.Ordinal);
        using var wrong = await client.GetAsync("/api/commitments/figures?days=0", Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    private async Task<CommitmentId> PromiseAsync(PartyId with, string words, int days, Actor? by = null, Side side = Side.OursToThem)
    {
        var due = Rapport.Clock.GetUtcNow().AddDays(days);
        var made = await WithAsync<MakeCommitment, Result<CommitmentId>>(async d => await d.RunAsync(new(side, words, with, new Due(due, due, DuePrecision.Day, "")), by ?? await MeAsync(), Ct));
        Assert.True(made.Succeeded(out var id, out var refusal), refusal?.Message);
        return id;
    }

    private Task<Refusal?> SettleAsync(Func<SettleCommitment, Task<Refusal?>> settle) => WithAsync(settle);

    private Task<Refusal?> KeepAsync(CommitmentId id, Actor by) => SettleAsync(d => d.KeepAsync(id, Proof.OnMyWord, by, Ct));

    private Task<Refusal?> ExplainAsync(CommitmentId id, BreakCause? cause, Actor by) => WithAsync<ExplainCommitment, Refusal?>(d => d.RunAsync(id, cause, null, by, Ct));

    private Task<Result<Renegotiated>> AgreeAsync(CommitmentId id, int days)
    {
        var due = Rapport.Clock.GetUtcNow().AddDays(days);
        return WithAsync<RenegotiateCommitment, Result<Renegotiated>>(async d => await d.RunAsync(id, new(due, due, DuePrecision.Day, ""), null, await MeAsync(), Ct));
    }

    private Task<KeptFigures> FiguresAsync(PartyId customer) => WithAsync<FigureQueries, KeptFigures>(async d => await d.AllAsync(new(Customer: customer), await MeAsync(), Ct));
}
