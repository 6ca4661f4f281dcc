using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Jobs;

namespace Rapport.Conversations;

/// <summary>Reads every connected mailbox for as long as the program runs, each in a session of its own, and what it brings into conversations. Of several nodes one reads each; another takes over when that one dies.</summary>
public sealed partial class ReceiveMail(HoldMailboxes hold, ReadMailbox mailboxes, ReadStoredMail stored, DatabaseAddress address, [FromKeyedServices(ConnectMailbox.Changed)] WorkSignal changed, TimeProvider clock, ILogger<ReceiveMail> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    private readonly Dictionary<MailboxId, Session> sessions = [];
    private readonly Dictionary<MailboxId, MailboxCare> cares = [];

    private sealed record Session(int Version, Task Ended, CancellationTokenSource Stop);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await GoRoundAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // What is wrong with the database the jobs' worker says, once.
                if (DatabaseTrouble.Of(failure, address) is null) LogRoundFailed(failure);
            }
            await changed.WaitAsync(Round, clock, stoppingToken);
        }
        await Task.WhenAll(sessions.Values.Select(s => s.Ended));
    }

    private async Task GoRoundAsync(CancellationToken ct)
    {
        var wanted = await hold.WantedAsync(ct);
        foreach (var (id, session) in sessions.ToList())
        {
            if (!wanted.TryGetValue(id, out var version) || version != session.Version) await session.Stop.CancelAsync();
            if (!session.Ended.IsCompleted) continue;
            session.Stop.Dispose();
            sessions.Remove(id);
        }
        foreach (var id in wanted.Keys.Where(id => !sessions.ContainsKey(id)))
        {
            if (await hold.ClaimAsync(id, ct) is not { } box) continue;
            if (!cares.TryGetValue(id, out var care)) cares[id] = care = new();
            var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            sessions[id] = new(box.Version, Task.Run(() => RunAsync(box, care, stop), CancellationToken.None), stop);
            _ = sessions[id].Ended.ContinueWith(_ => changed.Wake(), TaskScheduler.Default);
        }
    }

    private async Task RunAsync(MailboxConnection box, MailboxCare care, CancellationTokenSource stop)
    {
        MailTrouble? trouble = null;
        var held = KeepLease.RunAsync(MailboxConnection.Lease, keep => hold.KeepAsync(box.Mailbox, keep), stop, address, clock, stop.Token);
        try
        {
            await mailboxes.RunAsync(box, care, ct => stored.RunAsync(box.Mailbox, Actor.Rapport, ct), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped, changed, or another node has it.
        }
        catch (MailTroubleException failure)
        {
            trouble = failure.Trouble;
            LogTrouble(box.Mailbox, trouble.Kind);
        }
        catch (Exception failure)
        {
            trouble = new(MailTroubleKind.Ours, DatabaseTrouble.Of(failure, address)?.Short ?? "Rapport itself failed while it read this mailbox; the log says more.");
            LogFailed(failure, box.Mailbox);
        }
        await stop.CancelAsync();
        await held;
        await ReleaseAsync(box.Mailbox, trouble);
    }

    private async Task ReleaseAsync(MailboxId id, MailTrouble? trouble)
    {
        try
        {
            await hold.ReleaseAsync(id, trouble, CancellationToken.None);
        }
        catch (Exception failure) when (DatabaseTrouble.Of(failure, address) is not null)
        {
            // It frees itself when the lease is over.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Mailbox {Mailbox} cannot be read now ({Trouble}); it is tried again, and its page says more")]
    private partial void LogTrouble(MailboxId mailbox, MailTroubleKind trouble);

    [LoggerMessage(LogLevel.Error, "Mailbox {Mailbox} could not be read; it is tried again")]
    private partial void LogFailed(Exception failure, MailboxId mailbox);

    [LoggerMessage(LogLevel.Error, "Mailboxes could not be looked after; trying again")]
    private partial void LogRoundFailed(Exception failure);
}
