using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>What senders write into the ledger. That one has a mail in hands is committed before anything of it leaves; what nobody can tell afterwards is in doubt, and never sent again (U7).</summary>
internal sealed class DispatchLedger(IServiceScopeFactory scopes, HoldOutboxes hold, TimeProvider clock)
{
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1), UntilCopied = TimeSpan.FromSeconds(20);

    // Of all mails that were looked up and are in nobody's hands.
    private const long MostBytes = 4 * 1024 * 1024;

    /// <summary>What an earlier holder had in hands when it died is in doubt from now on. Only whoever holds the mailbox may say so. Gives those mails.</summary>
    public Task<List<InteractionId>> DoubtAsync(MailboxId mailbox, CancellationToken ct) => InDatabaseAsync(async db =>
    {
        var now = clock.GetUtcNow();
        var claimed = db.Set<Dispatch>().Where(d => d.Mailbox == mailbox && d.State == DispatchState.Claimed);
        var mails = await claimed.Select(d => d.Interaction).Distinct().ToListAsync(ct);
        if (mails.Count > 0) await claimed.ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Unknown).SetProperty(d => d.StateAt, now).SetProperty(d => d.Said, "Rapport stopped while it was handing this over, and did not hear whether the server took it."), ct);
        return mails;
    });

    /// <summary>How many mails could go out now, counted up to some; and how many its mailbox may send in a minute, where that is limited.</summary>
    public Task<(int Due, int? MostPerMinute)> DueAsync(MailboxId mailbox, int most, CancellationToken ct) => InDatabaseAsync(async db =>
    {
        var now = clock.GetUtcNow();
        var (due, tried) = (Due(db, mailbox, now).Select(d => d.Interaction).Distinct().Take(most), TriedWithinAMinute(db, mailbox, now));
        var found = await db.Set<Outbox>().Where(o => o.Mailbox == mailbox).Select(o => new { o.MostPerMinute, Due = due.Count(), Tried = o.MostPerMinute == null ? 0 : tried.Count() }).SingleAsync(ct);
        return (found.MostPerMinute is { } limit ? Math.Clamp(limit - found.Tried, 0, found.Due) : found.Due, found.MostPerMinute);
    });

    /// <summary>When a mailbox that may send so many mails a minute may send the next one; null when it may now.</summary>
    public Task<DateTimeOffset?> NextAllowedAsync(MailboxId mailbox, int mostPerMinute, CancellationToken ct) => InDatabaseAsync(async db =>
        await TriedWithinAMinute(db, mailbox, clock.GetUtcNow()).OrderByDescending(m => m.TriedAt).Skip(mostPerMinute - 1).Select(m => m.TriedAt).FirstOrDefaultAsync(ct) + AMinute);

    /// <summary>What could go out now, the first due first: of about so many recipients, and no more bytes than are well held at once.</summary>
    public static async Task<List<DueErrand>> LookAsync(RapportDb db, MailboxId mailbox, int most, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await Due(db, mailbox, now).OrderBy(d => d.DueAt).Take(most)
            .Join(db.Set<OutgoingMail>(), d => d.Interaction, m => m.Interaction, (d, m) => new { d.Interaction, d.DueAt, d.Address, m.EnvelopeSender, m.Raw, m.Copy })
            .LeftJoin(db.Set<Blob>(), r => r.Raw, b => b.Hash, (r, b) => new { r.Interaction, r.DueAt, r.Address, r.EnvelopeSender, r.Raw, r.Copy, Size = (long?)b!.Size }).OrderBy(r => r.DueAt).ToListAsync(ct);
        var lost = rows.Where(r => r.Size is null).Select(r => r.Interaction).Distinct().ToList();
        if (lost.Count > 0) await LoseAsync(db, lost, now, ct);
        var limited = await db.Set<Outbox>().AnyAsync(o => o.Mailbox == mailbox && o.MostPerMinute != null, ct);
        var (mails, held) = (rows.Where(r => r.Size is not null).GroupBy(r => r.Interaction).ToList(), 0L);
        mails = [.. mails.TakeWhile((mail, i) => (held += mail.First().Size!.Value) <= MostBytes || i == 0)];
        var bytes = await db.OpenBlobsAsync(mails.ConvertAll(m => m.First().Raw), ct);
        return mails.ConvertAll(mail => new DueErrand(mail.Key, mail.First().EnvelopeSender, [.. mail.Select(r => r.Address)], bytes[Convert.ToHexString(mail.First().Raw)], mail.First().Copy == SentCopy.Wanted, limited));
    }

    /// <summary>Writes down what came of the errands of some lines and takes the next ones in hands, in one transaction: for each line its own, null when there is none for it now.</summary>
    public async Task<Errand?[]> NextAsync(RapportDb db, MailboxId mailbox, IReadOnlyList<LedgerTurn> turns, DueErrands due, CancellationToken ct)
    {
        var next = new Errand?[turns.Count];
        var wanting = Enumerable.Range(0, turns.Count).Where(i => turns[i].More).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await RecordAsync(db, [.. turns.Select(t => t.Done).OfType<(Errand, HandedOver)>()], ct);
        // Looked up within the transaction: seen from outside, what was just claimed would be due for ever.
        var wanted = await due.TakeAsync(db, wanting.Count, clock.GetUtcNow(), ct);
        while (wanted.Count > 0)
        {
            foreach (var errand in await ClaimAsync(db, mailbox, wanted, ct))
            {
                next[wanting[0]] = errand;
                wanting.RemoveAt(0);
            }
            wanted = wanting.Count > 0 && await MayGoOnAsync(db, mailbox, wanted[0], ct) ? await due.TakeAsync(db, wanting.Count, clock.GetUtcNow(), ct) : [];
        }
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return next;
    }

    private static IQueryable<Dispatch> Due(RapportDb db, MailboxId mailbox, DateTimeOffset now) => db.Set<Dispatch>().Where(d => d.Mailbox == mailbox && d.State == DispatchState.Queued && d.DueAt <= now);

    private static IQueryable<OutgoingMail> TriedWithinAMinute(RapportDb db, MailboxId mailbox, DateTimeOffset now) => db.Set<OutgoingMail>().Where(m => m.Mailbox == mailbox && m.TriedAt > now - AMinute);

    // Gives what is in hands now: those it was looked up for, unless another node was quicker or somebody settled one.
    private async Task<List<Errand>> ClaimAsync(RapportDb db, MailboxId mailbox, IReadOnlyList<DueErrand> wanted, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (wanted[0].Limited && await IsAtItsLimitAsync(db, mailbox, now, ct)) return [];
        var claim = Ids.New<MailboxId>(clock).Value;
        var claimed = await LedgerStatements.ClaimAsync(db, mailbox, hold.Node, wanted, claim, now, ct);
        var taken = wanted.DistinctBy(w => w.Interaction).Where(w => claimed.Contains(w.Interaction)).ToList();
        await LedgerStatements.TriedAsync(db, taken.Select(t => t.Interaction), now, ct);
        return taken.ConvertAll(t => new Errand(t.Interaction, mailbox, t.EnvelopeSender, [.. claimed[t.Interaction]], t.Mail, t.Copies, claim));
    }

    private async Task<bool> MayGoOnAsync(RapportDb db, MailboxId mailbox, DueErrand next, CancellationToken ct) =>
        await hold.Mine(db, mailbox).AnyAsync(ct) && !(next.Limited && await IsAtItsLimitAsync(db, mailbox, clock.GetUtcNow(), ct));

    private static async Task<bool> IsAtItsLimitAsync(RapportDb db, MailboxId mailbox, DateTimeOffset now, CancellationToken ct)
    {
        var limited = db.Set<Outbox>().Where(o => o.Mailbox == mailbox && o.MostPerMinute != null);
        // Written as it is, so that the lines of the mailbox count one after the other.
        if (await limited.ExecuteUpdateAsync(s => s.SetProperty(o => o.MostPerMinute, o => o.MostPerMinute), ct) == 0) return false;
        var most = await limited.Select(o => o.MostPerMinute).SingleAsync(ct);
        return await TriedWithinAMinute(db, mailbox, now).CountAsync(ct) >= most;
    }

    // A report that was quicker than this line stands; what another node called in doubt meanwhile is none any more.
    private async Task RecordAsync(RapportDb db, IReadOnlyList<(Errand Errand, HandedOver Outcome)> done, CancellationToken ct)
    {
        var (now, news) = (clock.GetUtcNow(), false);
        await LedgerStatements.HandedOverAsync(db, done.Where(d => d.Outcome.TakenByAll is not null).Select(d => (d.Errand, d.Outcome.TakenByAll!)), now, ct);
        foreach (var (errand, outcome) in done.Where(d => d.Outcome.TakenByAll is null))
            foreach (var same in outcome.Answers.GroupBy(a => a.Value, a => a.Key))
            {
                var addresses = same.ToList();
                var mine = db.Set<Dispatch>().Where(d => d.Interaction == errand.Interaction && EF.Parameter(addresses).Contains(d.Address) && d.Claim == errand.Claim && (d.State == DispatchState.Claimed || d.State == DispatchState.Unknown));
                var refused = new RefusedRecipients(db, errand.Interaction, now);
                if (same.Key.Kind == AnswerKind.Refused) await refused.WriteAsync(mine, same.Key, gaveUp: false, ct);
                var failed = same.Key.Kind == AnswerKind.Later ? await PutOffAsync(db, mine, errand, same.Key, refused, now, ct) : await SettleAsync(mine, same.Key, now, ct);
                if (!failed) continue;
                db.Happened(new DispatchSettled(errand.Interaction, DispatchState.Failed, now), Actor.Rapport);
                news = true;
            }
        if (news) await db.SaveOrThrowAsync(Actor.Rapport, ct);
        await db.CopyOnceOutAsync(done.Where(d => d.Errand.Copies && d.Outcome.Answers.Values.Any(a => a.Kind == AnswerKind.Taken)).Select(d => d.Errand.Interaction), now + UntilCopied, ct);
    }

    // Left waiting it would be looked up for ever, and in front of all others.
    private static async Task LoseAsync(RapportDb db, List<InteractionId> mails, DateTimeOffset now, CancellationToken ct)
    {
        await db.Set<Dispatch>().Where(d => EF.Parameter(mails).Contains(d.Interaction) && d.State == DispatchState.Queued)
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Failed).SetProperty(d => d.StateAt, now).SetProperty(d => d.Said, "What was written is no longer stored here, so it cannot be sent. Write it again."), ct);
        foreach (var mail in mails) db.Happened(new DispatchSettled(mail, DispatchState.Failed, now), Actor.Rapport);
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
    }

    // Whether it failed for somebody by that.
    private static async Task<bool> SettleAsync(IQueryable<Dispatch> rows, Answer answer, DateTimeOffset now, CancellationToken ct)
    {
        var state = answer.Kind switch
        {
            AnswerKind.Taken => DispatchState.HandedOver,
            AnswerKind.Refused => DispatchState.Failed,
            AnswerKind.Later or AnswerKind.Doubt => DispatchState.Unknown,
        };
        return await rows.ExecuteUpdateAsync(s => s.SetProperty(d => d.State, state).SetProperty(d => d.StateAt, now).SetProperty(d => d.Said, answer.Said).SetProperty(d => d.SettledBy, (MemberId?)null).SetProperty(d => d.Attempts, d => d.Attempts + 1), ct) > 0 && state == DispatchState.Failed;
    }

    private static async Task<bool> PutOffAsync(RapportDb db, IQueryable<Dispatch> rows, Errand errand, Answer answer, RefusedRecipients refused, DateTimeOffset now, CancellationToken ct)
    {
        var queuedAt = await db.Set<OutgoingMail>().Where(m => m.Interaction == errand.Interaction).Select(m => m.QueuedAt).SingleAsync(ct);
        if (now - queuedAt > Dispatch.Patience)
        {
            var over = Answer.OnOneLine($"Not taken within {Dispatch.Patience.TotalDays:0} days; the last word was: {answer.Said}");
            await refused.WriteAsync(rows, answer, gaveUp: true, ct);
            return await rows.ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Failed).SetProperty(d => d.StateAt, now).SetProperty(d => d.Said, over).SetProperty(d => d.SettledBy, (MemberId?)null).SetProperty(d => d.Attempts, d => d.Attempts + 1), ct) > 0;
        }
        var attempts = await rows.MaxAsync(d => (int?)d.Attempts, ct) ?? 0;
        var due = now + Dispatch.BackOff(attempts + 1, Random.Shared.NextDouble());
        await rows.ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DispatchState.Queued).SetProperty(d => d.StateAt, now).SetProperty(d => d.DueAt, due).SetProperty(d => d.Said, answer.Said).SetProperty(d => d.Claim, (Guid?)null).SetProperty(d => d.Attempts, attempts + 1), ct);
        return false;
    }

    private async Task<T> InDatabaseAsync<T>(Func<RapportDb, Task<T>> run)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<RapportDb>());
    }
}
