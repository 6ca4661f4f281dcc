using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Makes a link for one member, which works once, for a day. The one made before for the same purpose stops working.</summary>
public sealed class MakeMemberLink(RapportDb db, TimeProvider clock)
{
    /// <summary>By which a member who forgot their password chooses another.</summary>
    public Task<Result<MadeLink>> ResetAsync(Member member, Actor by, CancellationToken ct) => RunAsync(LinkKind.Reset, member, by, ct);

    /// <summary>Which signs a member in, for whoever has the machine: the demo.</summary>
    public Task<Result<MadeLink>> SignInAsync(Member member, Actor by, CancellationToken ct) => RunAsync(LinkKind.Enter, member, by, ct);

    private async Task<Result<MadeLink>> RunAsync(LinkKind kind, Member member, Actor by, CancellationToken ct)
    {
        if (MemberRules.Check(by, member.Roles, Roles.None) is { } forbidden) return forbidden;
        if (!member.IsHere) return Refusal.Conflict("member.left", $"{member.Name} has left; let them return first.");
        db.RemoveRange(await db.Set<OneTimeLink>().Where(l => l.Kind == kind && l.Member == member.Id).ToListAsync(ct));
        var (link, token) = OneTimeLink.Make(kind, clock, member.Id);
        db.Add(link);
        return await db.SaveAsync(by, ct) is { } refusal ? refusal : new MadeLink(link.Id, OneTimeLink.Path(kind, token), link.ExpiresAt);
    }
}
