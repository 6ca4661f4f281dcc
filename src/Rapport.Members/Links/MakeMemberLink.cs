using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Makes a link by which a member who forgot their password chooses another. The one made before stops working.</summary>
public sealed class MakeResetLink(RapportDb db, TimeProvider clock)
{
    /// <summary>The link, which works once, for a day.</summary>
    public async Task<Result<MadeLink>> RunAsync(Member member, Actor by, CancellationToken ct)
    {
        if (MemberRules.Check(by, member.Roles, Roles.None) is { } forbidden) return forbidden;
        if (!member.IsHere) return Refusal.Conflict("member.left", $"{member.Name} has left; let them return first.");
        db.RemoveRange(await db.Set<OneTimeLink>().Where(l => l.Kind == LinkKind.Reset && l.Member == member.Id).ToListAsync(ct));
        var (link, token) = OneTimeLink.Make(LinkKind.Reset, clock, member.Id);
        db.Add(link);
        return await db.SaveAsync(by, ct) is { } refusal ? refusal : new MadeLink(link.Id, OneTimeLink.Path(LinkKind.Reset, token), link.ExpiresAt);
    }
}
