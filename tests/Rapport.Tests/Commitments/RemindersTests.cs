using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests.Updates;

namespace Rapport.Tests.Commitments;

/// <summary>What is due is gathered into one mail a day for each member, sent once, within business hours on their own clock (V12), and stands on Today.</summary>
public sealed class RemindersTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Theory]
    [InlineData(Weight.Small, 20, 0)]
    [InlineData(Weight.Normal, 20, 2)]
    [InlineData(Weight.Normal, 6, 1)]
    [InlineData(Weight.Normal, 1, 0)]
    [InlineData(Weight.Serious, 20, 5)]
    [InlineData(Weight.Serious, 6, 2)]
    [InlineData(Weight.Serious, 2, 1)]
    public void The_more_hangs_on_it_and_the_longer_it_is_known_the_earlier_one_is_reminded(Weight weight, int lead, int ahead) => Assert.Equal(ahead, ReminderRule.Ahead(weight, lead));

    [Fact]
    public async Task One_mail_a_day_names_what_is_late_due_today_and_soon_and_neither_a_second_run_nor_a_second_node_sends_it_again()
    {
        var (me, day) = (await Rapport.ActorAsync(Roles.Member), await StartAsync(await BoxAsync("daily")));
        var nora = await PersonAsync("Nora Daily", "nora@daily.example");
        await PromiseAsync("Grease the late winch", nora, day.AddHours(1), me);
        await PromiseAsync("Paint the buoy today", nora, day.AddDays(1).AddHours(7), me);
        await PromiseAsync("Launch the serious ship", nora, day.AddDays(2).AddHours(3), me, Weight.Serious);
        await PromiseAsync("Sweep a small quay", nora, day.AddDays(2).AddHours(3), me, Weight.Small);
        Rapport.Clock.SetUtcNow(day.AddDays(1));
        await Task.WhenAll(RemindAsync(), RemindAsync());
        await RemindAsync();

        var mail = Assert.Single(await MailsAsync(me));
        Assert.Equal("Promises: 1 late, 1 due today, 1 soon", mail.Subject);
        foreach (var words in new[] { "Late: keep it, or tell them now", "Grease the late winch, to Nora Daily, was due", "Due today", "Paint the buoy today", "Soon", "Launch the serious ship", "https://rapport.example.com/commitments/", "https://rapport.example.com/settings/reminders" }) Assert.Contains(words, mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("small quay", mail.Text, StringComparison.Ordinal);

        // The next day it comes again, into the same conversation, where nothing is left to do.
        Rapport.Clock.SetUtcNow(day.AddDays(2));
        await RemindAsync();
        await RemindAsync();
        var both = await MailsAsync(me);
        Assert.Equal(2, both.Count);
        Assert.Single(both.Select(m => m.Conversation).Distinct());
        Assert.Equal(ConversationState.Closed, await Rapport.InDatabaseAsync(db => db.Set<Conversation>().Where(c => c.Id == mail.Conversation).Select(c => c.State).SingleAsync(Ct)));
        Assert.Equal(2, await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.Recipient == SignedInClients.EmailOf(Roles.Member), Ct)));

        // What is long over is forgotten; the next mail follows the last one all the same.
        await Rapport.InDatabaseAsync(db => db.Set<DailyReminder>().Where(r => r.Member == me.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Day, r => r.Day.AddDays(-140)), Ct));
        await PromiseAsync("Caulk the hull", nora, day.AddDays(3).AddHours(7), me);
        Rapport.Clock.SetUtcNow(day.AddDays(3));
        await RemindAsync();
        Assert.Equal([DateOnly.FromDateTime(day.AddDays(3).UtcDateTime)], await Rapport.InDatabaseAsync(db => db.Set<DailyReminder>().Where(r => r.Member == me.Id).Select(r => r.Day).ToListAsync(Ct)));
        Assert.Single((await MailsAsync(me)).Append(mail).Select(m => m.Conversation).Distinct());
    }

    [Fact]
    public async Task It_comes_in_business_hours_on_ones_own_clock_on_working_days_and_not_to_who_wants_none()
    {
        var (me, other, day) = (await Rapport.ActorAsync(Roles.Manager), await Rapport.ActorAsync(Roles.Administrator), await StartAsync(await BoxAsync("daily")));
        var tokyo = await Rapport.SignedInAsync(Roles.Manager);
        Assert.True((await tokyo.PutAsJsonAsync("/api/me", new { name = me.Name, zone = "Asia/Tokyo", theme = "system" }, Ct)).IsSuccessStatusCode);
        var nora = await PersonAsync("Nora Clock", "nora@clock.example");
        await PromiseAsync("Ring the bell", nora, day.AddDays(10), me);
        await PromiseAsync("Ring the other bell", nora, day.AddDays(10), other);
        Assert.Null(await WithAsync<SetReminders, Refusal?>(d => d.WantAsync(false, other, Ct)));

        // Saturday; then Monday, before nine in Tokyo; then after.
        var saturday = new DateTimeOffset(day.AddDays(12).Date, TimeSpan.Zero);
        foreach (var (at, count) in new[] { (saturday.AddHours(3), 0), (saturday.AddDays(1).AddHours(23), 0), (saturday.AddDays(2).AddHours(1), 1) })
        {
            Rapport.Clock.SetUtcNow(at);
            await RemindAsync();
            Assert.Equal(count, (await MailsAsync(me)).Count);
        }
        Rapport.Clock.SetUtcNow(saturday.AddDays(2).AddHours(10));
        await RemindAsync();
        Assert.Empty(await MailsAsync(other));
        Assert.Null(await WithAsync<SetReminders, Refusal?>(d => d.WantAsync(true, other, Ct)));
        await RemindAsync();
        Assert.Single(await MailsAsync(other));
    }

    [Fact]
    public async Task Whom_the_owner_named_is_told_when_it_is_late_by_mail_and_on_Today_and_not_before()
    {
        var (me, boss, day) = (await MeAsync(), await Rapport.ActorAsync(Roles.Reader | Roles.Manager), await StartAsync(await BoxAsync("daily")));
        var id = await PromiseAsync("Repair the crane", await PersonAsync("Nora Named", "nora@named.example"), day.AddDays(1).AddHours(3), me);
        async Task<string?> Name(MemberId? to, Actor by) => (await WithAsync<NameForEscalation, Refusal?>(d => d.RunAsync(id, to, by, Ct)))?.Code;
        Assert.Equal("commitment.escalate-self", await Name(me.Id, me));
        Assert.Equal("commitment.not-yours", await Name(boss.Id, await Rapport.ActorAsync(Roles.Member)));
        Assert.Null(await Name(boss.Id, me));
        Rapport.Clock.SetUtcNow(day.AddDays(1));
        Assert.DoesNotContain(await TodayAsync(boss), l => l.Promise.Id == id);
        Rapport.Clock.SetUtcNow(day.AddDays(2));
        Assert.Equal(Nearness.Escalated, Assert.Single(await TodayAsync(boss), l => l.Promise.Id == id).Nearness);
        await RemindAsync();
        var mail = (await MailsAsync(boss))[^1];
        Assert.Contains("Late, and you were named for that case", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"Repair the crane, to Nora Named, was due", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"({me.Name} answers for it)", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_chooses_the_mailbox_and_each_says_for_themselves_whether_they_want_it()
    {
        var (box, administrator, reader) = (await BoxAsync("daily"), await Rapport.SignedInAsync(Roles.Owner), await Rapport.SignedInAsync(Roles.Member));
        await administrator.SubmitAsync("/settings/reminders", "/do/reminders/mailbox", ("mailbox", box.ToString()));
        Assert.Contains("You get it.", await reader.GetStringAsync("/settings/reminders", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("For everybody", await reader.GetStringAsync("/settings/reminders", Ct), StringComparison.Ordinal);
        await reader.SubmitAsync("/settings/reminders", "/do/reminders/wanted", ("wanted", "false"));
        Assert.Contains("You get none.", await reader.GetStringAsync("/settings/reminders", Ct), StringComparison.Ordinal);
        await reader.SubmitAsync("/settings/reminders", "/do/reminders/wanted", ("wanted", "true"));
        Assert.Equal("reminders.settings", (await WithAsync<SetReminders, Refusal?>(async d => await d.FromAsync(null, "", await Rapport.ActorAsync(Roles.Member), Ct)))?.Code);
        var own = await MailboxAsync(await MeAsync(), "my own");
        Assert.Equal("reminders.mailbox", (await WithAsync<SetReminders, Refusal?>(async d => await d.FromAsync(own, "", await MeAsync(), Ct)))?.Code);
        var day = await (await Rapport.TokenClientAsync(TokenScope.Read)).GetFromJsonAsync<JsonElement>("/api/commitments/day", Ct);
        Assert.Equal(JsonValueKind.Array, day.GetProperty("lines").ValueKind);
    }

    /// <summary>Ten in the morning in Berlin on a Monday that no other test has used.</summary>
    private async Task<DateTimeOffset> StartAsync(MailboxId box)
    {
        Assert.Null(await WithAsync<SetReminders, Refusal?>(async d => await d.FromAsync(box, "https://rapport.example.com", await MeAsync(), Ct)));
        var day = RapportFixture.Monday;
        while (day <= Rapport.Clock.GetUtcNow()) day = day.AddDays(7);
        Rapport.Clock.SetUtcNow(day);
        return day;
    }

    private Task RemindAsync() => Rapport.InScopeAsync(services => ActivatorUtilities.CreateInstance<RemindMembers>(services).RunAsync(Ct));

    private async Task<CommitmentId> PromiseAsync(string words, PartyId with, DateTimeOffset due, Actor by, Weight weight = Weight.Normal) =>
        (await WithAsync<MakeCommitment, Result<CommitmentId>>(d => d.RunAsync(new(Side.OursToThem, words, with, new(due, due, DuePrecision.Minute, "then"), Weight: weight), by, Ct))).Value;

    private Task<List<Interaction>> MailsAsync(Actor to) => Rapport.InDatabaseAsync(db => (from r in db.Set<DailyReminder>() where r.Member == to.Id join i in db.Set<Interaction>() on r.Interaction equals i.Id orderby r.Day select i).AsNoTracking().ToListAsync(Ct));

    private Task<IReadOnlyList<PromiseLine>> TodayAsync(Actor by) => WithAsync<PromisedToday, IReadOnlyList<PromiseLine>>(d => d.RunAsync(BusinessCalendar.Standard(TimeZoneInfo.Utc), new HashSet<CommitmentId>(), by, Ct));
}
