using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;

namespace Rapport.Tests.Mailboxes;

/// <summary>The program as it runs: its jobs and its readers of mailboxes at work, by this machine's clock, on a database that others may use as well.</summary>
internal sealed class MailNode : IAsyncDisposable
{
    private readonly WebApplication app;

    private MailNode(WebApplication app) => this.app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.First());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<MailNode> StartAsync(DatabaseAddress address, int pollSeconds = 1, int largestMegabytes = 80, TimeProvider? clock = null, params (string Name, string Value)[] settings)
    {
        var app = RapportApp.Build([], address, builder =>
        {
            builder.Logging.ClearProviders();
            if (clock is not null) builder.Services.Replace(ServiceDescriptor.Singleton(clock));
            if (Environment.GetEnvironmentVariable("RAPPORT_TEST_LOG") is { Length: > 0 }) builder.Logging.AddConsole();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration["Channels:PollSeconds"] = pollSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            builder.Configuration["Channels:UndoSeconds"] = "0";
            foreach (var (name, value) in settings) builder.Configuration[name] = value;
            builder.Configuration["Channels:LargestMailMegabytes"] = largestMegabytes.ToString(System.Globalization.CultureInfo.InvariantCulture);
        });
        await app.StartAsync(Ct);
        return new(app);
    }

    public async Task<T> WithAsync<TDeed, T>(Func<TDeed, Task<T>> run) where TDeed : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<TDeed>());
    }

    public Task<T> InDatabaseAsync<T>(Func<RapportDb, Task<T>> run) => WithAsync(run);

    /// <summary>Opens a mailbox of that member and connects it.</summary>
    public async Task<MailboxId> ConnectAsync(Actor by, string name, NewConnection connection)
    {
        var id = (await WithAsync<OpenMailbox, Result<MailboxId>>(d => d.RunAsync(name, by, Ct))).Value;
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(id, connection, by, Ct)));
        return id;
    }

    /// <summary>How it stands.</summary>
    public async Task<MailboxState> StateAsync(MailboxId id) => (await WithAsync<MailboxStates, MailboxState?>(d => d.FindAsync(id, Actor.Rapport, Ct)))!;

    /// <summary>How many of the mails whose Message-ID begins so can be seen in conversations.</summary>
    public Task<int> SeenAsync(string prefix) => InDatabaseAsync(db => db.Set<Interaction>().CountAsync(i => i.MessageId!.StartsWith(prefix), Ct));

    public Task UntilSeenAsync(string prefix, int count, int seconds = 60) => Waiting.UntilAsync(async () => await SeenAsync(prefix) >= count, $"{count} mails {prefix} are here", seconds);

    public Task UntilAsync(MailboxId id, Func<MailboxState, bool> isSo, string what, int seconds = 60) => Waiting.UntilAsync(async () => isSo(await StateAsync(id)), what, seconds);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
