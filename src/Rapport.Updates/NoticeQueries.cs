using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Updates;

/// <summary>A notice as lists show it.</summary>
public sealed record NoticeRow(NoticeId Id, NoticeKind Kind, Severity Severity, string Title, DateTimeOffset Began, DateTimeOffset? ExpectedEnd, DateTimeOffset? NextWord, DateTimeOffset? OverAt, MemberId Owner, string OwnerName, DateTimeOffset MadeAt, bool Running)
{
    /// <summary>The next word was promised for a time that has passed.</summary>
    public bool IsLate(DateTimeOffset now) => Running && NextWord < now;
}

/// <summary>One word of a notice as it was said.</summary>
public sealed record WordRow(int Place, WordKind Kind, string Words, DateTimeOffset At, string By, DateTimeOffset? ExpectedEnd, Confidence Confidence, DateTimeOffset? NextWord, DateTimeOffset? EndBefore, string Reason, bool Told);

/// <summary>How many it concerns, by what became of the last word that was for them.</summary>
/// <param name="Concerned">All of them, so far.</param>
/// <param name="HandedOver">Their mail server, or ours, took it.</param>
/// <param name="Delivered">There is evidence that it arrived.</param>
/// <param name="Waiting">It waits to be sent.</param>
/// <param name="Failed">It did not arrive.</param>
/// <param name="Unknown">Nobody knows whether it left.</param>
/// <param name="NotTried">Nothing was sent, and the list says why.</param>
/// <param name="Finding">Whom it concerns is still being found out.</param>
public sealed record Reached(int Concerned, int HandedOver, int Delivered, int Waiting, int Failed, int Unknown, int NotTried, bool Finding);

/// <summary>A notice with all that was said of it.</summary>
public sealed record NoticeDetail(NoticeRow Row, string Affects, string Means, string WeDo, Confidence Confidence, Guid? Promise, MailboxId Mailbox, string MailboxName, bool MayWrite, bool MayBeUnsubscribed, IReadOnlyList<WordRow> Words, Reached Reached, int Version)
{
    /// <summary>From where whoever looks can go on with it, where they may not write from the mailbox it went out from; empty where they may.</summary>
    public IReadOnlyList<OtherMailbox> OtherMailboxes { get; init; } = [];
}

/// <summary>A mailbox from which somebody may go on with a notice.</summary>
public sealed record OtherMailbox(MailboxId Id, string Name);

/// <summary>Reads notices: what is running, what was said when, whom it reached.</summary>
public sealed class NoticeQueries(RapportDb db)
{
    /// <summary>The newest first; only those that are running, or only those that are not.</summary>
    public async Task<Page<NoticeRow>> ListAsync(bool? running, string? after, int size, Actor by, CancellationToken ct)
    {
        size = Math.Clamp(size, 1, Page<NoticeRow>.Most);
        var notices = db.NoticesFor(by);
        if (running is { } wanted) notices = wanted ? notices.Where(n => n.OverAt == null && !n.SaidOnce) : notices.Where(n => n.OverAt != null || n.SaidOnce);
        if (Cursor.Parse(after, 1) is { Values: [var text] } && IId<NoticeId>.TryParse(text, null, out var last)) notices = notices.Where(n => n.Id < last);
        return Page<NoticeRow>.Of(await Rows(notices.OrderByDescending(n => n.Id).Take(size + 1)).ToListAsync(ct), size, n => new(n.Id.ToString()));
    }

    /// <summary>The running ones of which somebody owes the next word before a time, the most pressing first.</summary>
    public async Task<IReadOnlyList<NoticeRow>> DueAsync(MemberId owner, DateTimeOffset before, int most, Actor by, CancellationToken ct) =>
        await Rows(db.NoticesFor(by).Where(n => n.Owner == owner && n.OverAt == null && n.NextWord != null && n.NextWord <= before).OrderBy(n => n.NextWord).Take(most)).ToListAsync(ct);

    /// <summary>The promises of a next word that stand behind these.</summary>
    public async Task<HashSet<CommitmentId>> PromisesOfAsync(IEnumerable<NoticeRow> notices, CancellationToken ct)
    {
        var ids = notices.Select(n => n.Id).ToList();
        return ids.Count == 0 ? [] : [.. await db.Set<Notice>().Where(n => EF.Parameter(ids).Contains(n.Id) && n.Promise != null).Select(n => n.Promise!.Value).ToListAsync(ct)];
    }

    /// <summary>One of them, or null.</summary>
    public async Task<NoticeDetail?> FindAsync(NoticeId id, Actor by, CancellationToken ct)
    {
        if (await db.NoticesFor(by).AsNoTracking().SingleOrDefaultAsync(n => n.Id == id, ct) is not { } notice) return null;
        var row = await Rows(db.NoticesFor(by).Where(n => n.Id == id)).SingleAsync(ct);
        var words = await (from w in db.Set<NoticeWord>()
                           where w.Notice == id
                           join m in db.Set<Member>() on w.By equals m.Id
                           orderby w.Place
                           select new WordRow(w.Place, w.Kind, w.Words, w.At, m.Name, w.ExpectedEnd, w.Confidence, w.NextWord, w.EndBefore, w.Reason, w.ToldAt != null)).ToListAsync(ct);
        var box = await db.Set<Mailbox>().Where(m => m.Id == notice.Mailbox).Select(m => m.Name).SingleOrDefaultAsync(ct) ?? "";
        var theirs = await db.WritableAsync(notice.Mailbox, by, ct) is null;
        List<OtherMailbox> others = theirs || !by.May(Roles.Member) ? [] : await db.MailboxesForNotices(by).Select(m => new OtherMailbox(m.Id, m.Name)).ToListAsync(ct);
        var may = by.May(Roles.Member) && (theirs || others.Count > 0);
        return new(row, notice.Affects, notice.Means, notice.WeDo, notice.Confidence, notice.Promise?.Value, notice.Mailbox, box, may, notice.MayBeUnsubscribed, words, await ReachedAsync(id, ct), notice.Version) { OtherMailboxes = others };
    }

    /// <summary>How many it reached so far.</summary>
    public async Task<Reached> ReachedAsync(NoticeId id, CancellationToken ct)
    {
        var counted = await (from l in Last(id) group l by new { l.Mail, l.State, l.Cancelled, l.NotTold } into g select new { g.Key, Count = g.Count() }).ToListAsync(ct);
        int Count(Outcome outcome) => counted.Where(c => RecipientQueries.OutcomeOf(c.Key.Mail, c.Key.State, c.Key.Cancelled, c.Key.NotTold) == outcome).Sum(c => c.Count);
        var finding = await db.Set<NoticeWord>().AnyAsync(w => w.Notice == id && w.ToldAt == null, ct);
        return new(counted.Sum(c => c.Count), Count(Outcome.HandedOver), Count(Outcome.Delivered), Count(Outcome.Waiting), Count(Outcome.Failed), Count(Outcome.Unknown), Count(Outcome.NotTried), finding);
    }

    private sealed class LastOf
    {
        public bool Mail { get; init; }
        public DispatchState? State { get; init; }
        public bool Cancelled { get; init; }
        public NotTold? NotTold { get; init; }
    }

    private IQueryable<LastOf> Last(NoticeId id) =>
        from a in db.Set<Affected>()
        where a.Notice == id
        from t in db.Set<Telling>().Where(t => t.Notice == a.Notice && t.Place == a.LastPlace && t.Party == a.Party).DefaultIfEmpty()
        from d in db.Set<Dispatch>().Where(d => d.Interaction == t.Interaction).DefaultIfEmpty()
        select new LastOf { Mail = t != null && t.Interaction != null, State = d == null ? null : d.State, Cancelled = t != null && t.CancelledAt != null, NotTold = t == null ? null : t.NotTold };

    private IQueryable<NoticeRow> Rows(IQueryable<Notice> notices) =>
        from n in notices
        join m in db.Set<Member>() on n.Owner equals m.Id
        select new NoticeRow(n.Id, n.Kind, n.Severity, n.Title, n.Began, n.ExpectedEnd, n.NextWord, n.OverAt, n.Owner, m.Name, n.MadeAt, n.OverAt == null && !n.SaidOnce);
}
