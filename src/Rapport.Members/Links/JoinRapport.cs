using Microsoft.AspNetCore.Identity;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Takes up an invitation.</summary>
internal sealed class JoinRapport(RapportDb db, UserManager<Member> accounts, TimeProvider clock)
{
    public async Task<Result<Member>> RunAsync(string token, NewMember who, CancellationToken ct)
    {
        if (await db.LinkAsync(LinkKind.Join, token, clock, ct) is not { } link) return LinkQueries.Gone;
        if (!Member.Join(who.Name, who.Email, link.Roles, clock).Succeeded(out var member, out var refusal)) return refusal;
        if (await db.MemberAsync(member.Email, ct) is not null) return Refusal.Conflict("member.known", "There is a member with this address already. Sign in, or ask for a new password.") with { Field = "email" };
        if (await accounts.CreateAsync(member, who.Password ?? "") is { Succeeded: false } weak) return weak.ToRefusal();
        db.Remove(link);
        db.Happened(new MemberJoined(member.Id), member.Actor);
        return await db.SaveAsync(member.Actor, ct) is { } late ? late : member;
    }
}
