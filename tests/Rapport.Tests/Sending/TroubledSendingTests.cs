using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests.Cli;
using Rapport.Tests.Mailboxes;
using Waiting = Rapport.Tests.Mailboxes.Waiting;

namespace Rapport.Tests.Sending;

/// <summary>A database that can no longer be written while mail goes out: a PostgreSQL that is stopped, or with SQLite a disk that is full. What servers took by then is written down when it is back, nothing goes out twice, and nothing is lost.</summary>
[Trait("Runs", "on both databases")]
public sealed class TroubledSendingTests
{
    private const int Mails = 40;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_handed_over_while_nothing_could_be_written_is_known_afterwards_and_sent_once()
    {
        using var machine = TestDatabase.OnPostgres ? (IFailingMachine)new StoppedPostgres() : new FullDisk();
        var address = machine.Address;
        await using (var services = new ServiceCollection().AddLogging().AddRapport(address).BuildServiceProvider())
        await using (var scope = services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<PrepareDatabase>().RunAsync(migratePostgres: true, Ct);

        var (held, go) = (0, new TaskCompletionSource());
        await using var server = new FakeOutgoing
        {
            // All lines but the first mails wait for their answer until the database is gone.
            Instead = async (said, _) =>
            {
                if (said == "." && Interlocked.Increment(ref held) > 10) await go.Task.WaitAsync(Ct);
                return false;
            },
        };
        await using var node = await MailNode.StartAsync(address);
        var us = new NewInstallation("Harbourline Example", ["harbourline.example"], "Europe/Berlin", "Mo-Fr 09:00-17:00", "DE");
        var owner = (await node.WithAsync<SetUpRapport, (Member?, IReadOnlyList<Refusal>)>(async d => await d.RunAsync(new NewMember("Ada Harbour", "ada@harbourline.example", SignedInClients.Password), us, Ct))).Item1!.Actor;
        var box = await node.ConnectAsync(owner, "Troubled", new("troubled@harbourline.example", new("127.0.0.1", 9, MailSecurity.None, "ada", "secret"), server.Sending));
        Assert.Null(await node.WithAsync<PauseMailbox, Refusal?>(d => d.RunAsync(box, owner, Ct)));
        for (var i = 0; i < Mails; i++)
            Assert.True((await node.WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(box, $"person{i}@customer.example", "The second crane", "It comes in week 50."), owner, Ct))).Succeeded(out _, out _));

        await Waiting.UntilAsync(() => Task.FromResult(Volatile.Read(ref held) > 10), "some are out and some in hands");
        await machine.FailAsync(node);
        Assert.NotNull(DatabaseTrouble.Of((await Record.ExceptionAsync(() => node.InDatabaseAsync(db => db.Set<OutgoingMail>().ExecuteUpdateAsync(s => s.SetProperty(m => m.CopySaid, new string('x', 300)), Ct))))!, address));
        var before = server.Taken.Count;
        go.SetResult();
        await Waiting.UntilAsync(() => Task.FromResult(server.Taken.Count > before), "what was in hands is taken");
        // Each line had one mail in hands, and takes no other before it has written down what became of that.
        Assert.InRange(server.Taken.Count - before, 1, new ChannelsOptions().SendingLines);

        await machine.ReturnAsync();
        await Waiting.UntilAsync(async () => await CountAsync(DispatchState.Queued) + await CountAsync(DispatchState.Claimed) == 0, "nothing waits any more", 120);
        var (sure, doubt, taken) = (await CountAsync(DispatchState.HandedOver), await CountAsync(DispatchState.Unknown), server.Taken.ConvertAll(Recipient));
        Assert.Equal(taken.Count, taken.Distinct().Count());
        Assert.Equal(Mails, sure + doubt);
        Assert.InRange(taken.Count, sure, Mails);
        // In doubt is at most what was being taken in hands at that moment.
        Assert.InRange(doubt, 0, new ChannelsOptions().SendingLines);

        Task<int> CountAsync(DispatchState state) => node.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.State == state, Ct));
    }

    private static string Recipient(string mail) => mail.Split('\n').First(line => line.StartsWith("To:", StringComparison.Ordinal));

    private interface IFailingMachine : IDisposable
    {
        DatabaseAddress Address { get; }

        Task FailAsync(MailNode node);

        Task ReturnAsync();
    }

    private sealed class FullDisk : IFailingMachine
    {
        private readonly SmallDisk disk = new(kilobytes: 32 * 1024);

        public DatabaseAddress Address => DatabaseAddress.Of(null, disk.Folder);

        // What lies in the log already would be written over without a byte more.
        public async Task FailAsync(MailNode node)
        {
            await Waiting.UntilAsync(async () =>
            {
                await node.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", Ct));
                return new FileInfo(Address.File + "-wal").Length == 0;
            }, "the log is empty");
            disk.Fill();
        }

        public Task ReturnAsync()
        {
            disk.Free();
            return Task.CompletedTask;
        }

        public void Dispose() => disk.Dispose();
    }

    private sealed class StoppedPostgres : IFailingMachine
    {
        private readonly string folder = Directory.CreateTempSubdirectory("rapport-postgres-").FullName;
        private readonly int port = Dovecot.FreePort();

        public StoppedPostgres()
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
            PostgresMachineTests.Server("start", folder, $"{port}");
        }

        public DatabaseAddress Address => DatabaseAddress.Of($"Host=127.0.0.1;Port={port};Username=postgres;Database=rapport;Timeout=3", "");

        public Task FailAsync(MailNode node)
        {
            PostgresMachineTests.Server("stop", folder);
            return Task.CompletedTask;
        }

        public Task ReturnAsync()
        {
            PostgresMachineTests.Server("start", folder, $"{port}");
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            PostgresMachineTests.Server("stop", folder);
            Directory.Delete(folder, recursive: true);
        }
    }
}
