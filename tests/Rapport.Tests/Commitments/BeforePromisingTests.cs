using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Members;
using Rapport.Tests.Updates;

namespace Rapport.Tests.Commitments;

/// <summary>Before something is promised it is shown what else is due then, how often promises like it were kept, and the first date that looks safe (K6).</summary>
public sealed class BeforePromisingTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    private static readonly string[] Deeds = ["Weld", "Sand", "Oil", "Rinse", "Sort"];

    [Fact]
    public async Task What_its_owner_and_the_rest_of_their_teams_owe_that_day_is_shown_and_nothing_that_is_settled_or_theirs()
    {
        var monday = NextMonday();
        var (me, mate, stranger) = (await Rapport.ActorAsync(Roles.Manager), await Rapport.ActorAsync(Roles.Administrator), await MeAsync());
        var administrator = await Rapport.SignedInAsync(Roles.Owner);
        Assert.Equal(HttpStatusCode.Created, (await administrator.PostAsJsonAsync("/api/teams", new { name = "The quay", members = new[] { me.Id.Value, mate.Id.Value } }, Ct)).StatusCode);
        var nora = await PersonAsync("Nora Load", "nora@load.example");
        var (wednesday, friday) = (EndOf(monday.AddDays(2)), EndOf(monday.AddDays(4)));
        await PromiseAsync("Grease the winch", nora, wednesday, me);
        await PromiseAsync("Paint the buoy", nora, friday, me);
        await PromiseAsync("Count the ropes", nora, friday.AddHours(-3), me);
        await PromiseAsync("Sweep the quay", nora, friday, mate);
        await PromiseAsync("Ring the bell", nora, friday, stranger);
        await PromiseAsync("Bring the flags", nora, friday, me, Side.TheirsToUs);
        await SettleAsync(await PromiseAsync("Fold the sails", nora, friday, me), me, kept: true);

        var ahead = await AheadAsync("Tar the boat", friday, me);
        Assert.Equal((DateOnly.FromDateTime(friday.UtcDateTime), 2, 1, 1), (ahead.Day, ahead.BesideCount, ahead.UntilThen, ahead.Team));
        Assert.Equal([("Count the ropes", "Nora Load"), ("Paint the buoy", "Nora Load")], ahead.Beside.Select(b => (b.Words, b.WithName)));
        Assert.Equal((0, null), ((await AheadAsync("Tar the boat", friday.AddDays(-1), stranger)).BesideCount, (await AheadAsync("Tar the boat", friday, stranger)).Team));
        // What gets a new date does not stand in its own way.
        var own = ahead.Beside[0].Id;
        Assert.Equal(1, (await WithAsync<BeforePromising, Outlook>(d => d.RunAsync(new(On(friday), "Count the ropes", me.Id, own), me, Ct))).BesideCount);
    }

    [Fact]
    public async Task How_often_it_was_kept_counts_its_kind_and_notice_and_is_told_from_five_cases_on()
    {
        var monday = NextMonday();
        var (me, other, nora) = (await Rapport.ActorAsync(Roles.Member), await MeAsync(), await PersonAsync("Nora Calls", "nora@calls.example"));
        for (var i = 0; i < 4; i++) await SettleAsync(await PromiseAsync("Call them back", nora, EndOf(monday.AddDays(2)), me), me, kept: i > 0);
        var few = await AheadAsync("Call her about the crane", EndOf(monday.AddDays(3)), me);
        Assert.Equal((PromiseKind.CallBack, NoticeGiven.ThreeDays, 3, 4, null), (few.Kind, few.Notice, few.Kept.Hits, few.Kept.Cases, few.Kept.Share));

        // Another kind, another notice, and what they let go, say nothing about it; what was agreed anew after due was not kept.
        await SettleAsync(await PromiseAsync("Send the list", nora, EndOf(monday.AddDays(2)), me), me, kept: false);
        await SettleAsync(await PromiseAsync("Call them some day", nora, EndOf(monday.AddDays(28)), me), me, kept: false);
        var released = await PromiseAsync("Call them at noon", nora, EndOf(monday.AddDays(2)), me);
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.ReleaseAsync(released, null, me, Ct)));
        await SettleAsync(await PromiseAsync("Call them once more", nora, EndOf(monday.AddDays(2)), other), other, kept: true);
        var told = await AheadAsync("Call her about the crane", EndOf(monday.AddDays(3)), me);
        Assert.Equal((4, 5, 0.8), (told.Kept.Hits, told.Kept.Cases, told.Kept.Share));
        // One's own are one's own to see: another who would answer for it is not measured.
        Assert.Equal((3, 4), (told.OwnKept!.Value.Hits, told.OwnKept.Value.Cases));
        Assert.Null((await WithAsync<BeforePromising, Outlook>(d => d.RunAsync(new(On(EndOf(monday.AddDays(3))), "Call her", other.Id), me, Ct))).OwnKept);
    }

    [Fact]
    public async Task The_first_date_that_looks_safe_is_by_when_four_of_five_like_it_were_done_on_a_day_with_room()
    {
        var monday = NextMonday();
        var (me, nora) = (await Rapport.ActorAsync(Roles.Member), await PersonAsync("Nora Paid", "nora@paid.example"));
        var ids = new List<CommitmentId>();
        for (var i = 0; i < 5; i++) ids.Add(await PromiseAsync($"Refund the freight {i}", nora, EndOf(monday.AddDays(4)), me));
        var unknown = (await AheadAsync("Refund the deposit", EndOf(monday.AddDays(3)), me)).Safe;
        Assert.Equal((monday.AddDays(1), null, 0), (unknown.Day, unknown.WorkingDays, unknown.Done.Cases));

        // Two on the same day, two on Wednesday, one never: within two working days were four of five.
        foreach (var id in ids[..2]) await SettleAsync(id, me, kept: true);
        Rapport.Clock.Advance(TimeSpan.FromDays(2));
        foreach (var id in ids[2..4]) await SettleAsync(id, me, kept: true);
        await SettleAsync(ids[4], me, kept: false);
        var wednesday = monday.AddDays(2);
        var safe = (await AheadAsync("Refund the deposit", EndOf(wednesday.AddDays(1)), me)).Safe;
        Assert.Equal((wednesday.AddDays(2), 2, 4, 5, 0), (safe.Day, safe.WorkingDays, safe.Done.Hits, safe.Done.Cases, safe.Due));

        // With a full Friday it is the Monday after.
        for (var i = 0; i < BeforePromising.FullDay; i++) await PromiseAsync($"Grind the plate {i}", nora, EndOf(wednesday.AddDays(2)), me);
        Assert.Equal(wednesday.AddDays(5), (await AheadAsync("Refund the deposit", EndOf(wednesday.AddDays(1)), me)).Safe.Day);
    }

    [Fact]
    public async Task Where_too_few_were_ever_done_no_date_looks_safe_and_where_little_is_known_that_is_said()
    {
        var monday = NextMonday();
        var (client, me, nora) = (await Rapport.SignedInAsync(Roles.Member), await Rapport.ActorAsync(Roles.Member), await PersonAsync("Nora Told", "nora@told.example"));
        var due = Uri.EscapeDataString("by Thursday");
        var asked = $"/commitments/understood?Input.Due={due}&Input.With={nora}&Input.Side=OursToThem&Input.Words={Uri.EscapeDataString("Let you know what they say")}";
        Assert.Contains("nothing is known of how often they are kept", await SeenAsync(client, asked), StringComparison.Ordinal);
        foreach (var deed in Deeds) await SettleAsync(await PromiseAsync($"Let you know: {deed}", nora, EndOf(monday.AddDays(2)), me), me, kept: deed == Deeds[0]);
        var shown = await SeenAsync(client, asked);
        Assert.Contains("Understood as", shown, StringComparison.Ordinal);
        Assert.Contains("Kept on time of those like it (an answer, promised one to three days before): 1 of 5 (20 %, likely 4 to 62 %).", shown, StringComparison.Ordinal);
        Assert.Contains("<strong>No date looks safe</strong>: of promises of this kind (an answer) only 1 of 5 (20 %, likely 4 to 62 %) were done at all.", shown, StringComparison.Ordinal);
        // What they promise us is theirs to weigh.
        var theirs = await SeenAsync(client, asked.Replace("OursToThem", "TheirsToUs", StringComparison.Ordinal));
        Assert.Contains("Understood as", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("Kept on time", theirs, StringComparison.Ordinal);

        // Without scripts the form that comes back shows it as well.
        var back = await (await client.SubmitAsync($"/commitments/new?party={nora}", "promise", ("Input.Side", "OursToThem"), ("Input.Words", ""), ("Input.Due", "by Thursday"), ("Input.Weight", "Normal"))).Content.ReadAsStringAsync(Ct);
        Assert.Contains("first day with room", WebUtility.HtmlDecode(back), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_ask_the_same_and_are_refused_what_is_no_date()
    {
        NextMonday();
        var client = await Rapport.TokenClientAsync(TokenScope.Write);
        var answer = await client.PostAsJsonAsync("/api/due/outlook", new { due = "by Friday", words = "Send the drawings" }, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        var ahead = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(("document", "week"), (ahead.GetProperty("kind").GetString(), ahead.GetProperty("notice").GetString()));
        Assert.Equal(JsonValueKind.Number, ahead.GetProperty("kept").GetProperty("cases").ValueKind);
        foreach (var (due, code) in new[] { ("soon", "due.vague"), ("", "commitment.due-missing") })
            Assert.Equal(code, (await (await client.PostAsJsonAsync("/api/due/outlook", new { due }, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }

    private static async Task<string> SeenAsync(HttpClient client, string path) => WebUtility.HtmlDecode(await client.GetStringAsync(path, Ct));

    // Each test has weeks of its own: what is due in one is over in the next.
    private DateOnly NextMonday()
    {
        var now = Rapport.Clock.GetUtcNow();
        var day = RapportFixture.Monday;
        while (day < now) day = day.AddDays(7);
        Rapport.Clock.SetUtcNow(day);
        return DateOnly.FromDateTime(day.UtcDateTime);
    }

    private static DateTimeOffset EndOf(DateOnly day) => new(day.ToDateTime(new(16, 0)), TimeSpan.Zero);

    private static Due On(DateTimeOffset end) => new(end.AddHours(-8), end, DuePrecision.Day, "then");

    private Task<Outlook> AheadAsync(string words, DateTimeOffset due, Actor by) => WithAsync<BeforePromising, Outlook>(d => d.RunAsync(new(On(due), words), by, Ct));

    private async Task<CommitmentId> PromiseAsync(string words, PartyId with, DateTimeOffset due, Actor by, Side side = Side.OursToThem) =>
        (await WithAsync<MakeCommitment, Result<CommitmentId>>(d => d.RunAsync(new(side, words, with, On(due)), by, Ct))).Value;

    private async Task SettleAsync(CommitmentId id, Actor by, bool kept) =>
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => kept ? d.KeepAsync(id, Proof.OnMyWord, by, Ct) : d.BreakAsync(id, null, by, Ct)));
}
