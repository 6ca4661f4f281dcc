using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Rapport.Members;

/// <summary>The names of the policies that stand on routes and pages.</summary>
public static class Policies
{
    /// <summary>Sees what is visible to them: every member.</summary>
    public const string Read = "read";
    /// <summary>Serves customers: all but readers.</summary>
    public const string Write = "write";
    /// <summary>Reassigns: managers and above.</summary>
    public const string Manage = "manage";
    /// <summary>Invites and configures: administrators and the owner.</summary>
    public const string Administer = "administer";
}

/// <summary>Who is signed in, as an actor.</summary>
public static class SignedIn
{
    /// <summary>The claim that holds <see cref="Roles"/> as a number.</summary>
    public const string RolesClaim = "rapport:roles";

    /// <summary>The signed-in member. Only behind a policy.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the route lacks a policy.</exception>
    public static Actor Actor(this ClaimsPrincipal user) =>
        IId<MemberId>.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), null, out var id)
            ? new(id, user.FindFirstValue(ClaimTypes.Name) ?? "", Enum.Parse<Roles>(user.FindFirstValue(RolesClaim) ?? "None"))
            : throw new InvalidOperationException("Nobody is signed in: the route lacks a policy.");

    /// <summary>The signed-in member. Only behind a policy.</summary>
    public static Actor Actor(this HttpContext http) => http.User.Actor();
}
