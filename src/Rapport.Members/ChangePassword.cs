using Microsoft.AspNetCore.Identity;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Gives a member another password. Every other session of theirs ends.</summary>
internal sealed class ChangePassword(RapportDb db, UserManager<Member> accounts, SigningIn identity, SessionCache cache, TimeProvider clock)
{
    /// <summary>By themselves, knowing the present one; wrong guesses count like those at the door.</summary>
    public async Task<Refusal?> RunAsync(Member member, string? present, string? wanted, SessionId? keep, Actor by, CancellationToken ct)
    {
        if (member.Id != by.Id) return MemberRules.NotYours;
        if (!(await identity.CheckPasswordSignInAsync(member, present ?? "", lockoutOnFailure: true)).Succeeded)
            return Refusal.Invalid("password.wrong", "That is not your present password. After five attempts, wait five minutes.", "present");
        return await ChangeAsync(member, wanted, keep, by, ct);
    }

    /// <summary>By a link that an administrator made.</summary>
    public async Task<Result<Member>> ResetAsync(string token, string? wanted, CancellationToken ct)
    {
        if (await db.LinkAsync(LinkKind.Reset, token, clock, ct) is not { Member: { } id } link) return LinkQueries.Gone;
        if (await db.MemberAsync(id, ct) is not { IsHere: true } member) return LinkQueries.Gone;
        db.Remove(link);
        return await ChangeAsync(member, wanted, null, member.Actor, ct) is { } refusal ? refusal : member;
    }

    private async Task<Refusal?> ChangeAsync(Member member, string? wanted, SessionId? keep, Actor by, CancellationToken ct)
    {
        await accounts.RemovePasswordAsync(member);
        if (await accounts.AddPasswordAsync(member, wanted ?? "") is { Succeeded: false } weak) return weak.ToRefusal();
        await accounts.SetLockoutEndDateAsync(member, null);
        await accounts.ResetAccessFailedCountAsync(member);
        await EndSessions.TrackEndAsync(db, member.Id, keep, ct);
        db.Note("changed the password", $"members/{member.Id}", new { });
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        cache.Forget(member.Id);
        return null;
    }
}
