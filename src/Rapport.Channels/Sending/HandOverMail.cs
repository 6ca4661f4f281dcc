using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Jobs;

namespace Rapport.Channels;

/// <summary>Sends what is due, for as long as the program runs, from each mailbox in a session of its own. Of several nodes one sends for each; another takes over when that one dies.</summary>
internal sealed partial class HandOverMail(HoldOutboxes hold, SendFromMailbox send, DatabaseAddress address, [FromKeyedServices(HandOverMail.Queued)] WorkSignal queued, TimeProvider clock, ILogger<HandOverMail> log) : BackgroundService
{
    /// <summary>The signal that something was queued.</summary>
    public const string Queued = "mail queued";

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5), Shortest = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<MailboxId, Task> sessions = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Round;
            try
            {
                await GoRoundAsync(stoppingToken);
                if (await hold.NextDueAsync(stoppingToken) is { } next && next < Round) wait = next < Shortest ? Shortest : next;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // What is wrong with the database the jobs' worker says, once.
                if (DatabaseTrouble.Of(failure, address) is null) LogRoundFailed(failure);
            }
            await queued.WaitAsync(wait, clock, stoppingToken);
        }
        await Task.WhenAll(sessions.Values);
    }

    private async Task GoRoundAsync(CancellationToken ct)
    {
        foreach (var (id, session) in sessions.ToList())
            if (session.IsCompleted) sessions.Remove(id);
        foreach (var id in await hold.WantedAsync(ct))
        {
            if (sessions.ContainsKey(id) || !await hold.ClaimAsync(id, ct)) continue;
            sessions[id] = Task.Run(() => RunAsync(id, ct), CancellationToken.None);
            _ = sessions[id].ContinueWith(_ => queued.Wake(), TaskScheduler.Default);
        }
    }

    private async Task RunAsync(MailboxId mailbox, CancellationToken stopping)
    {
        var (session, trouble) = (new SendingSession(mailbox), (MailTrouble?)null);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var over = new CancellationTokenSource();
        // Also while it is being stopped: what is in hands is finished first.
        var held = KeepLease.RunAsync(Outbox.Lease, keep => hold.KeepAsync(mailbox, keep), stop, address, clock, over.Token);
        try
        {
            await send.RunAsync(session, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped, or another node has it.
        }
        catch (MailTroubleException failure)
        {
            trouble = failure.Trouble;
            LogTrouble(mailbox, trouble.Kind);
        }
        catch (Exception failure)
        {
            trouble = new(MailTroubleKind.Ours, DatabaseTrouble.Of(failure, address)?.Short ?? "Rapport itself failed while it sent from this mailbox; the log says more.");
            LogFailed(failure, mailbox);
        }
        await over.CancelAsync();
        await held;
        await ReleaseAsync(session, trouble);
    }

    private async Task ReleaseAsync(SendingSession session, MailTrouble? trouble)
    {
        try
        {
            await hold.ReleaseAsync(session, trouble, CancellationToken.None);
        }
        catch (Exception failure) when (DatabaseTrouble.Of(failure, address) is not null)
        {
            // It frees itself when the lease is over.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Mailbox {Mailbox} cannot send now ({Trouble}); it is tried again, and its page says more")]
    private partial void LogTrouble(MailboxId mailbox, MailTroubleKind trouble);

    [LoggerMessage(LogLevel.Error, "Mailbox {Mailbox} could not send; it is tried again")]
    private partial void LogFailed(Exception failure, MailboxId mailbox);

    [LoggerMessage(LogLevel.Error, "Outgoing mail could not be looked after; trying again")]
    private partial void LogRoundFailed(Exception failure);
}
