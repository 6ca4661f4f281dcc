using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Members;

/// <summary>Turns a member into what the rest of ASP.NET Core sees of one.</summary>
internal static class Identities
{
    public const string NameClaim = "name", ZoneClaim = "zone", LanguageClaim = "language", ThemeClaim = "theme", SessionClaim = "session", ScopeClaim = "scope", TeamClaim = "team";

    /// <summary>The member as a principal, with the installation's zone where they have none of their own.</summary>
    public static async Task<ClaimsPrincipal> IdentityAsync(this RapportDb db, Member member, string scheme, Claim how, CancellationToken ct)
    {
        var zone = member.Zone ?? await db.Set<OurInstallation>().Select(i => i.Zone).SingleOrDefaultAsync(ct) ?? "UTC";
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, member.Id.ToString()), new(ClaimTypes.Name, member.Name), new(NameClaim, member.Name),
            new(SignedIn.RolesClaim, member.Roles.ToString()), new(ZoneClaim, zone), how,
        };
        if (member.Language is { } language) claims.Add(new(LanguageClaim, language));
        if (member.Theme != Look.System) claims.Add(new(ThemeClaim, member.Theme.ToString().ToLowerInvariant()));
        foreach (var team in await db.TeamsOfAsync(member.Id, ct)) claims.Add(new(TeamClaim, team.ToString()));
        return new(new ClaimsIdentity(claims, scheme));
    }
}
