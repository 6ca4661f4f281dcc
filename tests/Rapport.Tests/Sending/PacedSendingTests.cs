using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Blobs;
using Rapport.Tests.Mailboxes;

namespace Rapport.Tests.Sending;

/// <summary>Nobody goes to a server for nothing: not before a mailbox may send again, and not for what cannot be sent at all.</summary>
public sealed class PacedSendingTests(RapportFixture rapport) : ProductTests(rapport)
{
    [Fact]
    public async Task A_mailbox_that_sent_as_many_as_it_may_in_a_minute_goes_to_its_server_again_when_the_minute_is_over()
    {
        await using var server = new FakeOutgoing();
        var (box, owner) = (await ConnectAsync(server, "paced"), await Rapport.ActorAsync(Roles.Owner));
        Assert.Null(await WithAsync<ChangeOutbox, Refusal?>(d => d.RunAsync(box, new("", "", false, 2, true), owner, Ct)));
        for (var i = 0; i < 5; i++) await SendAsync(box, $"person{i}@paced.example");

        await RunSessionAsync(box);
        Assert.Equal((2, 1), (server.Taken.Count, server.Visits));
        Assert.False(await IsWantedAsync(box));
        Rapport.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(await IsWantedAsync(box));

        Rapport.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await IsWantedAsync(box));
        await RunSessionAsync(box);
        Assert.Equal((4, 2), (server.Taken.Count, server.Visits));
        // A session that begins before that, for whatever reason, goes to no server.
        await RunSessionAsync(box);
        Assert.Equal((4, 2), (server.Taken.Count, server.Visits));

        // Fewer than it may are no reason to wait for anything.
        Rapport.Clock.Advance(TimeSpan.FromSeconds(61));
        await RunSessionAsync(box);
        Assert.Equal((5, 3), (server.Taken.Count, server.Visits));
        await SendAsync(box, "late@paced.example");
        Assert.True(await IsWantedAsync(box));
    }

    [Fact]
    public async Task A_mail_whose_words_are_stored_no_more_fails_and_is_in_nobodys_way()
    {
        await using var server = new FakeOutgoing();
        var box = await ConnectAsync(server, "gone");
        var (lost, other) = (await SendAsync(box, "lost@gone.example"), await SendAsync(box, "other@gone.example"));
        await Rapport.InDatabaseAsync(db => db.Set<Blob>().Where(b => db.Set<OutgoingMail>().Any(m => m.Interaction == lost && m.Raw == b.Hash)).ExecuteDeleteAsync(Ct));
        Assert.True(await IsWantedAsync(box));
        await RunSessionAsync(box);
        Assert.Equal((DispatchState.Failed, DispatchState.HandedOver), ((await RowAsync(lost)).State, (await RowAsync(other)).State));
        Assert.Contains("no longer stored", (await RowAsync(lost)).Said, StringComparison.Ordinal);
        Assert.False(await IsWantedAsync(box));
    }

    [Fact]
    public async Task Put_off_again_and_again_a_mail_is_tried_less_and_less_often_for_five_days_and_then_not_delivered()
    {
        await using var server = new FakeOutgoing { Instead = async (said, talk) => { if (!said.StartsWith("RCPT", StringComparison.Ordinal)) return false; await talk.SayAsync("450 4.2.0 greylisted"); return true; } };
        var box = await ConnectAsync(server, "patience");
        var mail = await SendAsync(box, "jane@patience.example");
        var (queued, waits) = (Rapport.Clock.GetUtcNow(), new List<TimeSpan>());
        for (var row = await RowAsync(mail); row.State == DispatchState.Queued; row = await RowAsync(mail))
        {
            if (row.DueAt > Rapport.Clock.GetUtcNow())
            {
                Assert.Equal((waits.Count + 1, "450 4.2.0 greylisted"), (row.Attempts, row.Said));
                Assert.False(await IsWantedAsync(box));
                waits.Add(row.DueAt - Rapport.Clock.GetUtcNow());
                Rapport.Clock.Advance(waits[^1] + TimeSpan.FromMilliseconds(1));
            }
            await RunSessionAsync(box);
        }
        Assert.StartsWith("Not taken within 5 days; the last word was: 450", (await RowAsync(mail)).Said, StringComparison.Ordinal);
        Assert.InRange(Rapport.Clock.GetUtcNow() - queued, TimeSpan.FromDays(5), TimeSpan.FromDays(5.25));
        // A minute, two, four, up to four hours, each a fifth more or less.
        Assert.All(waits, (wait, i) => Assert.InRange(wait.TotalMinutes / Math.Min(240, Math.Pow(2, i)), 0.799, 1.201));
        Assert.InRange(waits.Count, 30, 50);
        Assert.Empty(server.Taken);
    }

    private async Task<MailboxId> ConnectAsync(FakeOutgoing server, string name)
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var box = (await WithAsync<OpenMailbox, Result<MailboxId>>(d => d.RunAsync(name, owner, Ct))).Value;
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new($"{name}@harbourline.example", new("127.0.0.1", 9, MailSecurity.None, "ada", Dovecot.Password), server.Sending), owner, Ct)));
        return box;
    }

    private async Task<InteractionId> SendAsync(MailboxId box, string to)
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var sent = (await WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, to, "The second crane", "It comes in week 50."), owner, Ct))).Value;
        Rapport.Clock.Advance(TimeSpan.FromSeconds(11));
        return sent.Interaction;
    }

    private async Task RunSessionAsync(MailboxId box)
    {
        var (hold, session) = (Rapport.Services.GetRequiredService<HoldOutboxes>(), new SendingSession(box));
        await Rapport.InDatabaseAsync(db => db.Set<Outbox>().Where(o => o.Mailbox == box).ExecuteUpdateAsync(s => s.SetProperty(o => o.RetryAt, (DateTimeOffset?)null), Ct));
        Assert.True(await hold.ClaimAsync(box, Ct));
        await Rapport.Services.GetRequiredService<SendFromMailbox>().RunAsync(session, Ct);
        await hold.ReleaseAsync(session, null, Ct);
    }

    private async Task<bool> IsWantedAsync(MailboxId box) => (await Rapport.Services.GetRequiredService<HoldOutboxes>().WantedAsync(Ct)).Contains(box);

    private Task<Dispatch> RowAsync(InteractionId mail) => Rapport.InDatabaseAsync(db => db.Set<Dispatch>().AsNoTracking().SingleAsync(d => d.Interaction == mail, Ct));

    private Task<T> WithAsync<TDeed, T>(Func<TDeed, Task<T>> run) where TDeed : notnull => Rapport.InScopeAsync(s => run(s.GetRequiredService<TDeed>()));
}
