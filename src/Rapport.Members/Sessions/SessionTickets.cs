using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>Keeps sessions in the database: the cookie holds only a key. Who they are is read anew every few seconds, so an end or a changed role takes hold at once.</summary>
internal sealed class SessionTickets(SessionCache cache, WhoWasSeen seen, IServiceScopeFactory scopes, TimeProvider clock) : ITicketStore
{
    public Task<string> StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, null);

    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) => StoreAsync(ticket, httpContext);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var hash = Convert.ToHexString(Secret.Hash(key));
        var known = cache.Find(hash);
        if (known is null)
        {
            await using var scope = scopes.CreateAsyncScope();
            known = await ReadAsync(scope.ServiceProvider.GetRequiredService<RapportDb>(), Secret.Hash(key));
            if (known is null) return null;
            cache.Keep(hash, known);
        }
        seen.Note(known.Member, known.Session);
        return known.Ticket;
    }

    // The cookie is renewed when half of its time has passed; the session with it.
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        var (hash, now) = (Secret.Hash(key), clock.GetUtcNow());
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RapportDb>().Set<MemberSession>().Where(s => s.KeyHash == hash)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.RenewedAt, now).SetProperty(x => x.ExpiresAt, now + MemberSession.Lasts));
        cache.ForgetKey(Convert.ToHexString(hash));
    }

    public async Task RemoveAsync(string key)
    {
        var hash = Secret.Hash(key);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
        // Saved, not only deleted: pages that are open in it are told that it is over.
        if (await db.Set<MemberSession>().SingleOrDefaultAsync(s => s.KeyHash == hash) is { } session)
        {
            db.Remove(session);
            // Refused, it is over already.
            _ = await db.SaveAsync(Actor.Rapport, CancellationToken.None);
        }
        cache.ForgetKey(Convert.ToHexString(hash));
    }

    private async Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext? http)
    {
        var (key, now) = (Secret.New(), clock.GetUtcNow());
        var by = ticket.Principal.Actor();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
        var session = new MemberSession
        {
            Id = Ids.New<SessionId>(clock), Member = by.Id, KeyHash = Secret.Hash(key), StartedAt = now, RenewedAt = now, LastSeenAt = now, ExpiresAt = now + MemberSession.Lasts,
            Device = Device.Of(http?.Request.Headers.UserAgent.ToString()), Address = http?.Connection.RemoteIpAddress?.ToString() ?? "",
        };
        db.Add(session);
        db.Note("signed in", $"members/{by.Id}", new { session.Device, session.Address });
        await db.SaveOrThrowAsync(by, CancellationToken.None);
        return key;
    }

    private async Task<KnownSession?> ReadAsync(RapportDb db, byte[] hash)
    {
        var now = clock.GetUtcNow();
        var found = await (from session in db.Set<MemberSession>().AsNoTracking()
                           join member in db.Set<Member>() on session.Member equals member.Id
                           where session.KeyHash == hash && session.ExpiresAt > now && member.LeftAt == null
                           select new { session, member }).SingleOrDefaultAsync();
        if (found is null) return null;
        var how = new Claim(Identities.SessionClaim, found.session.Id.Value.ToString("D", CultureInfo.InvariantCulture));
        var principal = await Identities.OfAsync(db, found.member, IdentityConstants.ApplicationScheme, how, CancellationToken.None);
        var properties = new AuthenticationProperties { IssuedUtc = found.session.RenewedAt, ExpiresUtc = found.session.ExpiresAt, IsPersistent = true };
        return new(found.member.Id, found.session.Id, new(principal, properties, IdentityConstants.ApplicationScheme));
    }
}
