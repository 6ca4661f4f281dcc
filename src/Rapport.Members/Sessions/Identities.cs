using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Members;

/// <summary>Turns a member into what the rest of ASP.NET Core sees of one.</summary>
internal sealed class Identities(RapportDb db) : IUserClaimsPrincipalFactory<Member>
{
    public const string NameClaim = "name", ZoneClaim = "zone", LanguageClaim = "language", ThemeClaim = "theme", SessionClaim = "session", ScopeClaim = "scope", TeamClaim = "team";

    /// <summary>At sign-in; with each request it is read anew, with the session it came by.</summary>
    public Task<ClaimsPrincipal> CreateAsync(Member user) => OfAsync(db, user, IdentityConstants.ApplicationScheme, null, CancellationToken.None);

    /// <summary>The member as a principal, with the installation's zone where they have none of their own.</summary>
    /// <param name="db">Where the installation is.</param>
    /// <param name="member">Who.</param>
    /// <param name="scheme">How they are known: by a cookie or a token.</param>
    /// <param name="how">The session or the scope of the token; null while there is none yet.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<ClaimsPrincipal> OfAsync(RapportDb db, Member member, string scheme, Claim? how, CancellationToken ct)
    {
        var zone = member.Zone ?? await db.Set<OurInstallation>().Select(i => i.Zone).SingleOrDefaultAsync(ct) ?? "UTC";
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, member.Id.ToString()), new(ClaimTypes.Name, member.Name), new(NameClaim, member.Name),
            new(SignedIn.RolesClaim, member.Roles.ToString()), new(ZoneClaim, zone),
        };
        if (how is not null) claims.Add(how);
        if (member.Language is { } language) claims.Add(new(LanguageClaim, language));
        if (member.Theme != Look.System) claims.Add(new(ThemeClaim, member.Theme.ToString().ToLowerInvariant()));
        foreach (var team in await db.TeamsOfAsync(member.Id, ct)) claims.Add(new(TeamClaim, team.ToString()));
        return new(new ClaimsIdentity(claims, scheme));
    }
}
