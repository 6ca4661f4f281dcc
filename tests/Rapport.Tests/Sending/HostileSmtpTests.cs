using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Tests.Mailboxes;
using Waiting = Rapport.Tests.Mailboxes.Waiting;

namespace Rapport.Tests.Sending;

/// <summary>Servers that break off, refuse, put off and fall silent: what they cannot have is sent again, what they may have is not.</summary>
public sealed class HostileSmtpTests(RapportFixture rapport) : ProductTests(rapport), IAsyncLifetime
{
    // More than the machine takes off our hands before the other side has read it.
    private static readonly byte[] Large = new byte[12 * 1024 * 1024];

    private Sender sender = null!;

    public async ValueTask InitializeAsync() => sender = await Sender.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>(), await Rapport.ActorAsync(Roles.Owner));

    public ValueTask DisposeAsync() => sender.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    [InlineData("halfway")]
    public async Task A_line_that_breaks_before_the_end_of_a_mail_is_no_doubt_it_goes_out_with_the_next_one(string at)
    {
        var broke = false;
        await using var server = new FakeOutgoing
        {
            Instead = (said, _) =>
            {
                if (broke || !(at.Length == 0 || said.StartsWith(at, StringComparison.Ordinal))) return Task.FromResult(false);
                broke = true;
                throw new IOException("broken off");
            },
        };
        var mail = await sender.SendAsync(await sender.ConnectAsync(server.Sending), "jane@customer.example", text: "Line 1999", files: new WrittenFile("crane.bin", "application/octet-stream", Large));
        await Waiting.UntilAsync(async () => { await sender.HurryAsync(mail); return (await sender.RowsAsync(mail))[0].State == DispatchState.HandedOver; }, "it is out");
        Assert.True(broke);
        Assert.Single(server.Taken);
        Assert.Contains("Line 1999", server.Taken[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_breaks_after_the_end_leaves_it_in_doubt_and_it_is_never_sent_again_by_itself()
    {
        await using var server = new FakeOutgoing { Instead = (said, _) => said == "." ? throw new IOException("broken off") : Task.FromResult(false) };
        var box = await sender.ConnectAsync(server.Sending);
        var mail = await sender.SendAsync(box, "jane@customer.example");
        var row = await sender.UntilAsync(mail, DispatchState.Unknown);
        Assert.Contains("before it was confirmed", row.Said, StringComparison.Ordinal);

        // The next one goes out; that one does not.
        server.Instead = (_, _) => Task.FromResult(false);
        await sender.UntilAsync(await sender.SendAsync(box, "kim@customer.example", "Another"), DispatchState.HandedOver);
        Assert.Equal("Another", Assert.Single(server.Taken).Split('\n').Single(l => l.StartsWith("Subject: ", StringComparison.Ordinal))[9..]);

        // A person says so: then it does.
        var ada = await Rapport.ActorAsync(Roles.Owner);
        Assert.Null(await sender.Node.WithAsync<SettleDispatch, Refusal?>(d => d.SendAgainAsync(mail, "Jane@customer.example", ada, Ct)));
        await sender.UntilAsync(mail, DispatchState.HandedOver);
        Assert.Equal(2, server.Taken.Count);
        Assert.Equal("dispatch.settled", (await sender.Node.WithAsync<SettleDispatch, Refusal?>(d => d.SendAgainAsync(mail, "jane@customer.example", ada, Ct)))?.Code);
    }

    [Fact]
    public async Task Who_is_told_that_it_arrived_asks_no_more()
    {
        await using var server = new FakeOutgoing { Instead = (said, _) => said == "." ? throw new IOException("broken off") : Task.FromResult(false) };
        var mail = await sender.SendAsync(await sender.ConnectAsync(server.Sending), "jane@customer.example");
        await sender.UntilAsync(mail, DispatchState.Unknown);
        var ada = await Rapport.ActorAsync(Roles.Owner);
        var other = await Rapport.ActorAsync(Roles.Member);
        Assert.Equal("dispatch.missing", (await sender.Node.WithAsync<SettleDispatch, Refusal?>(d => d.ArrivedAsync(mail, "jane@customer.example", other, Ct)))?.Code);
        Assert.Null(await sender.Node.WithAsync<SettleDispatch, Refusal?>(d => d.ArrivedAsync(mail, "jane@customer.example", ada, Ct)));
        var row = Assert.Single(await sender.RowsAsync(mail));
        Assert.Equal((DispatchState.Delivered, ada.Id), (row.State, row.SettledBy!.Value));
    }

    [Theory]
    [InlineData("MAIL", "451 4.3.0 not now", DispatchState.Queued)]
    [InlineData("RCPT", "450 4.2.0 greylisted", DispatchState.Queued)]
    [InlineData("DATA", "421 4.3.2 going down", DispatchState.Queued)]
    [InlineData(".", "452 4.3.1 disk full", DispatchState.Queued)]
    [InlineData("MAIL", "550 5.7.1 not you", DispatchState.Failed)]
    [InlineData("RCPT", "550 5.1.1 no such user", DispatchState.Failed)]
    [InlineData(".", "554 5.7.1 spam", DispatchState.Failed)]
    public async Task A_refusal_is_final_by_five_and_comes_again_by_four(string at, string answer, DispatchState state)
    {
        await using var server = new FakeOutgoing { Instead = async (said, talk) => said.StartsWith(at, StringComparison.Ordinal) && await SaidAsync(talk, answer) };
        var mail = await sender.SendAsync(await sender.ConnectAsync(server.Sending), $"jane@{state}-{answer[..3]}-{at.Trim('.')}x.example".ToLowerInvariant());
        await sender.UntilAsync(mail, rows => rows[0].Attempts == 1, "it was tried");
        var row = Assert.Single(await sender.RowsAsync(mail));
        Assert.Equal(state, row.State);
        Assert.Contains(answer[(answer.IndexOf(' ', StringComparison.Ordinal) + 1)..], row.Said, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_refusal_counts_although_the_server_goes_right_after_it()
    {
        await using var server = new FakeOutgoing
        {
            Instead = async (said, talk) =>
            {
                if (said != ".") return false;
                await talk.SayAsync("451 4.3.0 not now, and goodbye");
                throw new IOException("gone");
            },
        };
        var mail = await sender.SendAsync(await sender.ConnectAsync(server.Sending), "jane@customer.example");
        await sender.UntilAsync(mail, rows => rows[0].Attempts == 1, "it was tried");
        Assert.Equal(DispatchState.Queued, Assert.Single(await sender.RowsAsync(mail)).State);
    }

    [Theory]
    [InlineData("MAIL", "550 5.7.1 not you", DispatchState.Failed)]
    [InlineData("RCPT", "550 5.1.1 no such user", DispatchState.Failed)]
    [InlineData("DATA", "554 5.5.1 no", DispatchState.Failed)]
    [InlineData(".", "451 4.3.0 not now", DispatchState.Queued)]
    [InlineData(".", "554 5.7.1 spam", DispatchState.Failed)]
    public async Task What_a_server_said_counts_although_the_line_breaks_at_RSET(string at, string answer, DispatchState state)
    {
        var broke = false;
        await using var server = new FakeOutgoing
        {
            Instead = async (said, talk) =>
            {
                broke |= said == "RSET";
                if (said == "RSET") throw new IOException("broken off");
                return said.StartsWith(at, StringComparison.Ordinal) && await SaidAsync(talk, answer);
            },
        };
        var mail = await sender.SendAsync(await sender.ConnectAsync(server.Sending), $"jane@reset-{at.Trim('.')}x{answer[..3]}.example".ToLowerInvariant());
        await sender.UntilAsync(mail, rows => rows[0].Attempts == 1, "it was tried");
        Assert.True(broke);
        Assert.Equal(state, Assert.Single(await sender.RowsAsync(mail)).State);
        Assert.Empty(server.Taken);
    }

    [Theory]
    [InlineData("AUTH")]
    [InlineData("QUIT")]
    public async Task A_line_that_breaks_while_it_says_hello_or_goodbye_sends_nothing_twice(string at)
    {
        var broke = 0;
        await using var server = new FakeOutgoing("AUTH PLAIN\r\n250 8BITMIME")
        {
            Instead = async (said, talk) =>
            {
                if (said.StartsWith(at, StringComparison.Ordinal) && Interlocked.Increment(ref broke) == 1) throw new IOException("broken off");
                return said.StartsWith("AUTH", StringComparison.Ordinal) && await SaidAsync(talk, "235 2.7.0 welcome");
            },
        };
        var box = await sender.ConnectAsync(server.Sending with { User = "ada", Password = "secret" });
        await sender.UntilAsync(await sender.SendAsync(box, "jane@hello.example"), rows => rows is [{ State: DispatchState.HandedOver, Attempts: 1 }], "it is out by one attempt");
        await sender.UntilAsync(await sender.SendAsync(box, "kim@hello.example"), DispatchState.HandedOver);
        Assert.NotEqual(0, broke);
        Assert.Equal(2, server.Taken.Count);
    }

    [Fact]
    public async Task Put_off_for_days_it_is_not_delivered_and_says_so()
    {
        await using var server = new FakeOutgoing { Instead = async (said, talk) => said.StartsWith("RCPT", StringComparison.Ordinal) && await SaidAsync(talk, "450 4.2.0 greylisted") };
        var mail = await sender.SendAsync(await sender.ConnectAsync(server.Sending), "jane@customer.example");
        await sender.UntilAsync(mail, rows => rows[0].Attempts == 1, "it was tried");
        await sender.Node.InDatabaseAsync(db => db.Set<OutgoingMail>().Where(m => m.Interaction == mail).ExecuteUpdateAsync(s => s.SetProperty(m => m.QueuedAt, TimeProvider.System.GetUtcNow().AddDays(-6)), Ct));
        await sender.HurryAsync(mail);
        var row = await sender.UntilAsync(mail, DispatchState.Failed);
        Assert.StartsWith("Not taken within 5 days; the last word was: 450", row.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_comes_late_is_waited_for()
    {
        var (asked, answers) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = new FakeOutgoing
        {
            Instead = async (said, _) =>
            {
                if (said != ".") return false;
                asked.SetResult();
                await answers.Task;
                return false;
            },
        };
        var mail = await sender.SendAsync(await sender.ConnectAsync(server.Sending), "jane@customer.example");
        await asked.Task.WaitAsync(Ct);
        Assert.Equal(DispatchState.Claimed, Assert.Single(await sender.RowsAsync(mail)).State);
        answers.SetResult();
        Assert.Contains("taken as 1234", (await sender.UntilAsync(mail, DispatchState.HandedOver)).Said, StringComparison.Ordinal);
        Assert.Single(server.Taken);
    }

    [Fact]
    public async Task A_server_that_is_away_keeps_nothing_from_waiting_and_says_why()
    {
        var box = await sender.ConnectAsync(new("127.0.0.1", Dovecot.FreePort(), MailSecurity.None));
        var mail = await sender.SendAsync(box, "jane@customer.example");
        await Waiting.UntilAsync(async () => await sender.Node.InDatabaseAsync(db => db.Set<Outbox>().AnyAsync(o => o.Mailbox == box && o.Trouble == MailTroubleKind.Refused, Ct)), "it is said");
        Assert.Equal((DispatchState.Queued, 0), (await sender.RowsAsync(mail)) is [var row] ? (row.State, row.Attempts) : default);
    }

    [Fact]
    public async Task A_server_that_knows_no_letters_but_a_to_z_is_not_given_others()
    {
        await using var server = new FakeOutgoing();
        var mail = await sender.SendAsync(await sender.ConnectAsync(server.Sending), "почта@customer.example");
        Assert.Contains("SMTPUTF8", (await sender.UntilAsync(mail, DispatchState.Failed)).Said, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task One_whose_letters_a_server_does_not_know_keeps_no_other_from_getting_the_mail()
    {
        await using var server = new FakeOutgoing();
        var (box, ada) = (await sender.ConnectAsync(server.Sending), await Rapport.ActorAsync(Roles.Owner));
        var sent = await sender.Node.WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, "jane@letters.example", "The second crane", "It comes in week 50.") { Bcc = "почта@letters.example" }, ada, Ct));
        Assert.True(sent.Succeeded(out var mail, out var refusal), refusal?.Message);
        await sender.UntilAsync(mail.Interaction, rows => rows.All(r => r.Attempts == 1), "it was tried");
        var rows = await sender.RowsAsync(mail.Interaction);
        Assert.Equal([DispatchState.HandedOver, DispatchState.Failed], rows.Select(r => r.State));
        Assert.Contains("SMTPUTF8", rows[1].Said, StringComparison.Ordinal);
        Assert.Single(server.Taken);
    }

    [Fact]
    public async Task Who_is_one_too_many_for_a_server_gets_the_mail_by_the_next_transaction_and_a_full_mailbox_does_not()
    {
        var named = 0;
        await using var server = new FakeOutgoing
        {
            Instead = async (said, talk) =>
            {
                if (said.StartsWith("MAIL", StringComparison.Ordinal)) named = 0;
                if (said.StartsWith("RCPT TO:<full@", StringComparison.Ordinal)) return await SaidAsync(talk, "552 5.2.2 mailbox full");
                return said.StartsWith("RCPT", StringComparison.Ordinal) && ++named > 2 && await SaidAsync(talk, "552 5.5.3 too many recipients");
            },
        };
        var box = await sender.ConnectAsync(server.Sending);
        var mail = await sender.SendAsync(box, "a@many.example, b@many.example, c@many.example, full@many.example");
        await sender.UntilAsync(mail, rows => rows.All(r => r.Attempts == 1), "it was tried");
        Assert.Equal([DispatchState.HandedOver, DispatchState.HandedOver, DispatchState.Queued, DispatchState.Queued], (await sender.RowsAsync(mail)).Select(r => r.State));
        await sender.HurryAsync(mail);
        await sender.UntilAsync(mail, rows => rows[2].State == DispatchState.HandedOver, "the third has it");
        await sender.HurryAsync(mail);
        await sender.UntilAsync(mail, rows => rows[3].State == DispatchState.Failed, "the full one is refused for good");
        Assert.Equal(2, server.Taken.Count);
    }

    private static async Task<bool> SaidAsync(FakeServer.Talk talk, string answer)
    {
        await talk.SayAsync(answer);
        return true;
    }
}
