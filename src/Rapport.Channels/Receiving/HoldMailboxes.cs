using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Channels;

/// <summary>Shares the connected mailboxes among nodes: each is read by one, and by another when that one shows no sign of life any more.</summary>
public sealed class HoldMailboxes(IServiceScopeFactory scopes, TimeProvider clock)
{
    private readonly Guid node = Ids.New<MailboxId>(clock).Value;

    /// <summary>Those that are to be read, by whomever, with the version of their settings.</summary>
    public Task<Dictionary<MailboxId, int>> WantedAsync(CancellationToken ct) => InDatabaseAsync(db => Wanted(db).ToDictionaryAsync(c => c.Mailbox, c => c.Version, ct));

    /// <summary>Takes one that nobody holds and that is due; null when it is not to be had.</summary>
    public Task<MailboxConnection?> ClaimAsync(MailboxId id, CancellationToken ct) => InDatabaseAsync(async db =>
    {
        var now = clock.GetUtcNow();
        var claimed = await Wanted(db).Where(c => c.Mailbox == id && (c.HeldUntil == null || c.HeldUntil < now || c.Holder == node) && (c.RetryAt == null || c.RetryAt <= now))
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.Holder, node).SetProperty(c => c.HeldUntil, now + MailboxConnection.Lease), ct);
        return claimed == 0 ? null : await db.Set<MailboxConnection>().AsNoTracking().SingleOrDefaultAsync(c => c.Mailbox == id, ct);
    });

    /// <summary>Gives a sign of life; false when it is held no more.</summary>
    public Task<bool> KeepAsync(MailboxId id, CancellationToken ct) => InDatabaseAsync(async db =>
    {
        var until = clock.GetUtcNow() + MailboxConnection.Lease;
        return await Held(db, id).ExecuteUpdateAsync(s => s.SetProperty(c => c.HeldUntil, until), ct) > 0;
    });

    /// <summary>The server answers: whatever was wrong is over, but for what does not keep the mailbox from being read.</summary>
    public Task ContactedAsync(MailboxId id, MailTrouble? still, CancellationToken ct) => InDatabaseAsync(db =>
    {
        var now = clock.GetUtcNow();
        var (kind, said, since) = (still?.Kind, still?.Sentence, still is null ? (DateTimeOffset?)null : now);
        return Held(db, id).ExecuteUpdateAsync(s => s.SetProperty(c => c.ContactAt, now).SetProperty(c => c.TroubleSince, c => kind != null && c.Trouble == kind ? c.TroubleSince : since)
            .SetProperty(c => c.Trouble, kind).SetProperty(c => c.TroubleSaid, said).SetProperty(c => c.Attempts, 0).SetProperty(c => c.RetryAt, (DateTimeOffset?)null), ct);
    });

    /// <summary>Lets it go, with what kept it from being read; null when it was only stopped.</summary>
    public Task ReleaseAsync(MailboxId id, MailTrouble? trouble, CancellationToken ct) => InDatabaseAsync(async db =>
    {
        var now = clock.GetUtcNow();
        if (trouble is not null && await Held(db, id).AsNoTracking().SingleOrDefaultAsync(ct) is { } held)
        {
            var retry = now + MailboxConnection.BackOff(trouble.Kind, held.Attempts);
            // What did not keep it from being read says nothing of how long it has not been.
            var since = held.Trouble == MailTroubleKind.SentFolder && trouble.Kind != held.Trouble ? now : held.TroubleSince ?? now;
            await Held(db, id).ExecuteUpdateAsync(s => s.SetProperty(c => c.Trouble, trouble.Kind).SetProperty(c => c.TroubleSaid, trouble.Sentence).SetProperty(c => c.TroubleSince, since)
                .SetProperty(c => c.Attempts, held.Attempts + 1).SetProperty(c => c.RetryAt, retry), ct);
        }
        await Held(db, id).ExecuteUpdateAsync(s => s.SetProperty(c => c.Holder, (Guid?)null).SetProperty(c => c.HeldUntil, (DateTimeOffset?)null), ct);
        return true;
    });

    // What a member connected is read for as long as they are here.
    private static IQueryable<MailboxConnection> Wanted(RapportDb db) =>
        db.Set<MailboxConnection>().Where(c => c.PausedAt == null && !db.Set<Mailbox>().Any(m => m.Id == c.Mailbox && db.Set<Member>().Any(o => o.Id == m.Owner && o.LeftAt != null)));

    private IQueryable<MailboxConnection> Held(RapportDb db, MailboxId id) => db.Set<MailboxConnection>().Where(c => c.Mailbox == id && c.Holder == node);

    private async Task<T> InDatabaseAsync<T>(Func<RapportDb, Task<T>> run)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<RapportDb>());
    }
}
