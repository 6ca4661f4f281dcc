using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>Passes on what became of mails while many go out: of all within a second at once, so that it costs the sending next to nothing. It never throws: whoever tells it has the next mail in hands. What it loses is seen when a page is next looked at.</summary>
internal sealed partial class DispatchNews(IServiceScopeFactory scopes, DatabaseAddress address, TimeProvider clock)
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private List<InteractionId> moved = [];
    private long told = clock.GetTimestamp();

    /// <summary>Something became of this one.</summary>
    public Task AddAsync(InteractionId id)
    {
        lock (gate)
        {
            moved.Add(id);
            if (moved.Count < AtOnce && clock.GetElapsedTime(told) < Every) return Task.CompletedTask;
        }
        return TellAsync();
    }

    /// <summary>Passes on what is left.</summary>
    public async Task TellAsync()
    {
        List<InteractionId> ids;
        lock (gate) (ids, moved, told) = (moved, [], clock.GetTimestamp());
        if (ids.Count == 0) return;
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
            db.Happened(new DispatchesMoved(ids), Actor.Rapport);
            await db.SaveOrThrowAsync(Actor.Rapport, CancellationToken.None);
        }
        catch (Exception failure)
        {
            // What is wrong with the database the jobs' worker says, once.
            if (DatabaseTrouble.Of(failure, address) is null) LogUntold(scope.ServiceProvider.GetRequiredService<ILogger<DispatchNews>>(), failure, ids.Count);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Open pages do not hear what became of {Count} mails; they go out all the same")]
    private static partial void LogUntold(ILogger log, Exception failure, int count);
}
