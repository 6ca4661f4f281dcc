using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Tests.Conversations;

/// <summary>To which addresses nothing is sent, why, and how that ends (V7, U9).</summary>
public sealed class SuppressionTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Theory]
    [InlineData("550 5.1.1 User unknown", SuppressionReason.Gone)]
    [InlineData("552 5.2.2 Over quota", null)]
    [InlineData("550 5.7.26 Unauthenticated mail is not accepted due to the domain's DMARC policy", null)]
    public async Task Only_what_comes_back_for_good_marks_an_address(string said, SuppressionReason? reason)
    {
        var box = await MailboxAsync(Ada);
        var address = $"kai@s{said[4..9].Replace(".", "", StringComparison.Ordinal).Trim()}.example";
        await TakeAsync(box, Ada, Offer(address), Bounce(address, said, 3));
        Assert.NotNull((await PointAsync(address)).Bounced);
        Assert.Equal(reason, (await SuppressedAsync(address.ToUpperInvariant()))?.Reason);
    }

    [Fact]
    public async Task What_arrives_or_is_heard_later_ends_it_and_what_came_before_does_not()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, Offer("ole@later.example"), new TestMail("later-0", "Ole <ole@later.example>") { Date = Day(2) }, Bounce("ole@later.example", "550 5.1.1 User unknown", 3));
        Assert.Equal(("nobody is reached at this address", (DateTimeOffset?)Day(3)), (await SuppressedAsync("ole@later.example")) is { } gone ? (gone.Words, gone.Since) : default);
        await TakeAsync(box, Ada, Bounce("ole@later.example", "250 2.0.0 OK", 5, "delivered"));
        Assert.Null(await SuppressedAsync("ole@later.example"));
        await TakeAsync(box, Ada, Bounce("ole@later.example", "550 5.1.1 User unknown", 6));
        Assert.NotNull(await SuppressedAsync("ole@later.example"));
        await TakeAsync(box, Ada, new TestMail("later-9", "Ole <ole@later.example>") { Date = Day(7) });
        Assert.Null(await SuppressedAsync("ole@later.example"));
    }

    [Fact]
    public async Task Whoever_complained_is_not_written_to_until_a_member_says_so()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, Offer("pia@complains.example"));
        await ComplainAsync(box, "pia@complains.example", 3);
        await TakeAsync(box, Ada, new TestMail("complains-2", "Pia <pia@complains.example>") { Date = Day(4) });
        Assert.Equal(SuppressionReason.Complaint, (await SuppressedAsync("pia@complains.example"))?.Reason);
        var (party, point) = await WhereAsync("pia@complains.example");
        Assert.Null(await WithAsync<LiftSuppression, Refusal?>(d => d.RunAsync(party, point, Ada, Ct)));
        Assert.Null(await SuppressedAsync("pia@complains.example"));
        Assert.Equal("suppression.none", (await WithAsync<LiftSuppression, Refusal?>(d => d.RunAsync(party, point, Ada, Ct)))?.Code);
    }

    [Fact]
    public async Task What_a_member_lifted_counts_again_when_it_is_reported_anew_or_taken_back()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, Offer("una@again.example"), Bounce("una@again.example", "550 5.1.1 User unknown", 3));
        var (party, point) = await WhereAsync("una@again.example");
        Assert.Null(await WithAsync<LiftSuppression, Refusal?>(d => d.RunAsync(party, point, Ada, Ct)));
        Assert.Null(await SuppressedAsync("una@again.example"));
        Assert.Null(await WithAsync<LiftSuppression, Refusal?>(d => d.UndoAsync(party, point, Ada, Ct)));
        Assert.NotNull(await SuppressedAsync("una@again.example"));
        Assert.Null(await WithAsync<LiftSuppression, Refusal?>(d => d.RunAsync(party, point, Ada, Ct)));
        await TakeAsync(box, Ada, Bounce("una@again.example", "550 5.1.1 User unknown", 5));
        Assert.NotNull(await SuppressedAsync("una@again.example"));
    }

    [Fact]
    public async Task What_somebody_asked_for_is_not_lifted_by_the_way()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, Offer("ben@asked.example"));
        Assert.Null(await SuppressedAsync("ben@asked.example"));
        var (party, point) = await WhereAsync("ben@asked.example");
        Assert.Null(await WithAsync<ChangeContactPoint, Refusal?>(d => d.RunAsync(party, point, new(null, false, DoNotUse: true), Ada, Ct)));
        Assert.Equal(SuppressionReason.Asked, (await SuppressedAsync("ben@asked.example"))?.Reason);
        Assert.Equal("suppression.asked", (await WithAsync<LiftSuppression, Refusal?>(d => d.RunAsync(party, point, Ada, Ct)))?.Code);
    }

    [Fact]
    public async Task By_the_page_and_the_api_it_is_seen_and_lifted()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, Offer("eli@page.example"), Bounce("eli@page.example", "550 5.1.1 User unknown", 3));
        var (party, point) = await WhereAsync("eli@page.example");
        var browser = await Rapport.SignedInAsync(Roles.Member);
        Assert.Contains("Nothing is sent there any more.", await browser.GetStringAsync($"/parties/{party}", Ct));
        Assert.Equal(HttpStatusCode.Found, (await browser.SubmitAsync($"/parties/{party}", $"/do/parties/{party}/contact-points/{point}/send-again")).StatusCode);
        var page = await browser.GetStringAsync($"/parties/{party}", Ct);
        Assert.Contains("bounced", page);
        Assert.DoesNotContain("Nothing is sent there any more.", page);

        var api = await Rapport.TokenClientAsync(TokenScope.Write);
        const string asked = "/api/suppressions?address=ELI@page.example&address=other@page.example";
        Assert.Equal(0, (await api.GetFromJsonAsync<JsonElement>(asked, Ct)).GetArrayLength());
        Assert.Equal(HttpStatusCode.NoContent, (await api.PutAsync($"/api/parties/{party}/contact-points/{point}/suppression", null, Ct)).StatusCode);
        Assert.Equal("gone", (await api.GetFromJsonAsync<JsonElement>(asked, Ct))[0].GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await api.DeleteAsync($"/api/parties/{party}/contact-points/{point}/suppression", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await api.DeleteAsync($"/api/parties/{party}/contact-points/{point}/suppression", Ct)).StatusCode);
    }

    [Fact]
    public async Task When_servers_refuse_us_administrators_are_told_and_nobody_else()
    {
        var box = await MailboxAsync(Ada);
        var owner = await Rapport.SignedInAsync(Roles.Owner);
        Assert.DoesNotContain("refused within the last week", await owner.GetStringAsync("/", Ct));
        await TakeAsync(box, Ada, Offer("old@policy.example"), Bounce("old@policy.example", "550 5.7.1 Message rejected as spam by content filter", 3));
        Assert.DoesNotContain("refused within the last week", await owner.GetStringAsync("/", Ct));

        await TakeAsync(box, Ada, Offer("mia@policy.example"), Bounce("mia@policy.example", "550 5.7.26 Unauthenticated mail is not accepted due to the domain's DMARC policy", 19));
        var today = await owner.GetStringAsync("/", Ct);
        Assert.Contains("A mail of ours was refused within the last week as not welcome by policy.example (last 5.7.26)", today);
        Assert.DoesNotContain("mia@policy.example", today);
        Assert.DoesNotContain("refused within the last week", await (await Rapport.SignedInAsync(Roles.Member)).GetStringAsync("/", Ct));
        Assert.Equal("policy.example", (await owner.GetFromJsonAsync<JsonElement>("/api/policy-refusals", Ct)).GetProperty("domains")[0].GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Rapport.SignedInAsync(Roles.Member)).GetAsync("/api/policy-refusals", Ct)).StatusCode);

        await TakeAsync(box, Ada, new TestMail("policy-9", "Mia <mia@policy.example>") { Date = Day(20) });
        Assert.DoesNotContain("refused within the last week", await owner.GetStringAsync("/", Ct));
        Assert.Equal(HttpStatusCode.NoContent, (await owner.GetAsync("/api/policy-refusals", Ct)).StatusCode);
    }

    private static DateTimeOffset Day(int day) => RapportFixture.Monday.AddDays(-20 + day).AddHours(-1);

    private static TestMail Offer(string to) => new($"offer-{to}", "Ada Berg <ada@ours.example>", to) { Subject = "Our offer", Text = "Here is our offer.", Date = Day(1), Sent = true };

    private static TestMail Bounce(string recipient, string said, int day, string action = "failed") => new($"bounce-{day}-{recipient}", "Mail Delivery System <MAILER-DAEMON@relay.example>")
    {
        Subject = "Undelivered Mail Returned to Sender",
        Date = Day(day),
        Text = $"This is the mail system.\n\nFinal-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {said.Split(' ')[1]}\nDiagnostic-Code: smtp; {said}\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <offer-{recipient}>\nTo: {recipient}\n",
    };

    private async Task ComplainAsync(MailboxId box, string recipient, int day)
    {
        var raw = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"From: fbl@provider.example\r\nTo: ada@ours.example\r\nSubject: FW: Our offer\r\nDate: {Day(day):ddd, dd MMM yyyy HH:mm:ss} +0000\r\nMessage-ID: <complaint-{recipient}>\r\n")
            + $"Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\n\r\nThis is an abuse report.\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: Example/1\r\nOriginal-Rcpt-To: <{recipient}>\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <offer-{recipient}>\r\nTo: {recipient}\r\n\r\nHello\r\n--b--\r\n";
        Assert.True((await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(box, [new NewMail("complaint", System.Text.Encoding.UTF8.GetBytes(raw))], Ada, Ct))).Succeeded(out _, out _));
    }

    private async Task<Suppression?> SuppressedAsync(string address) => (await Rapport.InDatabaseAsync(db => db.SuppressedAsync([address], Ct))).Values.SingleOrDefault();

    private Task<(PartyId, ContactPointId)> WhereAsync(string address) => Rapport.InDatabaseAsync(async db =>
    {
        var point = await db.Set<ContactPoint>().SingleAsync(c => c.Value == address, Ct);
        return (point.Party, point.Id);
    });

    private async Task<ContactPointRow> PointAsync(string address)
    {
        var party = await PersonAsync(address);
        return (await WithAsync<PartyDetails, PartyDetail?>(d => d.FindAsync(party, Ct)))!.ContactPoints.Single(c => c.Value == address);
    }
}
