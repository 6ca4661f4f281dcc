using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Updates;

/// <summary>How a notice stands now.</summary>
/// <param name="Words">What is to be said; "nothing has changed" is a word, too.</param>
/// <param name="ExpectedEnd">When it is expected to be over; null while nobody knows.</param>
/// <param name="Confidence">How sure that is; as before when null.</param>
/// <param name="NextWord">When the next word comes.</param>
public sealed record NoticeUpdate(string? Words, DateTimeOffset? ExpectedEnd, Confidence? Confidence, DateTimeOffset? NextWord)
{
    /// <summary>From which mailbox it goes out, with what follows; from the one before when null.</summary>
    public MailboxId? Mailbox { get; init; }
}

/// <summary>What follows a notice: an update to everybody it concerns, more people whom it concerns, or the all-clear to everybody who was told that it began.</summary>
public sealed class SayNextWord(RapportDb db, PreviewNotice preview, SayToEach each, NextWords next, WhomItConcerns whom, WorkSignal signal, TimeProvider clock)
{
    /// <summary>How it stands now, to everybody it concerns. What has not left of earlier words is not sent any more: this one says it all.</summary>
    /// <param name="id">Which notice.</param>
    /// <param name="update">What is said.</param>
    /// <param name="by">Who says it, and owes the next word from now on.</param>
    /// <param name="ct">Stops it.</param>
    /// <param name="check">Whether it is still what they saw.</param>
    public Task<Refusal?> UpdateAsync(NoticeId id, NoticeUpdate update, Actor by, CancellationToken ct, Func<Notice, Refusal?>? check = null) => InTurnAsync(id, update.Mailbox, by, check, async notice =>
    {
        if (string.IsNullOrWhiteSpace(update.Words)) return Refusal.Invalid("notice.words-missing", "Say how it stands, even if it is that nothing has changed.", "words");
        if (update.Words.Length > Notice.LongestText) return Notice.TooLong("words", Notice.LongestText);
        var (now, before, promise) = (clock.GetUtcNow(), notice.ExpectedEnd, notice.Promise);
        if (!notice.Update(new(update.ExpectedEnd, update.Confidence ?? notice.Confidence, update.NextWord), by.Id, now).Succeeded(out var place, out var wrong)) return wrong;
        db.Add(NoticeWords.Of(notice, place, WordKind.Update, update.Words.Trim(), by.Id, now, endBefore: before != notice.ExpectedEnd ? before : null));
        if (!(await next.KeepAsync(promise, now, by, ct)).Succeeded(out var with, out var kept) && kept is not null) return kept;
        return await next.PromiseAsync(notice, with ?? await SomebodyAsync(id, ct), by, ct);
    }, ct);

    /// <summary>It concerns more people: they are told that it began. Whom it concerns already is told nothing by this.</summary>
    public async Task<Refusal?> WidenAsync(NoticeId id, Audience audience, Actor by, CancellationToken ct, Func<Notice, Refusal?>? check = null, MailboxId? from = null)
    {
        if (await db.NoticesFor(by).AsNoTracking().SingleOrDefaultAsync(n => n.Id == id, ct) is not { } known) return Refusal.Missing("notice");
        if (!(await preview.RunAsync(audience, known.Kind, all: false, ct)).Succeeded(out var reach, out var wrong)) return wrong;
        if (reach.Told == 0) return Refusal.Invalid("audience.nobody", "Nobody of these can be told. Choose others, or add their addresses.", "audience");
        return await InTurnAsync(id, from, by, check, async notice =>
        {
            if (!notice.Widen().Succeeded(out var place, out var over)) return over;
            db.Add(NoticeWords.Of(notice, place, WordKind.Widening, "", by.Id, clock.GetUtcNow(), await whom.ReasonAsync(audience, ct), audience));
            var chosen = await whom.ChosenAsync(audience.People, ct);
            var ids = chosen.Keys.ToList();
            var there = (await db.Set<Affected>().Where(a => a.Notice == id && EF.Parameter(ids).Contains(a.Party)).Select(a => a.Party).ToListAsync(ct)).ToHashSet();
            if (!audience.HasFilter && there.Count == ids.Count) return Refusal.Invalid("audience.known", "It concerns all of these already.", "audience");
            db.AddRange(chosen.Where(c => !there.Contains(c.Key)).Select(c => new Affected { Notice = id, Party = c.Key, Place = place, Reason = c.Value }));
            return null;
        }, ct);
    }

    /// <summary>It is over: everybody is told so who was told that it began, whatever they chose since. What has not left yet is not sent (U5).</summary>
    public Task<Refusal?> EndAsync(NoticeId id, string? words, Actor by, CancellationToken ct, Func<Notice, Refusal?>? check = null, MailboxId? from = null) => InTurnAsync(id, from, by, check, async notice =>
    {
        if (words?.Length > Notice.LongestText) return Notice.TooLong("words", Notice.LongestText);
        var (now, promise) = (clock.GetUtcNow(), notice.Promise);
        if (!notice.End(by.Id, now).Succeeded(out var place, out var wrong)) return wrong;
        notice.Promise = null;
        db.Add(NoticeWords.Of(notice, place, WordKind.AllClear, words?.Trim() ?? "", by.Id, now));
        await db.CancelAsync(db.Set<Telling>().Where(t => t.Notice == id), CancelUnsent.Over, now, ct);
        return (await next.KeepAsync(promise, now, by, ct)).Refusal;
    }, ct);

    // One after the other, so that nobody says a word on top of one they have not seen.
    private async Task<Refusal?> InTurnAsync(NoticeId id, MailboxId? from, Actor by, Func<Notice, Refusal?>? check, Func<Notice, Task<Refusal?>> say, CancellationToken ct)
    {
        if (!by.May(Roles.Member)) return Refusal.Forbidden("notice.read-only", "Readers cannot send notices. Ask somebody who serves customers.");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        if (await db.NoticesFor(by).SingleOrDefaultAsync(n => n.Id == id, ct) is not { } notice) return Refusal.Missing("notice");
        if (check?.Invoke(notice) is { } stale) return stale;
        if (await GoOnAsync(notice, from, by, ct) is { } silent) return silent;
        if ((await say(notice) ?? await db.SaveAsync(by, ct)) is { } refusal) return refusal;
        await transaction.CommitAsync(ct);
        signal.Wake();
        return null;
    }

    // A notice binds the organisation: where it began in a mailbox of somebody who is away, others go on with it from theirs.
    private async Task<Refusal?> GoOnAsync(Notice notice, MailboxId? from, Actor by, CancellationToken ct)
    {
        if (from is not { } other || other == notice.Mailbox)
            return await db.WritableAsync(notice.Mailbox, by, ct) is null ? null : Refusal.Invalid("notice.mailbox", "It went out from a mailbox that you may not write from. Choose one that you may, and it goes on from there.", "mailbox");
        if (await db.CannotGoFromAsync(each, other, by, ct) is { } refusal) return refusal;
        notice.GoOnFrom(other);
        return null;
    }

    private Task<PartyId> SomebodyAsync(NoticeId id, CancellationToken ct) => db.Set<Affected>().Where(a => a.Notice == id).OrderBy(a => a.Party).Select(a => a.Party).FirstAsync(ct);
}
