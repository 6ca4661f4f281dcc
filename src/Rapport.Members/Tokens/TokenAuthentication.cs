using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Members;

/// <summary>Knows a program by <c>Authorization: Bearer rap_...</c> (RFC 6750).</summary>
internal sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, RapportDb db, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";
    // Last used is a rough word; a row per request would make every reader a writer.
    private static readonly TimeSpan Roughly = TimeSpan.FromMinutes(5);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var secret = header["Bearer ".Length..].Trim();
        if (secret.Length > 200 || !secret.StartsWith(ApiToken.Prefix, StringComparison.Ordinal)) return AuthenticateResult.Fail("Not a token of ours.");

        var (hash, now, ct) = (Secret.Hash(secret), clock.GetUtcNow(), Context.RequestAborted);
        var found = await (from token in db.Set<ApiToken>().AsNoTracking()
                           join member in db.Set<Member>().AsNoTracking() on token.Member equals member.Id
                           where token.Hash == hash && token.ExpiresAt > now && member.LeftAt == null
                           select new { token, member }).SingleOrDefaultAsync(ct);
        if (found is null) return AuthenticateResult.Fail("The token is unknown, revoked or too old.");
        if (found.token.LastUsedAt is not { } used || now - used > Roughly)
            await db.Set<ApiToken>().Where(t => t.Id == found.token.Id).ExecuteUpdateAsync(s => s.SetProperty(t => t.LastUsedAt, now), ct);
        var scope = new Claim(Identities.ScopeClaim, found.token.Scope.ToString().ToLowerInvariant());
        return AuthenticateResult.Success(new(await Identities.OfAsync(db, found.member, Name, scope, ct), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Answers.SignInFirstAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Answers.NotYoursAsync(Context);
}
