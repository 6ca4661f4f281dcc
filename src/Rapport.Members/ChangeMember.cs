using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>What administrators do to members: other roles, leaving, coming back.</summary>
internal sealed class ChangeMember(RapportDb db, SessionCache cache, TimeProvider clock)
{
    private static readonly Refusal LastOwner = Refusal.Conflict("member.last-owner", "Somebody must own this installation. Make another owner first.");

    /// <summary>Gives other roles; what they may do changes with their next click.</summary>
    public async Task<Refusal?> RolesAsync(Member member, Roles roles, Actor by, CancellationToken ct)
    {
        if (MemberRules.Check(by, member.Roles, roles) is { } forbidden) return forbidden;
        if (roles == Roles.None) return Refusal.Invalid("member.roles", "Choose at least one role.", "roles");
        if (!roles.HasFlag(Roles.Owner) && await IsLastOwnerAsync(member, ct)) return LastOwner;
        member.Roles = roles;
        return await SaveAsync(member, by, ct);
    }

    /// <summary>Ends their membership and every session and token of theirs at once.</summary>
    public async Task<Refusal?> LeaveAsync(Member member, Actor by, CancellationToken ct)
    {
        if (MemberRules.Check(by, member.Roles, Roles.None) is { } forbidden) return forbidden;
        if (await IsLastOwnerAsync(member, ct)) return LastOwner;
        if (member.Leave(clock.GetUtcNow()) is { } refusal) return refusal;
        await EndSessions.TrackEndAsync(db, member.Id, null, ct);
        db.RemoveRange(await db.Set<ApiToken>().Where(t => t.Member == member.Id).ToListAsync(ct));
        db.RemoveRange(await db.Set<OneTimeLink>().Where(l => l.Member == member.Id).ToListAsync(ct));
        db.Happened(new MemberLeft(member.Id), by);
        return await SaveAsync(member, by, ct);
    }

    /// <summary>Lets them in again.</summary>
    public async Task<Refusal?> ReturnAsync(Member member, Actor by, CancellationToken ct)
    {
        if (MemberRules.Check(by, member.Roles, Roles.None) is { } forbidden) return forbidden;
        if (member.Return() is { } refusal) return refusal;
        db.Happened(new MemberJoined(member.Id), by);
        return await SaveAsync(member, by, ct);
    }

    private async Task<bool> IsLastOwnerAsync(Member member, CancellationToken ct) =>
        member.Roles.HasFlag(Roles.Owner)
        && !(await db.Set<Member>().AsNoTracking().Where(m => m.LeftAt == null && m.Id != member.Id).Select(m => m.Roles).ToListAsync(ct)).Exists(r => r.HasFlag(Roles.Owner));

    private async Task<Refusal?> SaveAsync(Member member, Actor by, CancellationToken ct)
    {
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        cache.Forget(member.Id);
        return null;
    }
}
