using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Makes a link that signs a member in, for whoever has the machine: the demo. The one made before stops working.</summary>
public sealed class MakeSignInLink(RapportDb db, TimeProvider clock)
{
    /// <summary>The link, which works once, for a day.</summary>
    public async Task<Result<MadeLink>> RunAsync(Member member, Actor by, CancellationToken ct)
    {
        if (MemberRules.Check(by, member.Roles, Roles.None) is { } forbidden) return forbidden;
        if (!member.IsHere) return Refusal.Conflict("member.left", $"{member.Name} has left; let them return first.");
        db.RemoveRange(await db.Set<OneTimeLink>().Where(l => l.Kind == LinkKind.Enter && l.Member == member.Id).ToListAsync(ct));
        var (link, token) = OneTimeLink.Make(LinkKind.Enter, clock, member.Id);
        db.Add(link);
        return await db.SaveAsync(by, ct) is { } refusal ? refusal : new MadeLink(link.Id, OneTimeLink.Path(LinkKind.Enter, token), link.ExpiresAt);
    }
}

/// <summary>Uses up a link that signs a member in.</summary>
internal sealed class EnterByLink(RapportDb db, TimeProvider clock)
{
    public async Task<Result<Member>> RunAsync(string token, CancellationToken ct)
    {
        if (await db.LinkAsync(LinkKind.Enter, token, clock, ct) is not { Member: { } id } link) return LinkQueries.Gone;
        if (await db.MemberAsync(id, ct) is not { IsHere: true } member) return LinkQueries.Gone;
        db.Remove(link);
        return await db.SaveAsync(member.Actor, ct) is { } refusal ? refusal : member;
    }
}
