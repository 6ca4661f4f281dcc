using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Rapport.Members;

/// <summary>Who is signed in, as an actor.</summary>
public static class SignedIn
{
    /// <summary>The claim that holds <see cref="Roles"/>, comma-separated.</summary>
    public const string RolesClaim = "rapport:roles";

    /// <summary>The signed-in member. Only behind a policy.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the route lacks a policy.</exception>
    public static Actor Actor(this ClaimsPrincipal user) =>
        user.ActorOrNull() ?? throw new InvalidOperationException("Nobody is signed in: the route lacks a policy.");

    /// <summary>The signed-in member. Only behind a policy.</summary>
    public static Actor Actor(this HttpContext http) => http.User.Actor();

    /// <summary>The signed-in member; null where nobody is, on pages that are for everyone.</summary>
    public static Actor? ActorOrNull(this ClaimsPrincipal user) =>
        IId<MemberId>.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), null, out var id)
            ? new(id, user.FindFirstValue(ClaimTypes.Name) ?? "", Enum.Parse<Roles>(user.FindFirstValue(RolesClaim) ?? nameof(Roles.None))) { Teams = [.. user.FindAll(Identities.TeamClaim).Select(c => new ReaderId(Guid.Parse(c.Value)))] }
            : null;

    /// <summary>The member's choice of how pages look: <c>light</c> or <c>dark</c>; null to follow the system.</summary>
    public static string? Theme(this HttpContext http) => http.User.FindFirstValue(Identities.ThemeClaim);

    internal static bool Holds(this ClaimsPrincipal user, Roles role) => user.ActorOrNull()?.May(role) == true;

    internal static bool OnlyReads(this ClaimsPrincipal user) => user.HasClaim(Identities.ScopeClaim, "read");

    /// <summary>The session of this browser; null for a token.</summary>
    public static SessionId? Session(this HttpContext http) =>
        IId<SessionId>.TryParse(http.User.FindFirstValue(Identities.SessionClaim), null, out var id) ? id : null;
}
