using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Sending;

/// <summary>What is in doubt is settled by a word that is known, and by no other.</summary>
public sealed class SettlePageTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Theory]
    [InlineData("lost", "Say what became of it", DispatchState.Unknown)]
    [InlineData("", "Say what became of it", DispatchState.Unknown)]
    [InlineData("arrived", "Noted: it arrived.", DispatchState.Delivered)]
    [InlineData("left", "Left at that.", DispatchState.Failed)]
    public async Task Only_a_word_that_is_known_settles_a_mail_in_doubt(string how, string said, DispatchState then)
    {
        var me = await Rapport.ActorAsync(Roles.Owner);
        var box = await MailboxAsync(me, $"settle-{how}");
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new($"settle-{how}@ours.example", server, server), me, Ct)));
        var mail = (await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, "kim@settle.example", "Offer", "Here it is."), me, Ct))).Value.Interaction;
        await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == mail).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Unknown), Ct));

        var browser = await Rapport.SignedInAsync(Roles.Owner);
        await browser.SubmitAsync("/outgoing", $"/do/mails/{mail}/settle", ("how", how));
        Assert.Contains(said, await browser.GetStringAsync("/outgoing", Ct), StringComparison.Ordinal);
        Assert.Equal(then, await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == mail).Select(d => d.State).SingleAsync(Ct)));
    }

    [Fact]
    public async Task What_did_not_arrive_stands_among_outgoing_mail_until_somebody_settles_it_and_an_address_that_takes_none_is_not_sent_to_again()
    {
        var me = await Rapport.ActorAsync(Roles.Owner);
        var box = await MailboxAsync(me, "settle-stands");
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new("settle-stands@ours.example", server, server), me, Ct)));
        var mail = (await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, "kim@stands.example, una@stands.example", "Offer", "Here it is."), me, Ct))).Value.Interaction;
        await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == mail).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.HandedOver), Ct));
        var about = await Rapport.InDatabaseAsync(db => db.Set<OutgoingMail>().Where(m => m.Interaction == mail).Select(m => m.MessageId).SingleAsync(Ct));
        await TakeAsync(box, me, new TestMail("stands-b", "Mail Delivery System <MAILER-DAEMON@relay.example>") { Subject = "Undelivered Mail Returned to Sender", Date = Rapport.Clock.GetUtcNow(), Text = $"This is the mail system.\n\nFinal-Recipient: rfc822; kim@stands.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <{about}>\nTo: kim@stands.example\n" });
        await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Interaction == mail && d.Recipient == "una@stands.example").ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Failed), Ct));

        var browser = await Rapport.SignedInAsync(Roles.Owner);
        var page = await browser.GetStringAsync("/outgoing", Ct);
        Assert.Contains("Leave it at that for kim@stands.example", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Send again to kim@stands.example", page, StringComparison.Ordinal);
        Assert.Contains("Send again to una@stands.example", page, StringComparison.Ordinal);
        var refusal = await WithAsync<SettleDispatch, Refusal?>(d => d.SendAgainAsync(mail, "kim@stands.example", me, Ct));
        Assert.Equal("recipient.suppressed", refusal?.Code);
        Assert.Contains("nobody is reached at this address", refusal!.Message, StringComparison.Ordinal);

        foreach (var one in new[] { "kim", "una" }) Assert.Null(await WithAsync<SettleDispatch, Refusal?>(d => d.LeaveAsync(mail, $"{one}@stands.example", me, Ct)));
        Assert.DoesNotContain("@stands.example", await browser.GetStringAsync("/outgoing", Ct), StringComparison.Ordinal);
        Assert.Null(await WithAsync<SettleDispatch, Refusal?>(d => d.SendAgainAsync(mail, "una@stands.example", me, Ct)));
    }
}
