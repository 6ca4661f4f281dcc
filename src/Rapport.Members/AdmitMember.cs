using Microsoft.AspNetCore.Identity;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Makes somebody a member at once, for whoever has the machine: the demo. They have no password until they choose one by a link.</summary>
public sealed class AdmitMember(RapportDb db, UserManager<Member> accounts, TimeProvider clock)
{
    /// <summary>The new member.</summary>
    public async Task<Result<Member>> RunAsync(string name, string email, Roles roles, Actor by, CancellationToken ct)
    {
        if (MemberRules.Check(by, Roles.None, roles) is { } forbidden) return forbidden;
        if (!Member.Join(name, email, roles, clock).Succeeded(out var member, out var wrong)) return wrong;
        if (await db.MemberAsync(email, ct) is { } known) return Refusal.Conflict("member.known", $"{known.Name} is known by this address already.");
        await accounts.CreateAsync(member);
        db.Happened(new MemberJoined(member.Id), by);
        return await db.SaveAsync(by, ct) is { } refusal ? refusal : member;
    }
}
