using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>A session as its member sees it.</summary>
internal sealed record SessionRow(SessionId Id, string Device, string Address, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt);

/// <summary>Lists and ends a member's own sessions.</summary>
internal sealed class EndSessions(RapportDb db, SessionCache cache, TimeProvider clock)
{
    /// <summary>The member's sessions, the last seen first.</summary>
    public Task<List<SessionRow>> ListAsync(Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Set<MemberSession>().AsNoTracking().Where(s => s.Member == by.Id && s.ExpiresAt > now).OrderByDescending(s => s.LastSeenAt).Take(200)
            .Select(s => new SessionRow(s.Id, s.Device, s.Address, s.StartedAt, s.LastSeenAt)).ToListAsync(ct);
    }

    /// <summary>Ends one.</summary>
    public async Task<Refusal?> RunAsync(SessionId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<MemberSession>().SingleOrDefaultAsync(s => s.Id == id && s.Member == by.Id, ct) is not { } session) return Refusal.Missing("session");
        db.Remove(session);
        db.Note("ended a session", $"members/{by.Id}", new { session.Device, session.Address });
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        cache.Forget(id);
        return null;
    }

    /// <summary>Ends all but the one they are in; all of them when that is null.</summary>
    public async Task<Refusal?> AllButAsync(SessionId? keep, Actor by, CancellationToken ct)
    {
        await TrackEndAsync(db, by.Id, keep, ct);
        db.Note("ended other sessions", $"members/{by.Id}", new { });
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        cache.Forget(by.Id);
        return null;
    }

    /// <summary>Ends a member's sessions with the next save.</summary>
    public static async Task TrackEndAsync(RapportDb db, MemberId member, SessionId? keep, CancellationToken ct) =>
        db.RemoveRange(await db.Set<MemberSession>().Where(s => s.Member == member && s.Id != keep).ToListAsync(ct));
}
