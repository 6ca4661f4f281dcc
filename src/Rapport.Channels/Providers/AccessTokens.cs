using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>The access token by which a mailbox is entered now, renewed before it ends. One node at a time asks for a new one: many providers replace the refresh token at each use, and take a second use of the old one for theft.</summary>
public sealed class AccessTokens(IServiceScopeFactory scopes, MailSecrets secrets, AskForTokens ask, DatabaseAddress address, TimeProvider clock)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(2), Turn = TimeSpan.FromMinutes(2), Again = TimeSpan.FromMilliseconds(200);

    /// <summary>One that is good for a while yet.</summary>
    /// <param name="mailbox">For which mailbox.</param>
    /// <param name="from">At which provider its user signs in.</param>
    /// <param name="refused">One that a server just refused, so that it is another.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="MailTroubleException">There is none: nobody signed in, the permission is over, or the provider does not answer.</exception>
    internal async Task<(MailProvider Provider, string Token)> RunAsync(MailboxId mailbox, MailProviderId from, string? refused, CancellationToken ct)
    {
        while (true)
        {
            var (provider, grant) = await FindAsync(mailbox, from, ct);
            if (provider is null) throw new MailTroubleException(new(MailTroubleKind.SignInAgain, "Where people sign in for this mailbox is no longer set up. Choose another way to sign in, in its settings."));
            if (grant is null) throw new MailTroubleException(AskForTokens.Never(provider.Name));
            if (grant.EndedAt is not null) throw new MailTroubleException(AskForTokens.Ended(provider.Name));
            var now = clock.GetUtcNow();
            var token = secrets.Open(grant.AccessToken, provider.Name);
            if (grant.AccessUntil - now > Early && token != refused) return (provider, token);
            if (await MyTurnAsync(grant, now, ct)) return (provider, await RenewAsync(provider, grant));
            await Task.Delay(Again, clock, ct);
        }
    }

    private Task<(MailProvider?, MailGrant?)> FindAsync(MailboxId mailbox, MailProviderId from, CancellationToken ct) => InDatabaseAsync(async db =>
        (await db.Set<MailProvider>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == from, ct), await db.Set<MailGrant>().AsNoTracking().SingleOrDefaultAsync(g => g.Mailbox == mailbox && g.Provider == from, ct)));

    private Task<bool> MyTurnAsync(MailGrant grant, DateTimeOffset now, CancellationToken ct) => InDatabaseAsync(async db =>
        await Same(db, grant).Where(g => g.AccessUntil == grant.AccessUntil && g.EndedAt == null && (g.AskingUntil == null || g.AskingUntil < now)).ExecuteUpdateAsync(s => s.SetProperty(g => g.AskingUntil, now + Turn), ct) > 0);

    // Not to be stopped: a token that was given and not kept would be lost for good, and with it the permission.
    private async Task<string> RenewAsync(MailProvider provider, MailGrant grant)
    {
        try
        {
            var given = await ask.ByRefreshAsync(provider, secrets.Open(grant.RefreshToken, provider.Name), CancellationToken.None);
            await KeepAsync(grant, given);
            return given.Access;
        }
        catch (MailTroubleException failure) when (failure.Trouble.Kind == MailTroubleKind.SignInAgain)
        {
            var now = clock.GetUtcNow();
            await InDatabaseAsync(db => Same(db, grant).ExecuteUpdateAsync(s => s.SetProperty(g => g.EndedAt, now).SetProperty(g => g.AskingUntil, (DateTimeOffset?)null)));
            throw;
        }
        catch (MailTroubleException)
        {
            await InDatabaseAsync(db => Same(db, grant).ExecuteUpdateAsync(s => s.SetProperty(g => g.AskingUntil, (DateTimeOffset?)null)));
            throw;
        }
    }

    private async Task KeepAsync(MailGrant grant, Tokens given)
    {
        var until = clock.GetUtcNow() + given.Lasts;
        var (access, refresh) = (secrets.Seal(given.Access), given.Refresh is { } replaced ? secrets.Seal(replaced) : grant.RefreshToken);
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await InDatabaseAsync(db => Same(db, grant).ExecuteUpdateAsync(s => s.SetProperty(g => g.AccessToken, access).SetProperty(g => g.RefreshToken, refresh).SetProperty(g => g.AccessUntil, until).SetProperty(g => g.AskingUntil, (DateTimeOffset?)null)));
                return;
            }
            catch (Exception failure) when (DatabaseTrouble.Of(failure, address) is not null && clock.GetElapsedTime(started) < Turn)
            {
                await Task.Delay(Again, clock, CancellationToken.None);
            }
        }
    }

    // Who signed in anew meanwhile gave another permission, which this one's outcome is not about.
    private static IQueryable<MailGrant> Same(RapportDb db, MailGrant grant) => db.Set<MailGrant>().Where(g => g.Mailbox == grant.Mailbox && g.Provider == grant.Provider && g.GrantedAt == grant.GrantedAt);

    private async Task<T> InDatabaseAsync<T>(Func<RapportDb, Task<T>> run)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<RapportDb>());
    }
}
