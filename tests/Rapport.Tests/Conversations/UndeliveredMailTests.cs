using Microsoft.EntityFrameworkCore;
using Rapport.Channels.Mail;
using Rapport.Conversations;
using Rapport.Customers;

namespace Rapport.Tests.Conversations;

public sealed class UndeliveredMailTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task A_bounce_hangs_on_the_mail_it_answers_and_on_the_address_and_starts_nothing()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, new TestMail("hang-0", "Mika Korhonen <mika@hang.example>") { Date = Day(1), Text = "The crane is fine, thank you." }, Offer("hang-1", "mika@hang.example", Day(2)) with { InReplyTo = ["hang-0"] });
        var before = await ConversationOfAsync("hang-0");
        var contact = await LastContactAsync("mika@hang.example");
        await WithAsync<CloseConversation, Refusal?>(d => d.RunAsync(before.Id, Ada, Ct));

        await TakeAsync(box, Ada, Bounce("hang-b", "hang-1", "mika@hang.example", "550 5.1.1 User unknown", Day(3)));

        var after = await ConversationOfAsync("hang-b");
        Assert.Equal(before.Id, after.Id);
        Assert.Equal((ConversationState.Closed, null, false), (after.State, after.WaitingSince, after.Automatic));
        Assert.Equal(contact, await LastContactAsync("mika@hang.example"));
        var one = Assert.Single(await UndeliveredAsync("hang-1"));
        Assert.Equal(("mika@hang.example", AddressNews.Hard, "nobody is reached at this address", "5.1.1"), (one.Address, one.News, one.Reason, one.Status));
        Assert.NotNull(one.Report);
        Assert.Empty(await UndeliveredAsync("hang-0"));

        var point = await PointAsync("mika@hang.example");
        Assert.Equal((AddressNews.Hard, (DateTimeOffset?)Day(3), false, true), (point.Bounced, point.BouncedAt, point.DoNotUse, point.IsGone));
    }

    [Fact]
    public async Task A_bounce_that_came_before_its_mail_meets_it_when_it_comes()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, Bounce("early-b", "early-1", "una@early.example", "552 5.2.2 Over quota", Day(3)));
        Assert.True((await ConversationOfAsync("early-b")).Automatic);
        await TakeAsync(box, Ada, Offer("early-1", "Una Early <una@early.example>", Day(2)));
        Assert.Equal((await ConversationOfAsync("early-1")).Id, (await ConversationOfAsync("early-b")).Id);
        Assert.Equal("their mailbox is full", Assert.Single(await UndeliveredAsync("early-1")).Reason);
        Assert.False((await PointAsync("una@early.example")).IsGone);
    }

    [Fact]
    public async Task What_they_write_later_clears_a_bounce_and_what_they_wrote_before_does_not()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada,
            new TestMail("clear-0", "Rune Dahl <rune@clear.example>") { Date = Day(1) }, Offer("clear-1", "rune@clear.example", Day(2)), Bounce("clear-b", "clear-1", "rune@clear.example", "550 5.1.1 User unknown", Day(3)));
        Assert.NotNull((await PointAsync("rune@clear.example")).Bounced);
        await TakeAsync(box, Ada, new TestMail("clear-v", "Rune Dahl <rune@clear.example>") { Date = Day(4), Subject = "Automatic reply: Offer", Text = "I am away.", More = ["Auto-Submitted: auto-replied"] });
        Assert.NotNull((await PointAsync("rune@clear.example")).Bounced);
        await TakeAsync(box, Ada, new TestMail("clear-2", "Rune Dahl <rune@clear.example>") { Date = Day(5), Text = "We are back." });
        Assert.Null((await PointAsync("rune@clear.example")).Bounced);
        // The message itself did not arrive, whatever came after.
        Assert.Single(await UndeliveredAsync("clear-1"));
    }

    [Fact]
    public async Task A_delay_marks_nobody_and_ends_when_the_mail_arrives()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada, Offer("slow-1", "Tor Vik <tor@slow.example>", Day(2)), Bounce("slow-d", "slow-1", "tor@slow.example", "421 4.4.1 Connection timed out", Day(3), "delayed"));
        Assert.Equal(AddressNews.Delayed, Assert.Single(await UndeliveredAsync("slow-1")).News);
        Assert.Null((await PointAsync("tor@slow.example")).Bounced);
        await TakeAsync(box, Ada, Bounce("slow-a", "slow-1", "tor@slow.example", "250 2.0.0 OK", Day(4), "delivered"));
        Assert.Empty(await UndeliveredAsync("slow-1"));
    }

    [Fact]
    public async Task Pages_say_in_plain_words_who_was_not_reached_and_who_may_have_left()
    {
        var box = await MailboxAsync(Ada);
        await TakeAsync(box, Ada,
            new TestMail("left-0", "Sif Lind <sif@left.example>") { Date = Day(1) }, Offer("left-1", "sif@left.example", Day(2)),
            new TestMail("left-v", "Sif Lind <sif@left.example>") { Date = Day(3), Subject = "Automatic reply: Offer", Text = "Thank you. I no longer work at Left Ferries. Write to info@left.example.", More = ["Auto-Submitted: auto-replied"], InReplyTo = ["left-1"] },
            Bounce("left-b", "left-1", "sif@left.example", "550 5.1.1 User unknown", Day(4)));
        var browser = await Rapport.SignedInAsync(Roles.Owner);
        var href = $"/parties/{await PersonAsync("sif@left.example")}";
        var page = await browser.GetStringAsync(href, Ct);
        Assert.Contains("They may have left", page, StringComparison.Ordinal);
        Assert.Contains("I no longer work at Left Ferries.", page, StringComparison.Ordinal);
        Assert.Contains("Nothing is sent there any more.", page, StringComparison.Ordinal);
        Assert.Contains("The mail that says it is not yours to read.", page, StringComparison.Ordinal);

        await TakeAsync(box, Ada, new TestMail("left-2", "Sif Lind <sif@left.example>") { Date = Day(5), Text = "I came back." });
        Assert.DoesNotContain("They may have left", await browser.GetStringAsync(href, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_what_was_not_ours_to_see_is_not_linked()
    {
        var (theirs, shared) = (await MailboxAsync(Ben), await MailboxAsync(Ada));
        await TakeAsync(shared, Ada, Offer("link-1", "Ola Link <ola@link.example>", Day(2)));
        await TakeAsync(theirs, Ben, Bounce("link-b", "link-1", "ola@link.example", "550 5.1.1 User unknown", Day(3)));
        Assert.Null(Assert.Single(await UndeliveredAsync("link-1")).Report);
    }

    private static DateTimeOffset Day(int day) => RapportFixture.Monday.AddDays(-20 + day);

    private static TestMail Offer(string id, string to, DateTimeOffset at) => new(id, "Ada Berg <ada@ours.example>", to) { Subject = "Our offer", Text = "Here is our offer.", Date = at, Sent = true };

    private static TestMail Bounce(string id, string about, string recipient, string said, DateTimeOffset at, string action = "failed") => new(id, "Mail Delivery System <MAILER-DAEMON@relay.example>")
    {
        Subject = "Undelivered Mail Returned to Sender",
        Date = at,
        Text = $"This is the mail system.\n\nFinal-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {said.Split(' ')[1]}\nDiagnostic-Code: smtp; {said}\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <{about}>\nTo: {recipient}\n",
    };

    private async Task<DateTimeOffset?> LastContactAsync(string address)
    {
        var person = await PersonAsync(address);
        return await Rapport.InDatabaseAsync(db => db.Set<Person>().Where(p => p.Id == person).Select(p => p.LastContactAt).SingleAsync(Ct));
    }

    private async Task<IReadOnlyList<Undelivered>> UndeliveredAsync(string messageId)
    {
        var id = await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == messageId).Select(i => i.Id).SingleAsync(Ct));
        return (await WithAsync<ConversationDetails, (MessageDetail Message, ConversationId)?>(d => d.MessageAsync(id, Ada, Ct)))!.Value.Message.Undelivered;
    }

    private async Task<ContactPointRow> PointAsync(string address)
    {
        var person = await PersonAsync(address);
        return (await WithAsync<PartyDetails, PartyDetail?>(d => d.FindAsync(person, Ct)))!.ContactPoints.Single(c => c.Value == address);
    }
}
