using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Live;
using Rapport.Members;

namespace Rapport.Dialogue;

/// <summary>How many things wait for the reader on Today, for the rail of every page: who waits for them, and what is for them. Read beside the page, once for each request.</summary>
public sealed class TodayCount(IServiceScopeFactory scopes, IHttpContextAccessor http, DatabaseAddress address)
{
    private const int MostForYou = 10;

    private Task<(int Count, long Since)>? read;

    /// <summary>The number, and the position of changes before it was counted.</summary>
    public Task<(int Count, long Since)> ReadAsync() => read ??= http.HttpContext?.User.ActorOrNull() is { } by ? CountAsync(by, http.HttpContext.RequestAborted) : Task.FromResult((0, 0L));

    // The page uses its own context meanwhile; and where that has no database, its own page says so.
    private async Task<(int Count, long Since)> CountAsync(Actor by, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var since = await scope.ServiceProvider.GetRequiredService<RapportDb>().ChangesNowAsync(ct);
            var waiting = await scope.ServiceProvider.GetRequiredService<WaitingToday>().CountAsync(by, ct);
            return (waiting + await scope.ServiceProvider.GetRequiredService<Nudges>().CountAsync(MostForYou, by, ct), since);
        }
        catch (Exception failure) when (DatabaseTrouble.Of(failure, address) is not null)
        {
            return (0, 0);
        }
    }
}
