using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Live;
using Rapport.Members;

namespace Rapport.Dialogue;

/// <summary>How many things wait for the reader on Today, for the rail of every page: who waits for them, and what is for them. Read beside the page, once for each request, and counted only when something has changed.</summary>
public sealed class TodayCount(IServiceScopeFactory scopes, IHttpContextAccessor http, CountedToday counted, DatabaseAddress address)
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
            if (counted.Find(by.Id, since) is { } known) return (known, since);
            var waiting = await scope.ServiceProvider.GetRequiredService<WaitingToday>().CountAsync(by, ct);
            var count = waiting + await scope.ServiceProvider.GetRequiredService<Nudges>().CountAsync(MostForYou, by, ct);
            counted.Remember(by.Id, since, count);
            return (count, since);
        }
        catch (Exception failure) when (DatabaseTrouble.Of(failure, address) is not null)
        {
            return (0, 0);
        }
    }
}

/// <summary>What was counted for each member, and when: it holds until something changes, and for a minute at most, because what was put away comes back by itself.</summary>
public sealed class CountedToday(TimeProvider clock)
{
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<MemberId, (long Since, int Count, DateTimeOffset At)> counted = [];

    /// <summary>The number, when nothing has changed since; else null.</summary>
    public int? Find(MemberId member, long since) => counted.TryGetValue(member, out var known) && known.Since == since && clock.GetUtcNow() - known.At < Holds ? known.Count : null;

    /// <summary>Remembers it.</summary>
    public void Remember(MemberId member, long since, int count) => counted[member] = (since, count, clock.GetUtcNow());
}
