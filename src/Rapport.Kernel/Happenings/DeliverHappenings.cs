using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Kernel.Happenings;

/// <summary>Tells each listener what happened, one scope each, oldest first.</summary>
internal sealed partial class DeliverHappenings(RapportDb db, HappeningListeners listeners, IServiceScopeFactory scopes, TimeProvider clock, ILogger<DeliverHappenings> log) : IJob
{
    private const int AtOnce = 200;
    private static readonly MethodInfo Tell = typeof(DeliverHappenings).GetMethod(nameof(TellAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            var due = await db.Set<HappeningRow>().Where(h => h.DeadAt == null && h.DueAt <= now).OrderBy(h => h.DueAt).ThenBy(h => h.Id).Take(AtOnce).ToListAsync(ct);
            if (due.Count == 0) return;
            foreach (var row in due) await DeliverAsync(row, ct);
            await db.SaveOrThrowAsync(Actor.Rapport, ct);
            db.ChangeTracker.Clear();
        }
    }

    private async Task DeliverAsync(HappeningRow row, CancellationToken ct)
    {
        try
        {
            if (listeners.Kind(row.Kind) is not { } kind || listeners.Listener(row.Listener) is not { } listener)
                throw new InvalidOperationException($"Nobody is called {row.Listener} or hears {row.Kind} in this version.");
            await using var scope = scopes.CreateAsyncScope();
            var hearer = ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, listener);
            await (Task)Tell.MakeGenericMethod(kind).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [hearer, row, ct], null)!;
            db.Remove(row);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            row.Failed(failure, clock.GetUtcNow());
            LogFailed(failure, row.Id, row.Kind, row.Listener, row.Attempts);
        }
    }

    private static Task TellAsync<T>(object listener, HappeningRow row, CancellationToken ct) where T : class, IHappening =>
        ((IHear<T>)listener).HearAsync(JsonSerializer.Deserialize<T>(row.Body, Json.Options)!, row.Actor, ct);

    [LoggerMessage(LogLevel.Warning, "Happening {Happening} ({Kind}) was not heard by {Listener}, attempt {Attempt}")]
    private partial void LogFailed(Exception failure, Guid happening, string kind, string listener, int attempt);
}
