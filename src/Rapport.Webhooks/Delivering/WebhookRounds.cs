using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Webhooks;

/// <summary>Begins a session for each endpoint that something is due for, so that none waits for another. Of several nodes one delivers to each; another takes over when that one dies.</summary>
internal sealed partial class WebhookRounds(IServiceScopeFactory scopes, WebhookSession session, DatabaseAddress address, TimeProvider clock, [FromKeyedServices(WebhookRounds.Queued)] WorkSignal queued, ILogger<WebhookRounds> log)
{
    /// <summary>The signal that something is to be told.</summary>
    public const string Queued = "webhooks queued";

    private readonly Dictionary<WebhookId, Task> sessions = [];

    /// <summary>Begins what is due, and waits for none of it.</summary>
    public async Task GoRoundAsync(CancellationToken ct)
    {
        foreach (var (id, running) in sessions.ToList())
            if (running.IsCompleted) sessions.Remove(id);
        await using var scope = scopes.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<RapportDb>(), clock.GetUtcNow());
        var due = await db.Set<Webhook>().Where(w => w.PausedAt == null && w.OffAt == null && (w.HeldUntil == null || w.HeldUntil < now)
            && db.Set<WebhookDelivery>().Any(d => d.Webhook == w.Id && d.State == DeliveryState.Waiting && d.DueAt <= now)).Select(w => w.Id).ToListAsync(ct);
        foreach (var id in due.Where(id => !sessions.ContainsKey(id)))
        {
            var holder = Ids.New<WebhookId>(clock).Value;
            if (await db.Set<Webhook>().Where(w => w.Id == id && (w.HeldUntil == null || w.HeldUntil < now)).ExecuteUpdateAsync(s => s.SetProperty(w => w.Holder, holder).SetProperty(w => w.HeldUntil, now + WebhookSession.Lease), ct) == 0) continue;
            sessions[id] = Task.Run(() => RunAsync(id, holder, ct), CancellationToken.None);
        }
    }

    /// <summary>Ends when every session that was begun has.</summary>
    public Task EndAsync() => Task.WhenAll(sessions.Values);

    private async Task RunAsync(WebhookId id, Guid holder, CancellationToken ct)
    {
        try
        {
            await session.RunAsync(id, holder, ct);
            queued.Wake();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // What was in hands is told again when the program is back.
        }
        catch (Exception failure)
        {
            // What is wrong with the database the jobs' worker says, once.
            if (DatabaseTrouble.Of(failure, address) is null) LogFailed(failure, id);
        }
    }

    [LoggerMessage(LogLevel.Error, "Webhook {Webhook} could not be looked after; it is tried again")]
    private partial void LogFailed(Exception failure, WebhookId webhook);
}

/// <summary>Tells other programs for as long as the program serves.</summary>
internal sealed partial class DeliverWebhooks(WebhookRounds rounds, DatabaseAddress address, [FromKeyedServices(WebhookRounds.Queued)] WorkSignal queued, TimeProvider clock, ILogger<DeliverWebhooks> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await rounds.GoRoundAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                if (DatabaseTrouble.Of(failure, address) is null) LogRoundFailed(failure);
            }
            await queued.WaitAsync(Round, clock, stoppingToken);
        }
        await rounds.EndAsync();
    }

    [LoggerMessage(LogLevel.Error, "Webhooks could not be looked after; trying again")]
    private partial void LogRoundFailed(Exception failure);
}
