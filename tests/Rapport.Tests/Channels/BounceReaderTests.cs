using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsCheck;
using Rapport.Channels.Mail;
using Rapport.Tests.Customers;

namespace Rapport.Tests.Channels;

public class BounceReaderTests
{
    private const int HangsBeyond = 30;
    private const string Daemon = "From: Mail Delivery System <MAILER-DAEMON@relay.example.com>\nTo: ada@ours.example\nSubject: Undelivered Mail Returned to Sender\n";

    [Fact]
    public void A_report_says_of_each_recipient_what_became_of_it_and_which_mail_it_is_about()
    {
        var mail = Read(Report(
            """
            Reporting-MTA: dns; relay.example.com
            Arrival-Date: Mon, 2 Nov 2026 09:00:00 +0000

            Final-Recipient: rfc822; gone@example.com
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 <gone@example.com>: Recipient
              address rejected: User unknown

            Original-Recipient: rfc822;full@example.com
            Final-Recipient: rfc822;mailbox17@store.example.com
            Action: failed
            Status: 5.2.2
            Diagnostic-Code: smtp; 552 5.2.2 Over quota

            Final-Recipient: rfc822; slow@example.com
            Action: delayed
            Status: 4.4.1

            Final-Recipient: rfc822; there@example.com
            Action: delivered
            Status: 2.0.0
            """));
        Assert.Equal(
            [
                new("gone@example.com", "5.1.1", BounceKind.Hard, "550 5.1.1 <gone@example.com>: Recipient address rejected: User unknown"),
                new("full@example.com", "5.2.2", BounceKind.Soft, "552 5.2.2 Over quota"),
                new("slow@example.com", "4.4.1", BounceKind.Delayed, ""),
            ], mail.Bounces);
        Assert.Equal("offer-7@ours.example", mail.About);
        Assert.Null(mail.Complaint);
        Assert.True(mail.Automatic);
        Assert.False(mail.MayAutoAnswer);
    }

    [Theory]
    [InlineData("550 5.1.1 User unknown", BounceKind.Hard)]
    [InlineData("550 5.4.1 Recipient address rejected: Access denied", BounceKind.Hard)]
    [InlineData("550 This user doesn't have an example.com account (ada) [-5]", BounceKind.Hard)]
    [InlineData("556 5.1.10 Recipient address has null MX", BounceKind.Hard)]
    [InlineData("550 Requested action not taken: mailbox unavailable", BounceKind.Hard)]
    [InlineData("550 5.5.0 Adresse destinataire invalide", BounceKind.Hard)]
    [InlineData("550 5.1.2 Host unknown (Name server: example.com: host not found)", BounceKind.Hard)]
    [InlineData("450 4.4.3 Host or domain name not found. Name service error: try again", BounceKind.Soft)]
    [InlineData("552 sorry, that mailbox is over quota (#5.1.1)", BounceKind.Soft)]
    [InlineData("421 4.4.2 Connection timed out", BounceKind.Soft)]
    [InlineData("525 5.7.13 Disabled recipient address", BounceKind.Soft)]
    [InlineData("550 5.2.1 The account is disabled", BounceKind.Soft)]
    [InlineData("550 5.7.26 Unauthenticated email from ours.example is not accepted due to DMARC", BounceKind.Policy)]
    [InlineData("554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using a list", BounceKind.Policy)]
    [InlineData("550 5.1.1 IP address blacklisted by recipient", BounceKind.Policy)]
    [InlineData("501 5.1.8 Sender address rejected", BounceKind.Policy)]
    [InlineData("552 5.3.4 Message size exceeds fixed limit", BounceKind.Policy)]
    [InlineData("421 4.7.0 Messages from 192.0.2.7 temporarily deferred due to user complaints", BounceKind.Policy)]
    [InlineData("550 5.0.0 <spam@example.com>: see https://example.com/blacklist/user-unknown", BounceKind.Unknown)]
    [InlineData("554 Transaction failed", BounceKind.Unknown)]
    public void Words_decide_where_the_code_misleads(string said, BounceKind kind) => Assert.Equal(kind, Assert.Single(Read(Report($"Final-Recipient: rfc822; x@example.com\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; {said}")).Bounces).Kind);

    [Theory]
    [InlineData("qmail", "Hi. This is the qmail-send program at relay.example.com.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<gone@example.com>:\n192.0.2.7 does not like recipient.\nRemote host said: 550 5.1.1 No such user\nGiving up on 192.0.2.7.\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <offer-7@ours.example>\nTo: gone@example.com\n")]
    [InlineData("Exim", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. The following address(es) failed:\n\n  gone@example.com\n    SMTP error from remote mail server after RCPT TO:<gone@example.com>:\n    host mx.example.com [192.0.2.7]: 550 5.1.1 User unknown\n\n------ This is a copy of the message, including all the headers. ------\n\nTo: gone@example.com\nMessage-ID: <offer-7@ours.example>\n")]
    [InlineData("Postfix", "I'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\nFor further assistance, please send mail to help@relay.example.com\n\n<gone@example.com>: host mx.example.com[192.0.2.7] said: 550 5.1.1 User\n    unknown (in reply to RCPT TO command)\n\n-- Original message --\nMessage-ID: <offer-7@ours.example>\n")]
    [InlineData("Exchange", "Your message did not reach some or all of the intended recipients.\n\n      Subject: Offer\n      Sent: 02.11.2026 09:00\n\nThe following recipient(s) could not be reached:\n\n      gone@example.com on 02.11.2026 09:01\n            The e-mail account does not exist at the organization this message was sent to.\n            < mx.example.com #5.1.1>\n\nOriginal message headers:\n\nMessage-ID: <offer-7@ours.example>\n")]
    [InlineData("Outlook", "Delivery has failed to these recipients or groups:\n\nGone (gone@example.com)\nThe email address you entered couldn't be found.\n\nDiagnostic information for administrators:\n\nGenerating server: mx.example.com\n\ngone@example.com\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'\n\nOriginal message headers:\n\nMessage-ID: <offer-7@ours.example>\n")]
    [InlineData("Yahoo", "Sorry, we were unable to deliver your message to the following address.\n\n<gone@example.com>:\n554: delivery error: This user doesn't have an example.com account\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <offer-7@ours.example>\n")]
    [InlineData("Gmail", "Delivery to the following recipient failed permanently:\n\n     gone@example.com\n\nTechnical details of permanent failure:\nThe error that the other server returned was:\n550 550 5.1.1 <gone@example.com>... User Unknown (state 14).\n\n----- Original message -----\n\nMessage-ID: <offer-7@ours.example>\n")]
    [InlineData("sendmail of old", "   ----- Transcript of session follows -----\n550 gone@example.com... User unknown\n\n   ----- Unsent message follows -----\nMessage-ID: <offer-7@ours.example>\nTo: gone@example.com\n")]
    [InlineData("German", "Ihre Nachricht konnte nicht zugestellt werden (unzustellbar):\n\n<gone@example.com>:\nEmpfänger unbekannt\n\n--- Original message follows.\nMessage-ID: <offer-7@ours.example>\n")]
    [InlineData("nothing but what came back", "This mail is undeliverable: user unknown.\n\n----- Original message -----\nMessage-ID: <offer-7@ours.example>\nTo: gone@example.com\n")]
    public void A_notice_for_people_is_read_as_well(string system, string text)
    {
        var mail = Read($"{Daemon}X-System: {system.Replace(' ', '-')}\nContent-Type: text/plain; charset=utf-8\n\n{text}");
        var bounce = Assert.Single(mail.Bounces);
        Assert.Equal(("gone@example.com", BounceKind.Hard), (bounce.Recipient, bounce.Kind));
        Assert.Equal("offer-7@ours.example", mail.About);
    }

    [Fact]
    public void Several_recipients_of_a_notice_have_reasons_of_their_own()
    {
        var bounces = Read(Daemon + "\nUnable to deliver your message to:\n\n<gone@example.com>:\n550 5.1.1 No such user\n\n<full@example.com>:\n552 5.2.2 Mailbox full\n\n--- Below this line is a copy of the message.\n\nTo: all@example.com\n").Bounces;
        Assert.Equal([("gone@example.com", BounceKind.Hard), ("full@example.com", BounceKind.Soft)], bounces.Select(b => (b.Recipient, b.Kind)));
    }

    [Fact]
    public void A_delay_is_no_failure_in_words_either()
    {
        var bounce = Assert.Single(Read("From: MAILER-DAEMON@relay.example.com\nTo: ada@ours.example\nSubject: Warning: message delayed 24 hours\n\nThe message has not yet been delivered to:\n\n  slow@example.com\n\nNo action is required on your part. Delivery attempts will continue.\n").Bounces);
        Assert.Equal(("slow@example.com", BounceKind.Delayed), (bounce.Recipient, bounce.Kind));
    }

    [Theory]
    [InlineData("From: gone@example.com\nSubject: Automatic reply: Offer\nAuto-Submitted: auto-replied\nReturn-Path: <>\n\nI am away. Your mail could not be delivered to me, write to bob@example.com.")]
    [InlineData("From: gone@example.com\nSubject: Out of office\nX-Auto-Response-Suppress: All\n\nI am out until Monday.")]
    [InlineData("From: Bob <bob@example.com>\nSubject: Fwd: Undelivered Mail\n\nLook what I got: <ada@example.com>: 550 5.1.1 User unknown")]
    [InlineData("From: no-reply@parcels.example\nSubject: Your parcel could not be delivered\n\nWe could not deliver your parcel to ada@ours.example.")]
    [InlineData("From: postmaster@example.com\nSubject: Delivered\n\nYour message was delivered to bob@example.com.")]
    [InlineData("From: bob@example.com\nSubject: Read: Offer\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nYour message was read.\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; bob@example.com\nDisposition: manual-action; displayed\n--b--\n")]
    public void What_is_no_bounce_is_not_read_as_one(string raw) => Assert.Empty(Read(raw).Bounces);

    [Fact]
    public void A_complaint_says_of_what_and_to_whom_the_mail_had_gone()
    {
        var mail = Read("From: fbl@example.com\nSubject: FW: Offer\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nThis is an abuse report.\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: Example/1\nOriginal-Rcpt-To: <cross@example.com>\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <offer-7@ours.example>\nTo: hidden@example.com\n\nHello\n--b--\n");
        Assert.Equal(new Complaint("abuse", "cross@example.com"), mail.Complaint);
        Assert.Empty(mail.Bounces);
        Assert.Equal("offer-7@ours.example", mail.About);
    }

    [Fact]
    public void A_report_that_lost_its_boundaries_is_read_from_its_text()
    {
        var mail = Read($"{Daemon}Content-Type: multipart/report; report-type=delivery-status; boundary=lost\n\nIt could not be delivered.\n\nFinal-Recipient: RFC822; <gone@example.com>\nAction: failed\nStatus: 5.1.1\n\nMessage-ID: <offer-7@ours.example>\nTo: gone@example.com\n");
        var bounce = Assert.Single(mail.Bounces);
        Assert.Equal(("gone@example.com", "5.1.1", BounceKind.Hard), (bounce.Recipient, bounce.Status, bounce.Kind));
        Assert.Contains("It could not be delivered.", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_recipients_are_read_and_of_more_than_a_mail_has_only_the_first()
    {
        Assert.Equal(1_000, Read(Report(Recipients(1_000))).Bounces.Count);
        Assert.Equal(5_000, Read(Report(Recipients(40_000))).Bounces.Count);
        Assert.Equal(1_000, Read(Daemon + "\nUndeliverable:\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"<x{i}@example.com>: 550 5.1.1 User unknown\n")))).Bounces.Count);
    }

    [Fact]
    public void Of_a_report_within_a_report_only_the_outer_one_counts()
    {
        var raw = Report("Final-Recipient: rfc822; inner@example.com\nAction: failed\nStatus: 5.1.1");
        for (var i = 0; i < 60; i++) raw = Report($"Final-Recipient: rfc822; outer{i}@example.com\nAction: failed\nStatus: 5.1.1", raw);
        Assert.Equal("outer59@example.com", Assert.Single(Read(raw).Bounces).Recipient);
    }

    [Theory]
    [InlineData("<x@example.com>: 5.1.1 ")]
    [InlineData("to: a@b ")]
    [InlineData("original message ")]
    [InlineData("5.5.5.5.5.5 550-550-")]
    [InlineData("@@@@@@@@@@@@@@@@")]
    [InlineData("does not have a a a a ")]
    [InlineData("Status: 5.0.0\n ")]
    public void Whatever_is_repeated_in_a_notice_costs_time_in_proportion_only(string bit)
    {
        var text = string.Concat(Enumerable.Repeat(bit, 4_000_000 / bit.Length));
        var clock = Stopwatch.StartNew();
        _ = Read(Daemon + "\nUndeliverable\n" + text);
        _ = Read(Report("Final-Recipient: rfc822; x@example.com\nAction: failed\nDiagnostic-Code: smtp; " + text));
        _ = Read($"{Daemon}X-Failed-Recipients: {text.Replace("\n", " ", StringComparison.Ordinal)}\n\nFailed");
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, HangsBeyond);
    }

    [Fact]
    public void Reading_a_report_never_throws()
    {
        // What reading throws would be caught and called unreadable: that has no Message-ID.
        string[] bits = ["Final-Recipient: ", "rfc822;", "Action: failed", "Action: delivered", "Status: 5", ".1.1", "Diagnostic-Code: ", "\n", "\n\n", " ", "<", ">", "@", "a@example.com", ":", ";", "|", "/", "\0", "\ud800", "550 ", "--b\n", "--b--\n", "Content-Type: message/delivery-status\n\n", "Content-Type: message/rfc822\n\n", "Content-Type: message/feedback-report\n\n", "Feedback-Type: abuse", "--- Original message follows.", "user unknown", "é", "日本", "\r", "\t", "          "];
        var heads = new[] { Daemon + "\n", Daemon + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n", Daemon + "X-Failed-Recipients: a@example.com, x@example.com\n\n" };
        Gen.Select(Gen.Int[0, heads.Length - 1].Select(i => heads[i]), Gen.Int[0, bits.Length - 1].Select(i => bits[i]).Array[0, 80]).Sample((head, some) => Read(head + string.Concat(some)) is { MessageId.Length: > 0 } mail && mail.Bounces.All(b => b.Recipient.Length > 0), iter: 2_000);
        Gen.Byte.Array[0, 2_000].Sample(bytes => MailReader.Read([.. Encoding.UTF8.GetBytes(heads[1] + "Content-Type: message/delivery-status\n\nFinal-Recipient: "), .. bytes], At).MessageId.Length > 0, iter: 500);
    }

    [Fact]
    public async Task Inspecting_shows_bounces_and_complaint_as_the_format_says()
    {
        using var files = new TempFiles();
        var file = files.Write("gone.eml", Encoding.UTF8.GetBytes(Report("Final-Recipient: rfc822; gone@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 User unknown")));
        await using var output = new StringWriter();
        await InspectMail.RunAsync([file], output, TestContext.Current.CancellationToken);
        Assert.Contains("\"bounces\":[{\"recipient\":\"gone@example.com\",\"status\":\"5.1.1\",\"kind\":\"hard\",\"diagnostic\":\"550 User unknown\"}],\"complaint\":null", output.ToString(), StringComparison.Ordinal);
    }

    private static readonly DateTimeOffset At = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private static ReadMail Read(string raw) => MailReader.Read(Encoding.UTF8.GetBytes(raw), At);

    private static string Recipients(int count) => string.Join("\n\n", Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"Final-Recipient: rfc822; x{i}@example.com\nAction: failed\nStatus: 5.1.1")));

    private static string Report(string fields, string returned = "Message-ID: <offer-7@ours.example>\nTo: gone@example.com\nSubject: Offer\n\nHello\n")
    {
        var boundary = $"b{returned.Length}";
        return $"{Daemon}Content-Type: multipart/report; report-type=delivery-status; boundary={boundary}\n\n--{boundary}\nContent-Type: text/plain\n\nIt could not be delivered.\n\n--{boundary}\nContent-Type: message/delivery-status\n\n{fields}\n\n--{boundary}\nContent-Type: message/rfc822\n\n{returned}\n--{boundary}--\n";
    }
}
