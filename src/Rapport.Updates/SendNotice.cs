using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Updates;

/// <summary>Sends a notice: it is said at once, whom it concerns is written down and told behind it. However often the same one is asked for, it is sent once.</summary>
public sealed class SendNotice(RapportDb db, PreviewNotice preview, SayToEach say, NextWords next, WhomItConcerns whom, WorkSignal signal, TimeProvider clock)
{
    /// <summary>Its id; or why it is not sent, beside the field to mend.</summary>
    /// <param name="of">What it says and to whom.</param>
    /// <param name="site">Where people outside find us.</param>
    /// <param name="by">Who sends it.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<NoticeId>> RunAsync(NewNotice of, string site, Actor by, CancellationToken ct)
    {
        var id = of.Id ?? Ids.New<NoticeId>(clock);
        if (await SentAsync(id, by, ct) is { } before) return before;
        if (!(await MakeAsync(of with { Id = id }, site, by, ct)).Succeeded(out var notice, out var wrong)) return wrong;
        if (!(await preview.RunAsync(of.Audience, of.Kind, all: false, ct)).Succeeded(out var reach, out wrong)) return wrong;
        if (reach.Told == 0) return Refusal.Invalid("audience.nobody", reach.Not == 0 ? "Nobody fits these filters. Choose others." : "Nobody of these can be told; the list says why. Choose others, or add their addresses.", "audience");

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        db.Add(notice);
        db.Add(NoticeWords.First(notice, by.Id, await whom.ReasonAsync(of.Audience, ct), of.Audience));
        db.AddRange((await whom.ChosenAsync(of.Audience.People, ct)).Select(c => new Affected { Notice = id, Party = c.Key, Place = 1, Reason = c.Value }));
        var refusal = await next.PromiseAsync(notice, reach.First[0].Recipient.Party, by, ct) ?? await db.SaveAsync(by, ct);
        if (refusal is { Kind: RefusalKind.Conflict } && await SentAsync(id, by, ct) is { } meanwhile) return meanwhile;
        if (refusal is not null) return refusal;
        await transaction.CommitAsync(ct);
        signal.Wake();
        return id;
    }

    /// <summary>The notice as it would be sent; or what is wrong with it.</summary>
    internal async Task<Result<Notice>> MakeAsync(NewNotice of, string site, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Member)) return Refusal.Forbidden("notice.read-only", "Readers cannot send notices. Ask somebody who serves customers.");
        if (await db.CannotGoFromAsync(say, of.Mailbox, by, ct) is { } box) return box;
        return Notice.Make(of.Id ?? Ids.New<NoticeId>(clock), of, by.Id, site, clock.GetUtcNow());
    }

    // The same form again, or somebody else's id.
    private async Task<Result<NoticeId>?> SentAsync(NoticeId id, Actor by, CancellationToken ct)
    {
        if (await db.Set<NoticeWord>().AsNoTracking().SingleOrDefaultAsync(w => w.Notice == id && w.Place == 1, ct) is not { } first) return null;
        return first.By == by.Id ? id : Refusal.Conflict("notice.taken", "There is a notice with this id already. Leave the id out, or make a new one.");
    }
}

/// <summary>The words of notices as records.</summary>
internal static class NoticeWords
{
    /// <summary>That it began.</summary>
    public static NoticeWord First(Notice notice, MemberId by, string reason, Audience audience) => Of(notice, 1, WordKind.Beginning, "", by, notice.MadeAt, reason, audience);

    /// <summary>Any word, as the notice stands now.</summary>
    public static NoticeWord Of(Notice notice, int place, WordKind kind, string words, MemberId by, DateTimeOffset at, string reason = "", Audience? audience = null, DateTimeOffset? endBefore = null) => new()
    {
        Notice = notice.Id, Place = place, Kind = kind, Words = words, At = at, By = by, ExpectedEnd = notice.ExpectedEnd, Confidence = notice.Confidence, NextWord = notice.NextWord, EndBefore = endBefore,
        Tier = audience?.Tier, Standing = audience?.Standing, OwnedBy = audience?.Owner, Pays = audience?.Pays, Organization = audience?.Organization, Reason = reason,
        ResolvedAt = audience is { HasFilter: true } ? null : at,
    };

    /// <summary>Null when the actor may write from that mailbox and it has a way out.</summary>
    public static async Task<Refusal?> CannotGoFromAsync(this RapportDb db, SayToEach say, MailboxId box, Actor by, CancellationToken ct) =>
        await db.WritableAsync(box, by, ct) is { } refusal ? refusal
        : await say.MaySendFromAsync(box, ct) ? null : Refusal.Invalid("mailbox.reads-only", "That mailbox has no server for sending. Write one in its settings, or choose another mailbox.", "mailbox");

    /// <summary>Null when the actor may write from that mailbox.</summary>
    public static async Task<Refusal?> WritableAsync(this RapportDb db, MailboxId box, Actor by, CancellationToken ct) =>
        await db.MailboxesToWriteFrom(by).AnyAsync(m => m.Id == box, ct) ? null : Refusal.Invalid("mailbox.missing", "Choose a mailbox that you may write from.", "mailbox");
}
