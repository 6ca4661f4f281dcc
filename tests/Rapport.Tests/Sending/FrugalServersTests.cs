using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Waiting = Rapport.Tests.Mailboxes.Waiting;

namespace Rapport.Tests.Sending;

/// <summary>Servers that let in fewer lines than we open, or take so many mails and no more: what they give is used, and they are not stormed.</summary>
public sealed class FrugalServersTests(RapportFixture rapport) : ProductTests(rapport), IAsyncLifetime
{
    private Sender sender = null!;

    public async ValueTask InitializeAsync() => sender = await Sender.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>(), await Rapport.ActorAsync(Roles.Owner));

    public ValueTask DisposeAsync() => sender.DisposeAsync();

    [Fact]
    public async Task Lines_that_are_not_let_in_keep_none_from_sending_that_is()
    {
        var (gate, inside, refused) = (new Lock(), 0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var server = new FakeOutgoing
        {
            Instead = async (said, talk) =>
            {
                // Nothing is taken before somebody was turned away.
                if (said == ".") await refused.Task.WaitAsync(Ct);
                lock (gate)
                {
                    if (said == "QUIT") inside--;
                    if (said.Length > 0 || inside++ < 2) return false;
                    inside--;
                }
                await talk.SayAsync("421 4.7.0 too many connections from you");
                refused.TrySetResult();
                return true;
            },
        };
        var box = await sender.ConnectAsync(server.Sending);
        await SetAsync(box, TimeProvider.System.GetUtcNow().AddHours(1), attempts: 0);
        var mails = new List<InteractionId>();
        for (var i = 0; i < 40; i++) mails.Add(await sender.SendAsync(box, $"person{i}@frugal.example"));
        await SetAsync(box, null, attempts: 0);
        await Waiting.UntilAsync(() => sender.Node.InDatabaseAsync(db => db.Set<Dispatch>().Where(d => d.Mailbox == box).AllAsync(d => d.State == DispatchState.HandedOver, Ct)), "all are handed over");
        await Waiting.UntilAsync(async () => (await OutboxAsync(box)).Holder is null, "it is done");
        Assert.Equal(mails.Count, server.Taken.Count);
        Assert.Equal((null, 4), ((await OutboxAsync(box)).Trouble, server.Visits));
    }

    [Fact]
    public async Task A_server_that_took_something_is_tried_again_as_soon_as_after_its_first_failure()
    {
        var taken = 0;
        await using var server = new FakeOutgoing
        {
            Instead = async (said, talk) =>
            {
                if (said == ".") taken++;
                if (!said.StartsWith("MAIL", StringComparison.Ordinal) || taken == 0) return false;
                await talk.SayAsync("421 4.7.0 enough for now");
                throw new IOException("gone");
            },
        };
        var box = await sender.ConnectAsync(server.Sending);
        await SetAsync(box, TimeProvider.System.GetUtcNow().AddHours(1), attempts: 0);
        var mails = new[] { await sender.SendAsync(box, "one@frugal.example"), await sender.SendAsync(box, "two@frugal.example") };
        await SetAsync(box, null, attempts: 7);
        await Waiting.UntilAsync(async () => (await OutboxAsync(box)).Trouble is not null, "it is in trouble");
        Assert.Equal(1, (await OutboxAsync(box)).Attempts);
        Assert.Equal([DispatchState.HandedOver, DispatchState.Queued], [(await sender.RowsAsync(mails[0]))[0].State, (await sender.RowsAsync(mails[1]))[0].State]);
    }

    private Task<Outbox> OutboxAsync(MailboxId box) => sender.Node.InDatabaseAsync(db => db.Set<Outbox>().AsNoTracking().SingleAsync(o => o.Mailbox == box, Ct));

    // What waits until then comes in one session.
    private Task<int> SetAsync(MailboxId box, DateTimeOffset? notBefore, int attempts) => sender.Node.InDatabaseAsync(async db =>
    {
        await db.OutboxAsync(box, Ct);
        await db.SaveAsync(Actor.Rapport, Ct);
        return await db.Set<Outbox>().Where(o => o.Mailbox == box).ExecuteUpdateAsync(s => s.SetProperty(o => o.RetryAt, notBefore).SetProperty(o => o.Attempts, attempts), Ct);
    });
}
