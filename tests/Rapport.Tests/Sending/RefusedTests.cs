using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel.Database;
using Rapport.Tests.Mailboxes;
using Waiting = Rapport.Tests.Mailboxes.Waiting;

namespace Rapport.Tests.Sending;

/// <summary>What does not arrive is known of the address, said to who sent it, and comes home.</summary>
public sealed class RefusedTests(RapportFixture rapport) : ProductTests(rapport), IAsyncLifetime
{
    private Sender sender = null!;

    public async ValueTask InitializeAsync() => sender = await Sender.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>(), await Rapport.ActorAsync(Roles.Owner));

    public ValueTask DisposeAsync() => sender.DisposeAsync();

    [Fact]
    public async Task Whom_a_server_refuses_by_name_is_marked_as_by_a_bounce_and_stands_on_Today_of_the_sender_until_settled()
    {
        var refuses = true;
        await using var server = new FakeOutgoing { Instead = async (said, talk) => refuses && said.StartsWith("RCPT TO:<gone@", StringComparison.Ordinal) && await SaidAsync(talk, "550 5.1.1 no such user here") };
        var box = await sender.ConnectAsync(server.Sending);
        var mail = await sender.SendAsync(box, "gone@refuses.example, here@refuses.example");
        await sender.UntilAsync(mail, rows => rows.Select(r => r.State).SequenceEqual([DispatchState.Failed, DispatchState.HandedOver]), "one was refused");
        Assert.Equal(SuppressionReason.Gone, (await SuppressedAsync("gone@refuses.example"))?.Reason);
        Assert.Null(await SuppressedAsync("here@refuses.example"));
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var (message, _) = (await sender.Node.WithAsync<ConversationDetails, (MessageDetail, ConversationId)?>(d => d.MessageAsync(mail, owner, Ct)))!.Value;
        Assert.Equal(("gone@refuses.example", AddressNews.Hard, "nobody is reached at this address"), message.Undelivered is [var one] ? (one.Address, one.News, one.Reason) : default);
        Assert.Equal("recipient.suppressed", (await sender.Node.WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, "gone@refuses.example", "Again", "Again."), owner, Ct))).Refusal?.Code);

        Assert.Contains(await TodayAsync(owner), r => r.Interaction == mail && r.Recipient == "gone@refuses.example");
        Assert.DoesNotContain(await TodayAsync(await Rapport.ActorAsync(Roles.Administrator)), r => r.Interaction == mail);
        Assert.Null(await sender.Node.WithAsync<SettleDispatch, Refusal?>(d => d.LeaveAsync(mail, "gone@refuses.example", owner, Ct)));
        Assert.DoesNotContain(await TodayAsync(owner), r => r.Interaction == mail);
        Assert.Contains("no such user", (await sender.RowsAsync(mail))[0].Said, StringComparison.Ordinal);

        // It goes through after all: then nothing is said of the address any more.
        refuses = false;
        Assert.Null(await sender.Node.WithAsync<SettleDispatch, Refusal?>(d => d.SendAgainAsync(mail, "gone@refuses.example", owner, Ct)));
        await sender.UntilAsync(mail, rows => rows.All(r => r.State == DispatchState.HandedOver), "it went out");
        Assert.Null(await SuppressedAsync("gone@refuses.example"));
    }

    [Theory]
    [InlineData("450 4.2.1 greylisted, come again", "", DispatchState.Queued)]
    [InlineData("450 4.2.1 greylisted, come again", ", beside@idn.example", DispatchState.Queued)]
    [InlineData("550 5.1.1 no such user here", ", beside@idn.example", DispatchState.Failed)]
    public async Task What_a_server_says_of_an_address_with_other_letters_in_its_domain_is_said_of_it(string answer, string beside, DispatchState then)
    {
        var first = true;
        await using var server = new FakeOutgoing { Instead = async (said, talk) => first && said.StartsWith("RCPT TO:<ana@xn--bcher-kva.example>", StringComparison.Ordinal) && await SaidAsync(talk, answer) };
        var mail = await sender.SendAsync(await sender.ConnectAsync(server.Sending), $"ana@bücher.example{beside}");
        await sender.UntilAsync(mail, rows => rows.All(r => r.Attempts > 0 && r.State is not DispatchState.Claimed), "all were tried");
        var rows = await sender.RowsAsync(mail);
        Assert.Equal((then, answer), (rows[0].State, rows[0].Said));
        Assert.All(rows.Skip(1), r => Assert.Equal(DispatchState.HandedOver, r.State));
        if (then != DispatchState.Queued) return;

        first = false;
        await sender.HurryAsync(mail);
        await sender.UntilAsync(mail, all => all.All(r => r.State == DispatchState.HandedOver), "it went out");
        Assert.Equal(beside.Length == 0 ? 1 : 2, server.Taken.Count);
    }

    [Theory]
    [InlineData("RCPT", "550 5.7.1 Service unavailable, client host is blocked by a block list", true)]
    [InlineData(".", "554 5.7.1 Message rejected as spam", true)]
    [InlineData("MAIL", "550 5.1.0 no such sender", false)]
    public async Task What_is_refused_of_us_alarms_administrators_and_marks_nobody(string at, string answer, bool alarms)
    {
        await using var server = new FakeOutgoing { Instead = async (said, talk) => said.StartsWith(at, StringComparison.Ordinal) && await SaidAsync(talk, answer) };
        var address = $"kim@policy-{answer.Length}.example";
        var mail = await sender.SendAsync(await sender.ConnectAsync(server.Sending), address);
        await sender.UntilAsync(mail, DispatchState.Failed);
        Assert.Null(await SuppressedAsync(address));
        Assert.Equal(alarms, await sender.Node.InDatabaseAsync(db => db.Set<AddressReport>().AnyAsync(r => r.Interaction == mail && r.News == AddressNews.Policy, Ct)));
        var refused = await sender.Node.WithAsync<RapportDb, PolicyRefusals?>(db => db.PolicyRefusalsAsync(TimeProvider.System, Ct));
        Assert.Equal(alarms, refused?.Domains.Contains($"policy-{answer.Length}.example") == true);
    }

    [Theory]
    [InlineData("450 4.7.1 try again later", DispatchState.Queued)]
    [InlineData("452 4.3.1 insufficient system storage", DispatchState.Queued)]
    [InlineData("530 5.7.0 authentication required", DispatchState.Queued)]
    [InlineData("550 5.1.0 no such sender", DispatchState.Failed)]
    public async Task What_is_said_of_the_sender_is_said_to_no_recipient_although_each_was_named_ahead_of_it(string answer, DispatchState state)
    {
        await using var server = new FakeOutgoing { Instead = async (said, talk) => said.StartsWith("MAIL", StringComparison.Ordinal) && await SaidAsync(talk, answer) };
        var mail = await sender.SendAsync(await sender.ConnectAsync(server.Sending), "jane@sender.example, kim@sender.example");
        await sender.UntilAsync(mail, all => all.All(r => r.Attempts == 1), "it was tried");
        var rows = await sender.RowsAsync(mail);
        Assert.All(rows, row => Assert.Equal(state, row.State));
        Assert.All(rows, row => Assert.Contains(answer[4..], row.Said, StringComparison.Ordinal));
        Assert.False(await sender.Node.InDatabaseAsync(db => db.Set<AddressReport>().AnyAsync(r => r.Interaction == mail, Ct)));
    }

    [Fact]
    public async Task A_bounce_that_quotes_nothing_comes_home_by_the_signed_sender_of_the_envelope()
    {
        var from = new TaskCompletionSource<string>();
        await using var dovecot = await Dovecot.StartAsync();
        await using var server = new FakeOutgoing
        {
            Instead = (said, _) =>
            {
                if (said.StartsWith("MAIL FROM:<", StringComparison.Ordinal)) from.TrySetResult(said[11..said.IndexOf('>', StringComparison.Ordinal)]);
                return Task.FromResult(false);
            },
        };
        var box = await sender.ConnectAsync(server.Sending, dovecot.Reading("verp"));
        var owner = await Rapport.ActorAsync(Roles.Owner);
        Assert.Null(await sender.Node.WithAsync<ChangeOutbox, Refusal?>(d => d.RunAsync(box, new("", "", false, null, true, MarksEnvelopeSender: true), owner, Ct)));
        var mail = await sender.SendAsync(box, "gone@verp.example");
        var marked = await from.Task.WaitAsync(TimeSpan.FromSeconds(60), Ct);
        Assert.Matches(@"^out\d+\+r1[a-z2-7]{4}\.[a-z2-7]{16}\.[a-z2-7]{16}@harbourline\.example$", marked);
        await sender.UntilAsync(mail, DispatchState.HandedOver);

        await dovecot.DeliverAsync("verp", new NewMail("test", Encoding.UTF8.GetBytes($"From: Mail Delivery System <MAILER-DAEMON@mx.verp.example>\r\nTo: {marked}\r\nSubject: Undelivered Mail Returned to Sender\r\nDate: {TimeProvider.System.GetUtcNow():R}\r\nMessage-ID: <bare-bounce@mx.verp.example>\r\nAuto-Submitted: auto-replied\r\nContent-Type: text/plain\r\n\r\nI am sorry to say that your message could not be delivered.\r\n\r\n<gone@verp.example>: host mx.verp.example said: 550 5.1.1 User unknown\r\n")));
        await sender.UntilAsync(mail, DispatchState.Failed);
        await Waiting.UntilAsync(async () => (await SuppressedAsync("gone@verp.example"))?.Reason == SuppressionReason.Gone, "the address is marked");
        var both = await sender.Node.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId == "bare-bounce@mx.verp.example" || i.Id == mail).Select(i => i.Conversation).ToListAsync(Ct));
        Assert.Equal((2, both[0]), (both.Count, both[^1]));
    }

    private Task<IReadOnlyList<DispatchRow>> TodayAsync(Actor by) => sender.Node.WithAsync<TodayQueries, IReadOnlyList<DispatchRow>>(async q => (await q.RunAsync(by, Ct)).Undelivered);

    private async Task<Suppression?> SuppressedAsync(string address) => (await sender.Node.InDatabaseAsync(db => db.SuppressedAsync([address], Ct))).GetValueOrDefault(address);

    private static async Task<bool> SaidAsync(FakeServer.Talk talk, string answer)
    {
        await talk.SayAsync(answer);
        return true;
    }
}
