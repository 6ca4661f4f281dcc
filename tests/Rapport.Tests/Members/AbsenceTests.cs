using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Tests.Members;

/// <summary>A member says from when until when they are away and who stands in, and takes it back.</summary>
public sealed class AbsenceTests(RapportFixture rapport) : ProductTests(rapport)
{
    private static int joined;

    [Fact]
    public async Task One_says_on_a_page_from_when_until_when_one_is_away_and_who_stands_in_and_takes_it_back()
    {
        var (day, me, deputy) = (Begin(), await Rapport.ActorAsync(Roles.Member), await JoinAsync("Dora Deputy"));
        var client = await Rapport.SignedInAsync(Roles.Member);
        Assert.Contains("Nobody is away", await client.GetStringAsync("/settings/absence", Ct), StringComparison.Ordinal);
        var refused = await client.SubmitAsync("/settings/absence", "absence", ("Input.FirstDay", Text(day.AddDays(3))), ("Input.LastDay", Text(day.AddDays(1))), ("Input.Deputy", deputy.Id.ToString()));
        Assert.Contains("The last day lies before the first.", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        var said = await client.SubmitAsync("/settings/absence", "absence", ("Input.FirstDay", Text(day)), ("Input.LastDay", Text(day.AddDays(4))), ("Input.Deputy", deputy.Id.ToString()));
        Assert.Equal(HttpStatusCode.Found, said.StatusCode);
        var page = await client.GetStringAsync("/settings/absence", Ct);
        Assert.Contains("Dora Deputy stands in", page, StringComparison.Ordinal);
        Assert.Contains("Back already", page, StringComparison.Ordinal);
        Assert.Contains("away until", await client.GetStringAsync("/members", Ct), StringComparison.Ordinal);
        var row = Assert.Single(await ListAsync());
        Assert.Equal((me.Id, day, day.AddDays(4), deputy.Id, true), (row.Member, row.FirstDay, row.LastDay, row.Deputy, row.HasBegun));

        // Another member sees it, and can do nothing about it.
        var other = await Rapport.SignedInAsync(Roles.Reader | Roles.Member);
        Assert.DoesNotContain("Back already", await other.GetStringAsync("/settings/absence", Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.DeleteAsync($"/api/absences/{row.Id}", Ct)).StatusCode);
        await client.SubmitAsync("/settings/absence", $"/do/absences/{row.Id}/taken-back");
        Assert.Empty(await ListAsync());
        Assert.Equal("absence.ended", (await TakeBackAsync(row.Id, me))?.Code);
        Assert.Empty(await AwayAsync(Rapport.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Nobody_stands_in_for_themselves_or_after_leaving_or_who_only_reads_or_who_is_away_in_that_time()
    {
        var (day, me, other, reader) = (Begin(), await JoinAsync("Mia Me"), await JoinAsync("Otto Other"), await JoinAsync("Rita Reader", Roles.Reader));
        async Task<string?> With(MemberId? deputy, int from = 0, int until = 4) => (await SayAsync(me, new(null, day.AddDays(from), day.AddDays(until), deputy))).Refusal?.Code;
        Assert.Equal("absence.deputy", await With(null));
        Assert.Equal("absence.deputy-self", await With(me.Id));
        Assert.Equal("absence.deputy", await With(reader.Id));
        var left = await JoinAsync("Lea Left");
        await LeaveAsync(left.Id);
        Assert.Equal("absence.deputy", await With(left.Id));
        Assert.Null((await SayAsync(other, new(null, day.AddDays(4), day.AddDays(6), (await JoinAsync("Ted Third")).Id))).Refusal);
        Assert.Equal("absence.deputy-away", await With(other.Id));
        Assert.Null(await With(other.Id, 0, 3));
        Assert.Equal("absence.overlaps", await With((await JoinAsync("Fay Fourth")).Id, 3, 5));
    }

    [Fact]
    public async Task Days_that_cannot_be_are_refused_with_what_to_do()
    {
        var (day, me, deputy) = (Begin(), await JoinAsync("Mia Days"), await JoinAsync("Dan Days"));
        foreach (var (first, last, code, field) in new (DateOnly?, DateOnly?, string, string)[]
        {
            (null, day, "absence.first-day", "firstDay"), (day, null, "absence.last-day", "lastDay"), (day.AddDays(1), day, "absence.order", "lastDay"), (day.AddDays(-3), day.AddDays(-1), "absence.over", "lastDay"),
            (day, DateOnly.MaxValue, "absence.long", "lastDay"), (DateOnly.MinValue, day, "absence.long", "lastDay"), (DateOnly.MaxValue, DateOnly.MaxValue, "absence.long", "lastDay"),
        })
        {
            var refusal = (await SayAsync(me, new(null, first, last, deputy.Id))).Refusal;
            Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
        }
        // Who fell ill yesterday says so today.
        Assert.Null((await SayAsync(me, new(null, day.AddDays(-1), day, deputy.Id))).Refusal);
    }

    [Fact]
    public async Task A_manager_says_it_for_others_and_nobody_else_does_and_programs_ask_the_same()
    {
        var (day, absent, deputy) = (Begin(), await JoinAsync("Abe Sick"), await JoinAsync("Dee Deputy"));
        var body = new { member = absent.Id.ToString(), firstDay = Text(day), lastDay = Text(day.AddDays(2)), deputy = deputy.Id.ToString() };
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Rapport.SignedInAsync(Roles.Member)).PostAsJsonAsync("/api/absences", body, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Rapport.TokenClientAsync(TokenScope.Read)).PostAsJsonAsync("/api/absences", body, Ct)).StatusCode);
        var manager = await Rapport.SignedInAsync(Roles.Manager);
        var made = await manager.PostAsJsonAsync("/api/absences", body, Ct);
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync(Ct));
        var row = Assert.Single((await manager.GetFromJsonAsync<JsonElement>("/api/absences", Ct)).EnumerateArray(), a => a.GetProperty("name").GetString() == "Abe Sick");
        Assert.Equal((Text(day.AddDays(2)), "Dee Deputy"), (row.GetProperty("lastDay").GetString(), row.GetProperty("deputyName").GetString()));
        Assert.Equal(HttpStatusCode.NoContent, (await manager.DeleteAsync($"/api/absences/{row.GetProperty("id").GetString()}", Ct)).StatusCode);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Days_begin_and_end_on_the_clock_of_who_is_away_and_one_that_has_not_begun_never_was()
    {
        var (day, me, deputy) = (Begin(), await Rapport.ActorAsync(Roles.Manager), await JoinAsync("Tom Tokyo"));
        Assert.True((await (await Rapport.SignedInAsync(Roles.Manager)).PutAsJsonAsync("/api/me", new { name = me.Name, zone = "Asia/Tokyo", theme = "system" }, Ct)).IsSuccessStatusCode);
        Assert.Null((await SayAsync(me, new(null, day.AddDays(1), day.AddDays(2), deputy.Id))).Refusal);
        var midnight = new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(9));
        foreach (var (at, away) in new[] { (midnight.AddMinutes(-1), false), (midnight, true), (midnight.AddDays(2).AddMinutes(-1), true), (midnight.AddDays(2), false) })
            Assert.Equal(away, (await AwayAsync(at)).ContainsKey(me.Id));
        Assert.Null(await TakeBackAsync(Assert.Single(await ListAsync()).Id, me));
        Assert.Empty(await AwayAsync(midnight));
    }

    [Fact]
    public async Task Who_becomes_absent_while_standing_in_is_stood_in_for_by_whom_they_name_and_nobody_stands_in_who_left()
    {
        var (day, first, second, third) = (Begin(), await JoinAsync("Fia First"), await JoinAsync("Sue Second"), await JoinAsync("Ted Last"));
        Assert.Null((await SayAsync(first, new(null, day, day.AddDays(9), second.Id))).Refusal);
        var now = Rapport.Clock.GetUtcNow();
        Assert.Equal(second.Id, (await AwayAsync(now))[first.Id].Deputy);
        Assert.Null((await SayAsync(second, new(null, day, day.AddDays(2), third.Id))).Refusal);
        Assert.Equal((third.Id, third.Id, day.AddDays(9)), ((await AwayAsync(now))[first.Id].Deputy, (await AwayAsync(now))[second.Id].Deputy, (await AwayAsync(now))[first.Id].Until));
        // When the second is back they stand in again.
        Assert.Equal(second.Id, (await AwayAsync(now.AddDays(4)))[first.Id].Deputy);
        await LeaveAsync(third.Id);
        Assert.Null((await AwayAsync(now))[first.Id].Deputy);
        await LeaveAsync(first.Id);
        Assert.False((await AwayAsync(now)).ContainsKey(first.Id));
    }

    // Three weeks for each test, in which those of the others are over.
    private DateOnly Begin()
    {
        var day = RapportFixture.Monday;
        while (day <= Rapport.Clock.GetUtcNow()) day = day.AddDays(21);
        Rapport.Clock.SetUtcNow(day);
        return DateOnly.FromDateTime(day.UtcDateTime);
    }

    private async Task<Actor> JoinAsync(string name, Roles roles = Roles.Member)
    {
        await Rapport.SetUpAsync();
        return await Rapport.InScopeAsync(async services => (await services.GetRequiredService<AdmitMember>().RunAsync(name, $"away.{Interlocked.Increment(ref joined)}@ours.example", roles, Actor.Rapport, Ct)).Value!.Actor);
    }

    private Task<Refusal?> LeaveAsync(MemberId id) => Rapport.InDatabaseAsync(async db =>
    {
        (await db.MemberAsync(id, Ct))!.Leave(Rapport.Clock.GetUtcNow());
        return await db.SaveAsync(Actor.Rapport, Ct);
    });

    private Task<Result<AbsenceId>> SayAsync(Actor by, NewAbsence absence) => Rapport.InScopeAsync(services => services.GetRequiredService<SayAbsence>().RunAsync(absence, by, Ct));

    private Task<Refusal?> TakeBackAsync(AbsenceId id, Actor by) => Rapport.InScopeAsync(services => services.GetRequiredService<SayAbsence>().TakeBackAsync(id, by, Ct));

    private Task<List<AbsenceRow>> ListAsync() => Rapport.InDatabaseAsync(db => db.AbsencesAsync(Rapport.Clock.GetUtcNow(), Ct));

    private Task<IReadOnlyDictionary<MemberId, Away>> AwayAsync(DateTimeOffset at) => Rapport.InDatabaseAsync(db => db.AwayAsync(at, Ct));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
