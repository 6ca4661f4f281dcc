using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>
/// Identity's sign-in, with two things of ours. An attempt is counted and saved before the password is looked at, so that many at once count too;
/// and whether an account is locked, has no password or is not there at all, as much work is done.
/// </summary>
internal sealed class SigningIn(
    UserManager<Member> accounts, IHttpContextAccessor http, IUserClaimsPrincipalFactory<Member> claims, IOptions<IdentityOptions> options, ILogger<SigningIn> log,
    IAuthenticationSchemeProvider schemes, IUserConfirmation<Member> confirmation, IOptionsMonitor<CookieAuthenticationOptions> cookies, RapportDb db)
    : SignInManager<Member>(accounts, http, claims, options, log, schemes, confirmation)
{
    private static string? nobodys;

    public override Task<bool> CanSignInAsync(Member user) => Task.FromResult(user.IsHere);

    public override async Task<SignInResult> CheckPasswordSignInAsync(Member user, string password, bool lockoutOnFailure)
    {
        if (await PreSignInCheck(user) is { } closed) return AfterAsMuchWork(password, closed);
        if (!user.HasPassword) return AfterAsMuchWork(password, SignInResult.Failed);
        if (lockoutOnFailure && !await CountAsync(user)) return AfterAsMuchWork(password, SignInResult.Failed);
        if (!await UserManager.CheckPasswordAsync(user, Short(password))) return SignInResult.Failed;
        if (lockoutOnFailure) await ForgiveAsync(user);
        return SignInResult.Success;
    }

    /// <summary>
    /// A sign-in is a session of its own: the one that this browser held is over first. Left to the framework, its key would go on with the member
    /// it was made for, and whoever signs in where another is signed in would work as the other.
    /// </summary>
    public override async Task SignInWithClaimsAsync(Member user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        if (!Context.User.HasClaim(c => c.Type == Identities.SessionClaim))
        {
            await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims);
            return;
        }
        await Context.SignOutAsync(AuthenticationScheme);
        var name = cookies.Get(AuthenticationScheme).Cookie.Name;
        Context.Request.Headers.Cookie = string.Join("; ", Context.Request.Cookies.Where(c => c.Key != name).Select(c => $"{c.Key}={Uri.EscapeDataString(c.Value)}"));
        var principal = await CreateUserPrincipalAsync(user);
        foreach (var claim in additionalClaims) principal.Identities.First().AddClaim(claim);
        // The request's own handler of cookies has read the one that is over.
        if (await new AuthenticationHandlerProvider(Context.RequestServices.GetRequiredService<IAuthenticationSchemeProvider>()).GetHandlerAsync(Context, AuthenticationScheme) is not IAuthenticationSignInHandler fresh) throw new InvalidOperationException("Sessions are kept by cookies.");
        await fresh.SignInAsync(principal, authenticationProperties);
        Context.User = principal;
    }

    /// <summary>For an address that nobody signs in by.</summary>
    public SignInResult OfNobody(string password) => AfterAsMuchWork(password, SignInResult.Failed);

    // Whoever saves second is refused, whatever their password: of many attempts at once, one is looked at.
    private async Task<bool> CountAsync(Member user)
    {
        await UserManager.AccessFailedAsync(user);
        return await db.SaveAsync(user.Actor, Context.RequestAborted) is null;
    }

    private async Task ForgiveAsync(Member user)
    {
        await UserManager.ResetAccessFailedCountAsync(user);
        await UserManager.SetLockoutEndDateAsync(user, null);
        // Refused, another attempt was counted meanwhile: that one stands.
        _ = await db.SaveAsync(user.Actor, Context.RequestAborted);
    }

    private SignInResult AfterAsMuchWork(string password, SignInResult verdict)
    {
        nobodys ??= UserManager.PasswordHasher.HashPassword(null!, "nobody has this password");
        UserManager.PasswordHasher.VerifyHashedPassword(null!, nobodys, Short(password));
        return verdict;
    }

    private static string Short(string password) => password.Length > PasswordRules.Longest ? "" : password;
}
