using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Lets a member in and begins a session in this browser; a cookie remembers it. Whatever is wrong, the answer and the time it takes are the same.</summary>
internal sealed partial class SignIn(RapportDb db, SigningIn identity, ILogger<SignIn> log)
{
    private static readonly Refusal No = Refusal.Forbidden("sign-in.refused", "That address and password do not fit together. After five attempts, wait five minutes.");

    /// <summary>With an address and a password.</summary>
    public async Task<Refusal?> RunAsync(string? email, string? password, CancellationToken ct)
    {
        var member = await db.MemberAsync(email ?? "", ct);
        var verdict = member is null ? identity.OfNobody(password ?? "") : await identity.PasswordSignInAsync(member, password ?? "", isPersistent: true, lockoutOnFailure: true);
        if (verdict.Succeeded) return null;
        if (member is not null) LogRefused(member.Id, verdict.IsLockedOut);
        return No;
    }

    /// <summary>For one who has just shown a link that is theirs.</summary>
    public Task BeginAsync(Member member) => identity.SignInAsync(member, isPersistent: true);

    /// <summary>Ends the session of this browser.</summary>
    public Task EndAsync() => identity.SignOutAsync();

    [LoggerMessage(LogLevel.Warning, "A sign-in of member {Member} was refused (locked: {Locked})")]
    private partial void LogRefused(MemberId member, bool locked);
}
