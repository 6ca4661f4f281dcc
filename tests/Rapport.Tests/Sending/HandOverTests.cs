using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MailKit;
using MimeKit;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Tests.Mailboxes;
using Waiting = Rapport.Tests.Mailboxes.Waiting;

namespace Rapport.Tests.Sending;

/// <summary>Mail goes out by a real SMTP server, and what it says of each recipient stands in the ledger.</summary>
public sealed class HandOverTests(RapportFixture rapport) : ProductTests(rapport), IAsyncLifetime
{
    private Sender sender = null!;

    public async ValueTask InitializeAsync() => sender = await Sender.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>(), await Rapport.ActorAsync(Roles.Owner));

    public ValueTask DisposeAsync() => sender.DisposeAsync();

    [Fact]
    public async Task Each_recipient_gets_the_servers_own_answer()
    {
        await using var postfix = await Postfix.StartAsync();
        var box = await sender.ConnectAsync(postfix.Sending);
        var mail = await sender.SendAsync(box, "jane@customer.example, nobody@customer.example, later@customer.example, почта@customer.example");
        await sender.UntilAsync(mail, rows => rows.All(r => r.Attempts > 0), "all were tried");

        var rows = (await sender.RowsAsync(mail)).ToDictionary(r => r.Recipient);
        Assert.Equal(DispatchState.HandedOver, rows["jane@customer.example"].State);
        Assert.Equal(DispatchState.HandedOver, rows["почта@customer.example"].State);
        Assert.Equal(DispatchState.Failed, rows["nobody@customer.example"].State);
        Assert.Contains("nobody of that name", rows["nobody@customer.example"].Said, StringComparison.Ordinal);
        Assert.Equal(DispatchState.Queued, rows["later@customer.example"].State);
        Assert.True(rows["later@customer.example"].DueAt > TimeProvider.System.GetUtcNow().AddSeconds(30));
        await Waiting.UntilAsync(() => Task.FromResult(postfix.Count == 2), "it is there");
        var there = (await postfix.DeliveredAsync())[0];
        Assert.Equal("It comes in week 50.", there.TextBody!.Trim());
        Assert.DoesNotContain("later@", there.Headers["Bcc"] ?? "", StringComparison.Ordinal);

        // Who was put off is tried again, and nobody else.
        await sender.HurryAsync(mail);
        await sender.UntilAsync(mail, all => all.Single(r => r.Recipient == "later@customer.example").Attempts == 2, "it was tried again");
        Assert.Equal(2, postfix.Count);
    }

    [Fact]
    public async Task A_hundred_mails_go_out_over_several_lines_each_once_and_no_faster_than_is_allowed()
    {
        await using var postfix = await Postfix.StartAsync();
        var (free, slow) = (await sender.ConnectAsync(postfix.Sending), await sender.ConnectAsync(postfix.Sending));
        await sender.Node.InDatabaseAsync(async db =>
        {
            (await db.OutboxAsync(slow, Ct)).MostPerMinute = 3;
            return await db.SaveAsync(Actor.Rapport, Ct);
        });
        for (var i = 0; i < 5; i++) await sender.SendAsync(slow, $"slow{i}@customer.example");
        for (var i = 0; i < 100; i++) await sender.SendAsync(free, $"person{i}@customer.example");
        await Waiting.UntilAsync(() => Task.FromResult(postfix.Count >= 103), "they are there");
        await Waiting.UntilAsync(async () => await StateAsync(free, DispatchState.HandedOver) == 100 && await StateAsync(slow, DispatchState.HandedOver) == 3, "the ledger knows");
        var all = await postfix.DeliveredAsync();
        Assert.Equal(103, all.Select(m => m.MessageId).Distinct().Count());
        Assert.Equal(2, await StateAsync(slow, DispatchState.Queued));
    }

    // Two are left when four lines have their hands free at the same time.
    [Fact]
    public async Task Lines_that_are_ready_together_end_together_when_less_is_left_than_they_could_take()
    {
        const int Mails = 18;
        var (gate, together, left) = (new Lock(), new List<TaskCompletionSource>(), Mails);
        await using var server = new FakeOutgoing
        {
            Instead = async (said, _) =>
            {
                if (said != ".") return false;
                var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                lock (gate)
                {
                    together.Add(ready);
                    if (together.Count == Math.Min(4, left))
                    {
                        left -= together.Count;
                        together.ForEach(each => each.SetResult());
                        together.Clear();
                    }
                }
                await ready.Task.WaitAsync(Ct);
                return false;
            },
        };
        var box = await sender.ConnectAsync(server.Sending);
        await NotBeforeAsync(TimeProvider.System.GetUtcNow().AddHours(1));
        for (var i = 0; i < Mails; i++) await sender.SendAsync(box, $"person{i}@customer.example");
        await NotBeforeAsync(null);
        await Waiting.UntilAsync(async () => await StateAsync(box, DispatchState.HandedOver) == Mails, "all are handed over");
        Assert.Equal(Mails, server.Taken.Count);

        Task<int> NotBeforeAsync(DateTimeOffset? at) => sender.Node.InDatabaseAsync(async db =>
        {
            await db.OutboxAsync(box, Ct);
            await db.SaveAsync(Actor.Rapport, Ct);
            return await db.Set<Outbox>().Where(o => o.Mailbox == box).ExecuteUpdateAsync(s => s.SetProperty(o => o.RetryAt, at), Ct);
        });
    }

    [Fact]
    public async Task What_is_sent_lies_in_the_sent_folder_once_and_is_shown_once()
    {
        await using var postfix = await Postfix.StartAsync();
        await using var dovecot = await Dovecot.StartAsync();
        var box = await sender.ConnectAsync(postfix.Sending, dovecot.Reading("sentbox"));
        var mail = await sender.SendAsync(box, "jane@customer.example");
        await sender.UntilAsync(mail, DispatchState.HandedOver);
        await HurryCopyAsync(mail);
        await Waiting.UntilAsync(async () => await CopyAsync(mail) == SentCopy.Done, "the copy is there");

        // Asked for again, it is found and not put there twice.
        await sender.Node.InDatabaseAsync(db => db.Set<OutgoingMail>().Where(m => m.Interaction == mail).ExecuteUpdateAsync(s => s.SetProperty(m => m.Copy, SentCopy.Wanted).SetProperty(m => m.CopyDueAt, DateTimeOffset.UnixEpoch), Ct));
        await Waiting.UntilAsync(async () => await CopyAsync(mail) == SentCopy.Done, "it was looked for again");
        using var client = await dovecot.ClientAsync("sentbox");
        var folder = client.GetFolder(SpecialFolder.Sent)!;
        await folder.OpenAsync(FolderAccess.ReadOnly, Ct);
        Assert.Equal(1, folder.Count);
        await sender.Node.UntilAsync(box, s => s.Folders.Any(f => f is { Role: FolderRole.Sent, Stored: 1 }), "it was read there");
        Assert.Equal(1, await sender.Node.InDatabaseAsync(db => db.Set<Interaction>().CountAsync(i => i.Subject == "The second crane" && db.Set<Intake>().Any(n => n.Interaction == i.Id && n.Mailbox == box), Ct)));
        Assert.Equal(1, postfix.Count);
    }

    [Fact]
    public async Task What_was_in_doubt_lies_in_the_sent_folder_once_it_is_known_to_have_arrived()
    {
        await using var server = new FakeOutgoing { Instead = (said, _) => said == "." ? throw new IOException("broken off") : Task.FromResult(false) };
        await using var dovecot = await Dovecot.StartAsync();
        var box = await sender.ConnectAsync(server.Sending, dovecot.Reading("doubtbox"));
        var (said, answered) = (await sender.SendAsync(box, "jane@customer.example"), await sender.SendAsync(box, "kim@customer.example"));
        foreach (var mail in new[] { said, answered })
        {
            await sender.UntilAsync(mail, DispatchState.Unknown);
            Assert.Null(await sender.Node.InDatabaseAsync(db => db.Set<OutgoingMail>().Where(m => m.Interaction == mail).Select(m => m.CopyDueAt).SingleAsync(Ct)));
        }

        var owner = await Rapport.ActorAsync(Roles.Owner);
        Assert.Null(await sender.Node.WithAsync<SettleDispatch, Refusal?>(d => d.ArrivedAsync(said, "jane@customer.example", owner, Ct)));
        var id = await sender.Node.InDatabaseAsync(db => db.Set<OutgoingMail>().Where(m => m.Interaction == answered).Select(m => m.MessageId).SingleAsync(Ct));
        await dovecot.DeliverAsync("doubtbox", new NewMail("test", Encoding.UTF8.GetBytes($"From: kim@customer.example\r\nTo: {box}@harbourline.example\r\nSubject: Re: The second crane\r\nMessage-ID: <thanks@customer.example>\r\nIn-Reply-To: <{id}>\r\n\r\nThank you.\r\n")));
        foreach (var mail in new[] { said, answered }) await Waiting.UntilAsync(async () => await CopyAsync(mail) == SentCopy.Done, "its copy is there");
    }

    [Fact]
    public async Task A_full_mailbox_takes_no_copy_and_that_sends_nothing_again()
    {
        await using var postfix = await Postfix.StartAsync();
        await using var dovecot = await Dovecot.StartAsync(more: "mail_plugins = quota\nprotocol imap {\n mail_plugins = quota imap_quota\n}\nplugin {\n quota = maildir:User quota\n quota_rule = *:bytes=200\n quota_grace = 0\n}\n");
        var mail = await sender.SendAsync(await sender.ConnectAsync(postfix.Sending, dovecot.Reading("fullbox")), "jane@customer.example");
        await sender.UntilAsync(mail, DispatchState.HandedOver);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await HurryCopyAsync(mail);
            await Waiting.UntilAsync(() => sender.Node.InDatabaseAsync(db => db.Set<OutgoingMail>().AnyAsync(m => m.Interaction == mail && m.CopyAttempts == attempt && m.Copy == SentCopy.Wanted && m.CopySaid!.Contains("uota"), Ct)), $"it is put off for the {attempt}. time with the server's words");
        }
        Assert.Equal((DispatchState.HandedOver, 1), ((await sender.RowsAsync(mail))[0].State, postfix.Count));
    }

    [Fact]
    public async Task A_bounce_and_an_answer_settle_what_became_of_it()
    {
        await using var postfix = await Postfix.StartAsync();
        await using var dovecot = await Dovecot.StartAsync();
        var box = await sender.ConnectAsync(postfix.Sending, dovecot.Reading("evidence"));
        var mail = await sender.SendAsync(box, "jane@customer.example, vanished@customer.example");
        await Waiting.UntilAsync(() => Task.FromResult(postfix.Count == 2), "it arrived, and a bounce came back");
        await sender.UntilAsync(mail, rows => rows.All(r => r.State == DispatchState.HandedOver), "both were handed over");
        var (bounce, arrived) = ((await postfix.DeliveredAsync()).Single(m => m.From.ToString().Contains("MAILER-DAEMON", StringComparison.Ordinal)), (await postfix.DeliveredAsync()).Single(m => m.Subject == "The second crane"));

        await dovecot.DeliverAsync("evidence", Raw(bounce));
        await sender.UntilAsync(mail, rows => rows[1] is { Recipient: "vanished@customer.example", State: DispatchState.Failed } && rows[0].State == DispatchState.HandedOver, "the one that came back failed");
        await dovecot.DeliverAsync("evidence", Raw(Answer(arrived)));
        await sender.UntilAsync(mail, rows => rows is [{ State: DispatchState.Delivered }, { State: DispatchState.Failed }], "the other one arrived");
    }

    private static MimeMessage Answer(MimeMessage to)
    {
        var answer = new MimeMessage { Subject = "Re: The second crane", InReplyTo = to.MessageId, Date = TimeProvider.System.GetUtcNow(), Body = new TextPart("plain") { Text = "Thank you." } };
        answer.From.Add(new MailboxAddress("Jane", "jane@customer.example"));
        answer.To.AddRange(to.From);
        return answer;
    }

    private static NewMail Raw(MimeMessage message) => new("test", Encoding.UTF8.GetBytes(message.ToString()));

    private Task<int> StateAsync(MailboxId box, DispatchState state) => sender.Node.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.Mailbox == box && d.State == state, Ct));

    private Task<SentCopy> CopyAsync(InteractionId mail) => sender.Node.InDatabaseAsync(db => db.Set<OutgoingMail>().Where(m => m.Interaction == mail).Select(m => m.Copy).SingleAsync(Ct));

    private Task<int> HurryCopyAsync(InteractionId mail) => sender.Node.InDatabaseAsync(db => db.Set<OutgoingMail>().Where(m => m.Interaction == mail).ExecuteUpdateAsync(s => s.SetProperty(m => m.CopyDueAt, DateTimeOffset.UnixEpoch), Ct));
}
