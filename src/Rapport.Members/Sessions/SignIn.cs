using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Lets a member in. Whatever is wrong, the answer and the time it takes are the same.</summary>
internal sealed partial class SignIn(RapportDb db, Passwords passwords, SignInThrottle throttle, ILogger<SignIn> log)
{
    private static readonly Refusal No = Refusal.Forbidden("sign-in.refused", "That address and password do not fit together. After five attempts, wait five minutes.");

    /// <summary>Who signs in with this address and password.</summary>
    public async Task<Result<Member>> RunAsync(string? email, string? password, CancellationToken ct)
    {
        var key = Member.KeyOf(email ?? "");
        var open = throttle.Take(key);
        var member = await db.MemberAsync(key, ct);
        var right = passwords.IsRight(member is { PasswordHash.Length: > 0 } ? member : null, password ?? "");
        if (!open || !right || !member!.IsHere)
        {
            if (member is not null) LogRefused(member.Id, open);
            return No;
        }
        throttle.Forgive(key);
        if (await db.SaveAsync(member.Actor, ct) is { } refusal) return refusal;
        return member;
    }

    /// <summary>Begins a session in this browser; a cookie remembers it.</summary>
    public static Task BeginAsync(HttpContext http, Member member)
    {
        Claim[] claims = [new(ClaimTypes.NameIdentifier, member.Id.ToString()), new(ClaimTypes.Name, member.Name), new(SignedIn.RolesClaim, member.Roles.ToString())];
        var identity = new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme);
        return http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new(identity), new AuthenticationProperties { IsPersistent = true });
    }

    [LoggerMessage(LogLevel.Warning, "A sign-in of member {Member} was refused (attempts left: {Open})")]
    private partial void LogRefused(MemberId member, bool open);
}
