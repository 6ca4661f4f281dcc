using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ical.Net;
using Microsoft.EntityFrameworkCore;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;
using Rapport.Tests.Updates;

namespace Rapport.Tests.Commitments;

/// <summary>What a member answers for, in their own calendar.</summary>
public sealed class CalendarTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Fact]
    public async Task A_calendar_program_reads_what_its_member_answers_for_and_is_not_sent_the_same_twice()
    {
        var (client, nobody, by) = (await Rapport.SignedInAsync(Roles.Manager), Rapport.Client(), await Rapport.ActorAsync(Roles.Manager));
        Assert.Null(await LinkAsync(client));
        var link = await MadeAsync(client);
        Assert.Equal(link, await LinkAsync(client));
        var person = await PersonAsync("Cal, Endar; Ltd", "cal@calendar.example");
        var friday = await Rapport.InDatabaseAsync(async db => (await db.CalendarAsync(Ct)).EndOfBusiness(new(2026, 11, 27))!.Value);
        var at = new DateTimeOffset(2026, 11, 25, 13, 30, 0, TimeSpan.Zero);
        var drawings = await PromiseAsync(by, person, "Send drawings, rev C; both\nhalves 🚢 — and a long word list that does not fit into seventy-five octets ÄÖÜ ÄÖÜ ÄÖÜ", new Due(friday.AddHours(-8), friday, DuePrecision.Day, "by Friday"));
        var order = await PromiseAsync(by, person, "Send the purchase order", new Due(at, at, DuePrecision.Minute, "Wednesday 14:30"), Side.TheirsToUs);
        await PromiseAsync(by, person, "Think about it", null);
        await PromiseAsync(await Rapport.ActorAsync(Roles.Member), person, "Somebody else's", new Due(at, at, DuePrecision.Minute, ""));

        using var answer = await nobody.GetAsync(link, Ct);
        Assert.Equal((HttpStatusCode.OK, "text/calendar"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        var events = Calendar.Load(text)!.Events.ToDictionary(e => e.Uid!);
        Assert.Equal(new[] { drawings.ToString(), order.ToString() }.Order(), events.Keys.Order());
        var day = events[drawings.ToString()];
        Assert.True(day.IsAllDay);
        Assert.Equal(new DateOnly(2026, 11, 27), day.Start!.Date);
        Assert.StartsWith("Send drawings, rev C; both\nhalves 🚢", day.Summary, StringComparison.Ordinal);
        Assert.EndsWith(" · for Cal, Endar; Ltd", day.Summary, StringComparison.Ordinal);
        Assert.EndsWith($"/commitments/{drawings}", day.Url!.ToString(), StringComparison.Ordinal);
        Assert.Equal((at.UtcDateTime.AddMinutes(-15), at.UtcDateTime), (events[order.ToString()].Start!.AsUtc, events[order.ToString()].End!.AsUtc));

        // Asked again, also later, nothing is sent: nothing changed.
        Rapport.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.NotModified, (await AgainAsync(nobody, link, answer.Headers.ETag!)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nobody.SendAsync(new(HttpMethod.Head, link), Ct)).StatusCode);
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(drawings, Proof.OnMyWord, by, Ct)));
        using var after = await AgainAsync(nobody, link, answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal([order.ToString()], Calendar.Load(await after.Content.ReadAsStringAsync(Ct))!.Events.Select(e => e.Uid!));
    }

    [Fact]
    public async Task What_is_due_by_the_end_of_a_day_elsewhere_stands_at_its_moment()
    {
        var (client, by) = (await Rapport.SignedInAsync(Roles.Owner), await MeAsync());
        var link = await MadeAsync(client);
        var tokyo = new DateTimeOffset(2026, 12, 4, 17, 0, 0, TimeSpan.FromHours(9));
        var id = await PromiseAsync(by, await PersonAsync("Jun Elsewhere", "jun@elsewhere.example"), "Send the sample", new Due(tokyo.AddHours(-8), tokyo, DuePrecision.Day, "by Friday"));
        var found = Calendar.Load(await Rapport.Client().GetStringAsync(link, Ct))!.Events.Single(e => e.Uid == id.ToString());
        Assert.False(found.IsAllDay);
        Assert.Equal(tokyo.UtcDateTime, found.End!.AsUtc);
    }

    [Fact]
    public async Task A_link_that_was_ended_or_replaced_or_made_up_or_whose_member_left_reads_nothing()
    {
        var (client, nobody) = (await Rapport.SignedInAsync(Roles.Administrator), Rapport.Client());
        var first = await MadeAsync(client);
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync(first, Ct)).StatusCode);
        var second = await MadeAsync(client);
        Assert.NotEqual(first, second);
        foreach (var gone in new[] { first, second.Replace("/calendar/", "/calendar/A", StringComparison.Ordinal), second[..^6] + "A" + second[^5..], "/calendar/x.ics" })
            Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync(gone, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/api/calendar-link", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync(second, Ct)).StatusCode);

        var third = await MadeAsync(client);
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync(third, Ct)).StatusCode);
        var leaves = (await Rapport.ActorAsync(Roles.Administrator)).Id;
        await Rapport.InDatabaseAsync(async db =>
        {
            (await db.MemberAsync(leaves, Ct))!.Leave(Rapport.Clock.GetUtcNow());
            return await db.SaveAsync(Actor.Rapport, Ct);
        });
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync(third, Ct)).StatusCode);
    }

    private async Task<CommitmentId> PromiseAsync(Actor by, PartyId with, string words, Due? due, Side side = Side.OursToThem)
    {
        var made = await WithAsync<MakeCommitment, Result<CommitmentId>>(d => d.RunAsync(new(side, words, with, due), by, Ct));
        Assert.True(made.Succeeded(out var id, out var refusal), refusal?.Message);
        return id;
    }

    private static async Task<string?> LinkAsync(HttpClient client) => (await client.GetFromJsonAsync<JsonElement>("/api/calendar-link", Ct)).GetProperty("url").GetString() is { } url ? new Uri(url).AbsolutePath : null;

    private static async Task<string> MadeAsync(HttpClient client)
    {
        using var made = await client.PutAsync("/api/calendar-link", null, Ct);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        return (await LinkAsync(client))!;
    }

    private static Task<HttpResponseMessage> AgainAsync(HttpClient client, string link, EntityTagHeaderValue seen)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.IfNoneMatch.Add(seen);
        return client.SendAsync(request, Ct);
    }
}
