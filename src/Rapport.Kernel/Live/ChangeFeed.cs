using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Kernel.Live;

/// <summary>
/// Wakes whoever waits for changes: at once after a commit of this process, within <see cref="Every"/> after one of another node or program.
/// One question serves all who wait here, and when nobody does, none is asked.
/// </summary>
public sealed partial class ChangeFeed(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ChangeFeed> log) : DbTransactionInterceptor, IDisposable
{
    /// <summary>How often another node's changes are asked for.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly WorkSignal committed = new();
    private readonly Lock gate = new();
    private TaskCompletionSource pulse = Pulse();
    private long newest;
    private int waiting;
    private bool reading;

    /// <summary>Returns when something changed beyond this position, or after the time.</summary>
    public async Task WaitAsync(long position, TimeSpan longest, CancellationToken ct)
    {
        Task next;
        lock (gate)
        {
            if (newest > position) return;
            next = pulse.Task;
            waiting++;
            if (!reading) (reading, _) = (true, Task.Run(ReadAsync, CancellationToken.None));
        }
        try
        {
            await next.WaitAsync(longest, clock, ct);
        }
        catch (TimeoutException)
        {
            // Whoever waited looks anyway.
        }
        finally
        {
            lock (gate) waiting--;
        }
    }

    /// <inheritdoc/>
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => committed.Wake();

    /// <inheritdoc/>
    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        committed.Wake();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => committed.Dispose();

    private async Task ReadAsync()
    {
        while (true)
        {
            var pause = Every;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                Tell(await scope.ServiceProvider.GetRequiredService<RapportDb>().ChangesNowAsync(CancellationToken.None));
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (Exception failure)
            {
                LogFailed(failure);
                pause = AfterTrouble;
            }
            await committed.WaitAsync(pause, clock, CancellationToken.None);
            lock (gate)
                if (waiting == 0)
                {
                    reading = false;
                    return;
                }
        }
    }

    private void Tell(long now)
    {
        TaskCompletionSource told;
        lock (gate)
        {
            if (now <= newest) return;
            (newest, told, pulse) = (now, pulse, Pulse());
        }
        told.SetResult();
    }

    private static TaskCompletionSource Pulse() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "What changed could not be asked for; open pages are told later")]
    private partial void LogFailed(Exception failure);
}
