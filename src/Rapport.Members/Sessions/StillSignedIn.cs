using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Asks again who somebody is whose request lasts longer than a page does.</summary>
public sealed class StillSignedIn(RapportDb db, TimeProvider clock)
{
    /// <summary>The member as they are now, with their roles and teams; null when the session has ended or they have left.</summary>
    public async Task<Actor?> RunAsync(SessionId session, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var member = await (from s in db.Set<MemberSession>() where s.Id == session && s.ExpiresAt > now join m in db.Set<Member>() on s.Member equals m.Id where m.LeftAt == null select m).AsNoTracking().SingleOrDefaultAsync(ct);
        return member is null ? null : member.Actor with { Teams = await db.TeamsOfAsync(member.Id, ct) };
    }
}
