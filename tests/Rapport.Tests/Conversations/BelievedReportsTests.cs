using System.Text;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Tests.Conversations;

/// <summary>Which reports count: those about a mail that we did send there (V7). Everybody else's are kept and change nothing.</summary>
public sealed class BelievedReportsTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private DateTimeOffset Now => Rapport.Clock.GetUtcNow();

    [Fact]
    public async Task A_bounce_of_a_signed_mail_counts_for_whom_it_went_to_and_for_nobody_else()
    {
        var (box, mail) = await SendAsync("signed", "una@signed.example");
        await TakeAsync(box, Ada, Bounce("signed-b", mail.Id, "una@signed.example"), Bounce("signed-c", mail.Id, "victim@signed.example"));
        Assert.Equal(SuppressionReason.Gone, await WhyAsync("una@signed.example"));
        Assert.Null(await WhyAsync("victim@signed.example"));
        Assert.Equal([("una@signed.example", AddressNews.Hard), ("victim@signed.example", AddressNews.Unproven)], (await UndeliveredAsync(mail.Interaction)).Select(u => (u.Address, u.News)));
    }

    [Fact]
    public async Task A_bounce_that_anybody_could_have_written_is_kept_and_changes_nothing()
    {
        var box = await MailboxAsync(Ada, "forged");
        await TakeAsync(box, Ada, new TestMail("forged-0", "Kim Foss <kim@forged.example>"), new TestMail("forged-1", "Ada Berg <ada@ours.example>", "kim@forged.example") { Subject = "Made up" },
            Bounce("forged-b", "forged-1", "kim@forged.example"), Bounce("forged-c", "nobody-knows@elsewhere.example", "kim@forged.example") with { Date = Now.AddMinutes(-1) });
        Assert.Equal(2, await Rapport.InDatabaseAsync(db => db.Set<AddressReport>().CountAsync(r => r.Address == "kim@forged.example" && r.News == AddressNews.Unproven, Ct)));
        Assert.True((await ConversationOfAsync("forged-c")).Automatic);
        Assert.Null(await WhyAsync("kim@forged.example"));
        var party = await PersonAsync("kim@forged.example");
        Assert.Null((await WithAsync<PartyDetails, PartyDetail?>(d => d.FindAsync(party, Ct)))!.ContactPoints.Single().Bounced);
        Assert.Empty(await Rapport.InDatabaseAsync(db => db.SignsOfLeavingAsync(["kim@forged.example"], Ct)));
        Assert.DoesNotContain("They may have left", await (await Rapport.SignedInAsync(Roles.Owner)).GetStringAsync($"/parties/{party}", Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, SuppressionReason.Gone)]
    [InlineData(true, null)]
    public async Task A_bounce_counts_once_what_went_out_by_another_program_is_read_unless_they_wrote_since(bool wrote, SuppressionReason? then)
    {
        var name = $"late{wrote}".ToLowerInvariant();
        var box = await MailboxAsync(Ada, name);
        await TakeAsync(box, Ada, Bounce($"{name}-b", $"{name}-1", $"kim@{name}.example") with { Date = Now.AddDays(-3) });
        if (wrote) await TakeAsync(box, Ada, new TestMail($"{name}-2", $"Kim <kim@{name}.example>") { Date = Now.AddDays(-2) });
        Assert.Null(await WhyAsync($"kim@{name}.example"));
        await TakeAsync(box, Ada, new TestMail($"{name}-1", "Ada Berg <ada@ours.example>", $"kim@{name}.example") { Subject = "From another program", Date = Now.AddDays(-4), Sent = true });
        Assert.Equal(then, await WhyAsync($"kim@{name}.example"));
    }

    [Fact]
    public async Task A_report_that_a_mail_arrived_ends_nothing_unless_it_is_about_a_mail_of_ours()
    {
        var (box, mail) = await SendAsync("arrived", "ole@arrived.example");
        await TakeAsync(box, Ada, Bounce("arrived-b", mail.Id, "ole@arrived.example"));
        Assert.Equal(SuppressionReason.Gone, await WhyAsync("ole@arrived.example"));
        Rapport.Clock.Advance(TimeSpan.FromDays(30));
        await TakeAsync(box, Ada, Bounce("arrived-c", "made-up@elsewhere.example", "ole@arrived.example", "250 2.0.0 OK", "delivered"));
        Assert.Equal(SuppressionReason.Gone, await WhyAsync("ole@arrived.example"));
        Rapport.Clock.Advance(TimeSpan.FromDays(1));
        await TakeAsync(box, Ada, Bounce("arrived-d", mail.Id, "ole@arrived.example", "250 2.0.0 OK", "delivered"));
        Assert.Null(await WhyAsync("ole@arrived.example"));
    }

    [Theory]
    [InlineData(1, true, AddressNews.Unknown)]
    [InlineData(24 * 6, true, AddressNews.Unknown)]
    [InlineData(24 * 8, true, AddressNews.Unproven)]
    [InlineData(-24, true, AddressNews.Unproven)]
    [InlineData(1, false, AddressNews.Unproven)]
    public async Task A_bounce_that_names_no_mail_is_told_of_whom_its_mailbox_wrote_to_within_the_week_before_and_closes_no_address(int hours, bool sameBox, AddressNews told)
    {
        var address = $"kai@lately{hours + 500}{sameBox}.example".ToLowerInvariant();
        var (box, mail) = await SendAsync($"lately{hours}{sameBox}", address);
        var at = Now.AddHours(hours);
        if (hours > 0) Rapport.Clock.Advance(TimeSpan.FromHours(hours));
        await TakeAsync(sameBox ? box : await MailboxAsync(Ada, "lately-other"), Ada, Bounce($"lately{hours}{sameBox}-b", "", address) with { Date = at });
        Assert.Equal(told, await Rapport.InDatabaseAsync(db => db.Set<AddressReport>().Where(r => r.Address == address).Select(r => r.News).SingleAsync(Ct)));
        Assert.Null(await WhyAsync(address));
        Assert.Empty(await Rapport.InDatabaseAsync(db => db.SignsOfLeavingAsync([address], Ct)));
        // The same report counts where it says of which mail.
        await TakeAsync(box, Ada, Bounce($"lately{hours}{sameBox}-c", mail.Id, address));
        Assert.Equal(SuppressionReason.Gone, await WhyAsync(address));
    }

    [Fact]
    public async Task A_complaint_and_an_arrival_that_name_no_mail_change_nothing_of_whom_was_written_to_lately()
    {
        var (box, mail) = await SendAsync("nameless", "una@nameless.example");
        await ComplainAsync(box, "abuse", "Original-Rcpt-To: <una@nameless.example>\r\n", "", "una@nameless.example");
        Assert.Equal(AddressNews.Unproven, await Rapport.InDatabaseAsync(db => db.Set<AddressReport>().Where(r => r.Address == "una@nameless.example").Select(r => r.News).SingleAsync(Ct)));
        Assert.Null(await WhyAsync("una@nameless.example"));
        await TakeAsync(box, Ada, Bounce("nameless-b", mail.Id, "una@nameless.example"));
        Rapport.Clock.Advance(TimeSpan.FromHours(1));
        await TakeAsync(box, Ada, Bounce("nameless-c", "", "una@nameless.example", "250 2.0.0 OK", "delivered"));
        Assert.Equal(SuppressionReason.Gone, await WhyAsync("una@nameless.example"));
    }

    [Fact]
    public async Task A_bounce_that_names_no_mail_hangs_on_the_only_one_that_went_there_lately_and_on_none_of_several()
    {
        var (box, first) = await SendAsync("only", "ole@only.example");
        await TakeAsync(box, Ada, Bounce("only-b", "", "ole@only.example"));
        Assert.Equal(DispatchState.Failed, await StateAsync(first.Interaction));
        var shown = Assert.Single(await UndeliveredAsync(first.Interaction));
        Assert.Equal((AddressNews.Unknown, "a report that does not say of which mail says that nobody is reached at this address"), (shown.News, shown.Reason));
        Assert.Contains(await WithAsync<DispatchQueries, IReadOnlyList<DispatchRow>>(q => q.UnsettledAsync(50, Ada, Ct)), r => r.Interaction == first.Interaction);
        Assert.Null(await WhyAsync("ole@only.example"));

        var (several, one) = await SendAsync("both", "ole@both.example");
        var two = await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(several, "ole@both.example", "Again", "Again."), Ada, Ct));
        await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == two.Value.Interaction).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.HandedOver), Ct));
        await TakeAsync(several, Ada, Bounce("both-b", "", "ole@both.example"));
        Assert.Null(await WhyAsync("ole@both.example"));
        Assert.Equal((DispatchState.HandedOver, DispatchState.HandedOver), (await StateAsync(one.Interaction), await StateAsync(two.Value.Interaction)));
    }

    [Fact]
    public async Task A_bounce_without_a_readable_reason_says_that_the_mail_did_not_arrive_and_marks_nobody()
    {
        var (box, mail) = await SendAsync("unclear", "eli@unclear.example, pia@unclear.example");
        await TakeAsync(box, Ada, Bounce("unclear-b", mail.Id, "eli@unclear.example", "554 5.0.0 Transaction failed"), Bounce("unclear-d", mail.Id, "pia@unclear.example", "421 4.4.1 Connection timed out", "delayed") with { Date = Now.AddMinutes(-1) });
        var rows = await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == mail.Interaction).OrderBy(d => d.Recipient).Select(d => new { d.State, d.Said }).ToListAsync(Ct));
        Assert.Equal([(DispatchState.Failed, "554 5.0.0 Transaction failed"), (DispatchState.HandedOver, "Delayed: 421 4.4.1 Connection timed out")], rows.Select(r => (r.State, r.Said)));
        Assert.Null(await WhyAsync("eli@unclear.example"));
        Assert.Contains(await WithAsync<DispatchQueries, IReadOnlyList<DispatchRow>>(q => q.UnsettledAsync(50, Ada, Ct)), r => r.Interaction == mail.Interaction && r.Recipient == "eli@unclear.example");
        Assert.Equal([("eli@unclear.example", "it came back without saying why"), ("pia@unclear.example", "it is not there yet, and still tried")], (await UndeliveredAsync(mail.Interaction)).Select(u => (u.Address, u.Reason)));
    }

    [Theory]
    [InlineData("abuse", true)]
    [InlineData("Fraud", true)]
    [InlineData("virus", true)]
    [InlineData("opt-out", true)]
    [InlineData("auth-failure", false)]
    [InlineData("not-spam", false)]
    [InlineData("other", false)]
    public async Task Only_who_does_not_want_such_mail_is_not_written_to_any_more(string type, bool counts)
    {
        var address = $"una@{type}.example".ToLowerInvariant();
        var (box, mail) = await SendAsync($"type-{type}", address);
        await ComplainAsync(box, type, $"Original-Rcpt-To: <{address}>\r\n", mail.Id, address);
        Assert.Equal(counts ? SuppressionReason.Complaint : null, await WhyAsync(address));
    }

    [Theory]
    [InlineData("", "undisclosed-recipients:;")]
    [InlineData("Original-Rcpt-To: x8Tyz0@hidden1.example\r\n", "x8Tyz0@hidden1.example")]
    public async Task A_complaint_that_conceals_who_complains_is_theirs_to_whom_alone_the_mail_had_gone(string field, string to)
    {
        var name = field.Length == 0 ? "hidden0" : "hidden1";
        var (box, mail) = await SendAsync(name, $"lea@{name}.example");
        await ComplainAsync(box, "abuse", field, mail.Id, to);
        Assert.Equal(SuppressionReason.Complaint, await WhyAsync($"lea@{name}.example"));
    }

    [Fact]
    public async Task Of_a_mail_to_several_a_concealed_complaint_is_nobodys_and_a_made_up_one_never_counts()
    {
        var (box, mail) = await SendAsync("several", "lea@several.example, ida@several.example");
        await ComplainAsync(box, "abuse", "", mail.Id, "lea@several.example, ida@several.example");
        await ComplainAsync(box, "abuse", "Original-Rcpt-To: <victim@several.example>\r\n", "made-up@elsewhere.example", "victim@several.example");
        foreach (var who in new[] { "lea", "ida", "victim" }) Assert.Null(await WhyAsync($"{who}@several.example"));
    }

    private TestMail Bounce(string id, string about, string recipient, string said = "550 5.1.1 User unknown", string action = "failed") => new(id, "Mail Delivery System <MAILER-DAEMON@relay.example>")
    {
        Subject = "Undelivered Mail Returned to Sender",
        Date = Now,
        Text = $"This is the mail system.\n\nFinal-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {said.Split(' ')[1]}\nDiagnostic-Code: smtp; {said}\n{(about.Length == 0 ? "" : $"\n--- Below this line is a copy of the message.\n\nMessage-ID: <{about}>\nTo: {recipient}\n")}",
    };

    private async Task ComplainAsync(MailboxId box, string type, string field, string about, string to)
    {
        var raw = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"From: fbl@provider.example\r\nTo: ada@ours.example\r\nSubject: FW: {about}\r\nDate: {Now:ddd, dd MMM yyyy HH:mm:ss} +0000\r\nMessage-ID: <{type}-{about}>\r\n")
            + $"Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\n\r\nThis is a report.\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: {type}\r\nUser-Agent: Example/1\r\n{field}--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{about}>\r\nTo: {to}\r\n\r\nHello\r\n--b--\r\n";
        var taken = await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(box, [new NewMail("complaint", Encoding.UTF8.GetBytes(raw))], Ada, Ct));
        Assert.Equal(1, taken.Value.Read);
    }

    private async Task<(MailboxId Box, (string Id, InteractionId Interaction) Mail)> SendAsync(string name, string to)
    {
        var box = await MailboxAsync(Ada, name);
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new($"{name}@ours.example".ToLowerInvariant(), server, server), Ada, Ct)));
        var sent = await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, to, $"Offer {name}", "Here is our offer."), Ada, Ct));
        Assert.True(sent.Succeeded(out var mail, out var refusal), refusal?.Message);
        return await Rapport.InDatabaseAsync(async db =>
        {
            await db.Set<Dispatch>().Where(d => d.Interaction == mail.Interaction).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.HandedOver), Ct);
            return (box, (await db.Set<OutgoingMail>().Where(m => m.Interaction == mail.Interaction).Select(m => m.MessageId).SingleAsync(Ct), mail.Interaction));
        });
    }

    private Task<DispatchState> StateAsync(InteractionId mail) => Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == mail).Select(d => d.State).SingleAsync(Ct));

    private async Task<SuppressionReason?> WhyAsync(string address) => (await Rapport.InDatabaseAsync(db => db.SuppressedAsync([address], Ct))).Values.SingleOrDefault()?.Reason;

    private async Task<IReadOnlyList<Undelivered>> UndeliveredAsync(InteractionId id) => (await WithAsync<ConversationDetails, (MessageDetail Message, ConversationId)?>(d => d.MessageAsync(id, Ada, Ct)))!.Value.Message.Undelivered;
}
