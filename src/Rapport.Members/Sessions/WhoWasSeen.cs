using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Members;

/// <summary>Remembers who was there until it is written down, so that reading a page never waits for a writer.</summary>
internal sealed class WhoWasSeen(TimeProvider clock)
{
    private readonly ConcurrentDictionary<SessionId, (MemberId Member, DateTimeOffset At)> sessions = new();

    public void Note(MemberId member, SessionId session) => sessions[session] = (member, clock.GetUtcNow());

    /// <summary>All since the last time this was asked.</summary>
    public List<(SessionId Session, MemberId Member, DateTimeOffset At)> Take() =>
        [.. sessions.Keys.Select(key => sessions.TryRemove(key, out var seen) ? (key, seen.Member, seen.At) : default).Where(seen => seen.At != default)];
}

/// <summary>Writes down who was seen, and takes away sessions and links whose time is over.</summary>
internal sealed class WriteWhoWasSeen(WhoWasSeen seen, RapportDb db, TimeProvider clock) : IJob
{
    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var (session, member, at) in seen.Take())
        {
            await db.Set<MemberSession>().Where(s => s.Id == session).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, at), ct);
            await db.Set<Member>().Where(m => m.Id == member).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, at), ct);
        }
        var now = clock.GetUtcNow();
        await db.Set<MemberSession>().Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        await db.Set<OneTimeLink>().Where(l => l.ExpiresAt <= now).ExecuteDeleteAsync(ct);
    }
}
