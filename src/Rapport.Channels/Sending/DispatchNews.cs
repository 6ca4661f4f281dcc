using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>Passes on what became of mails while many go out: of all within a second at once, so that it costs the sending next to nothing. What is lost with a killed program is seen when a page is next looked at.</summary>
internal sealed class DispatchNews(IServiceScopeFactory scopes, DatabaseAddress address, TimeProvider clock)
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
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
            db.Happened(new DispatchesMoved(ids), Actor.Rapport);
            if (await db.SaveAsync(Actor.Rapport, CancellationToken.None) is { } refusal) throw new InvalidOperationException(refusal.Message);
        }
        catch (Exception failure) when (DatabaseTrouble.Of(failure, address) is not null)
        {
            // Nobody is kept from sending because a page cannot be told.
        }
    }
}
