using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>Shares the mailboxes that have something to send among nodes: for each sends one, and another when that one shows no sign of life any more.</summary>
internal sealed class HoldOutboxes(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>This node, as the ones that hold mailboxes are told apart.</summary>
    public Guid Node { get; } = Ids.New<MailboxId>(clock).Value;

    /// <summary>Those that nobody holds, that are due and that have something to do: a mail to send, one that a dead holder left in doubt, a copy for the Sent folder.</summary>
    public Task<List<MailboxId>> WantedAsync(CancellationToken ct) => InDatabaseAsync(async db =>
    {
        var now = clock.GetUtcNow();
        var busy = (await db.Set<Dispatch>().Where(d => d.State == DispatchState.Queued && d.DueAt <= now).Select(d => d.Mailbox).Distinct().ToListAsync(ct))
            .Union(await db.Set<Dispatch>().Where(d => d.State == DispatchState.Claimed).Select(d => d.Mailbox).Distinct().ToListAsync(ct))
            .Union(await db.Set<OutgoingMail>().Where(m => m.Copy == SentCopy.Wanted && m.CopyDueAt <= now).Select(m => m.Mailbox).Distinct().ToListAsync(ct)).ToList();
        return busy.Count == 0 ? [] : await Free(db, now).Where(o => EF.Parameter(busy).Contains(o.Mailbox)).Select(o => o.Mailbox).ToListAsync(ct);
    });

    /// <summary>How long until the next mail is due; null when none waits.</summary>
    public Task<TimeSpan?> NextDueAsync(CancellationToken ct) => InDatabaseAsync(async db =>
    {
        var now = clock.GetUtcNow();
        return await db.Set<Dispatch>().Where(d => d.State == DispatchState.Queued && d.DueAt > now).OrderBy(d => d.DueAt).Select(d => (DateTimeOffset?)d.DueAt).FirstOrDefaultAsync(ct) is { } due ? due - now : (TimeSpan?)null;
    });

    /// <summary>Takes one; false when it is not to be had.</summary>
    public Task<bool> ClaimAsync(MailboxId id, CancellationToken ct) => InDatabaseAsync(async db =>
    {
        var now = clock.GetUtcNow();
        return await Free(db, now).Where(o => o.Mailbox == id).ExecuteUpdateAsync(s => s.SetProperty(o => o.Holder, Node).SetProperty(o => o.HeldUntil, now + Outbox.Lease), ct) > 0;
    });

    /// <summary>Gives a sign of life; false when it is held no more.</summary>
    public Task<bool> KeepAsync(MailboxId id, CancellationToken ct) => InDatabaseAsync(async db =>
    {
        var until = clock.GetUtcNow() + Outbox.Lease;
        return await Held(db, id).ExecuteUpdateAsync(s => s.SetProperty(o => o.HeldUntil, until), ct) > 0;
    });

    /// <summary>The mailbox while it is held still, as the transaction at hand sees it; else nothing.</summary>
    public IQueryable<Outbox> Mine(RapportDb db, MailboxId id)
    {
        var now = clock.GetUtcNow();
        return Held(db, id).Where(o => o.HeldUntil > now);
    }

    /// <summary>Lets it go, with what kept it from sending; null when all went well.</summary>
    public Task ReleaseAsync(SendingSession session, MailTrouble? trouble, CancellationToken ct) => InDatabaseAsync(async db =>
    {
        var (now, id) = (clock.GetUtcNow(), session.Mailbox);
        if (await Held(db, id).AsNoTracking().SingleOrDefaultAsync(ct) is not { } held) return 0;
        var before = session.Delivered ? 0 : held.Attempts;
        MailTroubleKind? kind = trouble?.Kind;
        DateTimeOffset? since = trouble is null ? null : session.Delivered ? now : held.TroubleSince ?? now, retry = trouble is null ? session.NotBefore : now + MailboxConnection.BackOff(trouble.Kind, before);
        var (said, attempts) = (trouble?.Sentence, trouble is null ? 0 : before + 1);
        return await Held(db, id).ExecuteUpdateAsync(s => s.SetProperty(o => o.Holder, (Guid?)null).SetProperty(o => o.HeldUntil, (DateTimeOffset?)null)
            .SetProperty(o => o.Trouble, kind).SetProperty(o => o.TroubleSaid, said).SetProperty(o => o.TroubleSince, since).SetProperty(o => o.Attempts, attempts).SetProperty(o => o.RetryAt, retry), ct);
    });

    private IQueryable<Outbox> Free(RapportDb db, DateTimeOffset now) =>
        db.Set<Outbox>().Where(o => (o.HeldUntil == null || o.HeldUntil < now || o.Holder == Node) && (o.RetryAt == null || o.RetryAt <= now));

    private IQueryable<Outbox> Held(RapportDb db, MailboxId id) => db.Set<Outbox>().Where(o => o.Mailbox == id && o.Holder == Node);

    private async Task<T> InDatabaseAsync<T>(Func<RapportDb, Task<T>> run)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<RapportDb>());
    }
}
