using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Kernel.Database;

namespace Rapport.Tests.Sending;

/// <summary>Open pages hear what becomes of mail while it goes out, and never at its expense.</summary>
public sealed class DispatchNewsTests(RapportFixture rapport) : ProductTests(rapport), IAsyncLifetime
{
    private const string ATableOfOne = "CREATE TABLE only_one (one INTEGER PRIMARY KEY); INSERT INTO only_one VALUES (1);";

    private readonly StopwatchAhead clock = new();
    private Sender sender = null!;

    public async ValueTask InitializeAsync() => sender = await Sender.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>(), await Rapport.ActorAsync(Roles.Owner), clock);

    public ValueTask DisposeAsync() => sender.DisposeAsync();

    [Fact]
    public async Task When_pages_cannot_be_told_what_became_of_mails_the_next_ones_go_out_all_the_same()
    {
        await RefuseNewsAsync();
        var (queued, slow) = (new TaskCompletionSource(), true);
        await using var server = new FakeOutgoing
        {
            // As if it took so long that what became of the first mail is told while the line has the second one in hands.
            Instead = async (said, _) =>
            {
                await queued.Task.WaitAsync(Ct);
                if (said == "." && slow) clock.Pass(TimeSpan.FromSeconds(1.1));
                if (said == ".") slow = false;
                return false;
            },
        };
        var box = await sender.ConnectAsync(server.Sending);
        var mails = new List<InteractionId>();
        for (var i = 0; i < 4; i++) mails.Add(await sender.SendAsync(box, $"person{i}@customer.example"));
        queued.SetResult();

        foreach (var mail in mails) await sender.UntilAsync(mail, rows => rows is [{ State: not (DispatchState.Queued or DispatchState.Claimed) }], "something became of it");
        Assert.All(await Task.WhenAll(mails.Select(sender.RowsAsync)), rows => Assert.Equal((DispatchState.HandedOver, 1), (rows[0].State, rows[0].Attempts)));
        Assert.Equal(4, server.Taken.Count);
        await Mailboxes.Waiting.UntilAsync(async () => await OutboxAsync(box) is { Holder: null }, "the session is over");
        Assert.Null((await OutboxAsync(box)).Trouble);
    }

    // As when somebody else has written the same row first.
    private Task<int> RefuseNewsAsync() => Rapport.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(TestDatabase.OnPostgres
        ? $"""
           {ATableOfOne}
           CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO only_one VALUES (1); RETURN NEW; END';
           CREATE TRIGGER refused BEFORE INSERT ON happenings FOR EACH ROW WHEN (NEW.kind = 'DispatchesMoved') EXECUTE FUNCTION refuse();
           """
        : $"{ATableOfOne} CREATE TRIGGER refused BEFORE INSERT ON happenings WHEN NEW.kind = 'DispatchesMoved' BEGIN INSERT INTO only_one VALUES (1); END;", Ct));

    private Task<Outbox> OutboxAsync(MailboxId box) => sender.Node.InDatabaseAsync(db => db.Set<Outbox>().AsNoTracking().SingleAsync(o => o.Mailbox == box, Ct));

    /// <summary>The machine's clock, by which more time passes than passed.</summary>
    private sealed class StopwatchAhead : TimeProvider
    {
        private long ahead;

        public void Pass(TimeSpan time) => Interlocked.Add(ref ahead, (long)(time.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref ahead);
    }
}
