using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Gives a member another password. Every other session of theirs ends.</summary>
internal sealed class ChangePassword(RapportDb db, Passwords passwords, SignInThrottle throttle, SessionCache cache, TimeProvider clock)
{
    /// <summary>By themselves, knowing the present one.</summary>
    public async Task<Refusal?> RunAsync(Member member, string? present, string? wanted, SessionId? keep, Actor by, CancellationToken ct)
    {
        if (member.Id != by.Id) return MemberRules.NotYours;
        if (!throttle.Take(member.EmailKey) || !passwords.IsRight(member, present ?? ""))
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
        if (PasswordRules.Check(wanted, member.Name, member.Email) is { } weak) return weak;
        member.PasswordHash = passwords.Hash(wanted!);
        await EndSessions.TrackEndAsync(db, member.Id, keep, ct);
        db.Note("changed the password", $"members/{member.Id}", new { });
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        throttle.Forgive(member.EmailKey);
        cache.Forget(member.Id);
        return null;
    }
}
