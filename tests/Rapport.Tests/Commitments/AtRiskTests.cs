using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests.Updates;

namespace Rapport.Tests.Commitments;

/// <summary>A promise is at risk when a step of it, or what it depends on, is late: said before it is late itself.</summary>
public sealed class AtRiskTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Fact]
    public async Task A_late_step_puts_it_at_risk_until_the_step_is_done()
    {
        var (me, browser) = (await MeAsync(), await Rapport.SignedInAsync(Roles.Owner));
        var id = await PromiseAsync("Deliver the gate", await PersonAsync("Mona Step", "mona@step.example"), 20);
        Assert.Equal(HttpStatusCode.Found, (await browser.SubmitAsync($"/commitments/{id}", $"/do/commitments/{id}/steps", ("step", "Order the hinges"), ("stepDue", "tomorrow"))).StatusCode);
        Assert.Empty((await RowAsync(id)).AtRisk);
        Rapport.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(["The step “Order the hinges” is late."], (await RowAsync(id)).AtRisk);
        Assert.Contains("at risk", await browser.GetStringAsync($"/commitments/{id}", Ct), StringComparison.Ordinal);
        Assert.Contains("at risk", await browser.GetStringAsync("/commitments", Ct), StringComparison.Ordinal);
        Assert.Equal(Nearness.AtRisk, Assert.Single(await TodayAsync(), l => l.Promise.Id == id).Nearness);

        Assert.Null(await WithAsync<PlanCommitment, Refusal?>(d => d.DoStepAsync(id, 1, true, me, Ct)));
        Assert.Empty((await RowAsync(id)).AtRisk);
        Assert.DoesNotContain(await TodayAsync(), l => l.Promise.Id == id);
        Assert.Null(await WithAsync<PlanCommitment, Refusal?>(d => d.DoStepAsync(id, 1, false, me, Ct)));
        Assert.Single((await RowAsync(id)).AtRisk);
        Assert.Null(await WithAsync<PlanCommitment, Refusal?>(d => d.DropStepAsync(id, 1, me, Ct)));
        Assert.Empty((await RowAsync(id)).AtRisk);
    }

    [Fact]
    public async Task What_they_promised_us_and_it_depends_on_puts_it_at_risk_when_it_is_late_comes_too_late_or_was_not_kept()
    {
        var (me, program) = (await MeAsync(), await Rapport.TokenClientAsync(TokenScope.Write));
        var nils = await PersonAsync("Nils Theirs", "nils@theirs.example");
        var ours = await PromiseAsync("Cut the plates", nils, 10);
        var theirs = await PromiseAsync("Send us the drawing", nils, 2, Side.TheirsToUs);
        using var put = await program.PutAsync($"/api/commitments/{ours}/depends-on/{theirs}", null, Ct);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(Ct));
        Assert.Empty((await RowAsync(ours)).AtRisk);
        await AgreeAsync(theirs, 12);
        Assert.Equal(["What Nils Theirs promised us, “Send us the drawing”, is due only after it."], (await RowAsync(ours)).AtRisk);
        await AgreeAsync(theirs, 1);
        Rapport.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(["What Nils Theirs promised us, “Send us the drawing”, is late."], (await RowAsync(ours)).AtRisk);
        // Agreed anew after it was due, it is the new one that counts.
        await AgreeAsync(theirs, 3);
        Assert.Empty((await RowAsync(ours)).AtRisk);
        var plan = await program.GetFromJsonAsync<JsonElement>($"/api/commitments/{ours}/plan", Ct);
        Assert.True(IId<CommitmentId>.TryParse(plan.GetProperty("dependsOn")[0].GetProperty("id").GetString(), null, out var standing));
        Assert.NotEqual(theirs, standing);
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.BreakAsync(standing, null, me, Ct)));
        Assert.Equal(["What Nils Theirs promised us, “Send us the drawing”, was not kept."], (await RowAsync(ours)).AtRisk);
        using var gone = await program.DeleteAsync($"/api/commitments/{ours}/depends-on/{standing}", Ct);
        Assert.Empty((await RowAsync(ours)).AtRisk);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_and_what_is_closed_is_planned_no_more()
    {
        var me = await MeAsync();
        var id = await PromiseAsync("Paint the quay", await PersonAsync("Olga Closed", "olga@closed.example"), 5);
        async Task<string?> Code(Func<PlanCommitment, Task<Refusal?>> run) => (await WithAsync(run))?.Code;
        Assert.Equal("dependency.itself", await Code(d => d.DependAsync(id, id, me, Ct)));
        Assert.Equal("commitment.missing", await Code(d => d.DependAsync(id, new(new Guid(1, 2, 3, new byte[8])), me, Ct)));
        Assert.Equal("step.words-missing", await Code(d => d.AddStepAsync(id, " ", null, me, Ct)));
        Assert.Equal("due.vague", await Code(d => d.AddStepAsync(id, "Buy paint", "soon", me, Ct)));
        Assert.Equal("step.missing", await Code(d => d.DoStepAsync(id, 7, true, me, Ct)));
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(id, Proof.OnMyWord, me, Ct)));
        Assert.Equal("commitment.closed", await Code(d => d.AddStepAsync(id, "Buy paint", null, me, Ct)));
    }

    private Task<Refusal?> WithAsync(Func<PlanCommitment, Task<Refusal?>> run) => WithAsync<PlanCommitment, Refusal?>(run);

    private async Task AgreeAsync(CommitmentId id, int days)
    {
        var due = Rapport.Clock.GetUtcNow().AddDays(days);
        Assert.Null((await WithAsync<RenegotiateCommitment, Result<Renegotiated>>(async d => await d.RunAsync(id, new(due, due, DuePrecision.Day, $"in {days} days"), null, await MeAsync(), Ct))).Refusal);
    }

    private async Task<CommitmentId> PromiseAsync(string words, PartyId with, int days, Side side = Side.OursToThem)
    {
        var due = Rapport.Clock.GetUtcNow().AddDays(days);
        return (await WithAsync<MakeCommitment, Result<CommitmentId>>(async d => await d.RunAsync(new(side, words, with, new(due, due, DuePrecision.Day, $"in {days} days")), await MeAsync(), Ct))).Value;
    }

    private Task<CommitmentRow> RowAsync(CommitmentId id) => WithAsync<CommitmentQueries, CommitmentRow>(async d => (await d.OneAsync(id, await MeAsync(), Ct))!);

    private Task<IReadOnlyList<PromiseLine>> TodayAsync() => WithAsync<PromisedToday, IReadOnlyList<PromiseLine>>(async d => await d.RunAsync(BusinessCalendar.Standard(TimeZoneInfo.Utc), new HashSet<CommitmentId>(), await MeAsync(), Ct));
}
