using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Updates;

/// <summary>Tells one word of a notice to some of those it is for, in one transaction: their mails, the rows of the ledger, and who is not told and why.</summary>
internal sealed class TellWord(RapportDb db, WhoCanBeTold can, SayToEach say, QueueMail queue, TimeProvider clock)
{
    private readonly Dictionary<(MailboxId, MemberId), bool> readers = [];

    private sealed record To(Affected Affected, Recipient Recipient, InteractionId? Follows);

    /// <summary>Some more of them; false when all are told, null when nothing can be sent now.</summary>
    public async Task<bool?> SomeAsync(NoticeId id, int place, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Dialect.LockJournalAsync(db, ct);
        var word = await db.Set<NoticeWord>().SingleAsync(w => w.Notice == id && w.Place == place, ct);
        var notice = await db.Set<Notice>().AsNoTracking().SingleAsync(n => n.Id == id, ct);
        if (word.ToldAt is not null && word.Kind != WordKind.AllClear) return false;
        // Whoever a later word is for has all of it from that one.
        if (await db.Set<NoticeWord>().AnyAsync(w => w.Notice == id && w.Place > place && (w.Kind == WordKind.Update || w.Kind == WordKind.AllClear), ct)) return await EndAsync(word, transaction, ct);
        if (await SenderAsync(word.By, ct) is not { } by || !await say.MaySendFromAsync(notice.Mailbox, ct)) return null;

        if (word.Kind == WordKind.AllClear) await db.CancelAsync(db.Set<Telling>().Where(t => t.Notice == id && t.Place < place), CancelUnsent.Over, clock.GetUtcNow(), ct);
        var some = word.Kind == WordKind.AllClear ? await ToldAsync(notice, place, ct) : await ConcernedAsync(notice, word, ct);
        if (some.Count == 0) return await EndAsync(word, transaction, ct);
        if (word.Kind != WordKind.AllClear) word.ToldTo = some[^1].Affected.Party;
        await TellAsync(notice, word, some, by, ct);
        await db.SaveOrThrowAsync(by, ct);
        await transaction.CommitAsync(ct);
        queue.Wake();
        return true;
    }

    private async Task<bool> EndAsync(NoticeWord word, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken ct)
    {
        word.ToldAt ??= clock.GetUtcNow();
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
        await transaction.CommitAsync(ct);
        return false;
    }

    private async Task<Actor?> SenderAsync(MemberId id, CancellationToken ct) =>
        await db.MemberAsync(id, ct) is { } member ? new Actor(member.Id, member.Name, member.Roles) { Teams = await db.TeamsOfAsync(id, ct) } : null;

    // An update is for everybody it concerns so far; a beginning for those who came with it.
    private async Task<List<To>> ConcernedAsync(Notice notice, NoticeWord word, CancellationToken ct)
    {
        var concerned = db.Set<Affected>().Where(a => a.Notice == notice.Id && (word.Kind == WordKind.Update ? a.Place < word.Place : a.Place == word.Place));
        if (word.ToldTo is { } last) concerned = concerned.Where(a => a.Party > last);
        var some = await concerned.OrderBy(a => a.Party).Take(SayToEach.AtOnce).ToListAsync(ct);
        if (some.Count == 0) return [];
        var ids = some.ConvertAll(a => a.Party);
        var before = await db.Set<Telling>().Where(t => t.Notice == notice.Id && EF.Parameter(ids).Contains(t.Party) && t.Interaction != null).ToListAsync(ct);
        var recipients = (await can.OfAsync(ids, notice.Kind, ct)).ToDictionary(r => r.Party);
        await db.CancelAsync(db.Set<Telling>().Where(t => t.Notice == notice.Id && t.Place < word.Place && EF.Parameter(ids).Contains(t.Party)), CancelUnsent.Later, clock.GetUtcNow(), ct);
        return [.. some.Where(a => recipients.ContainsKey(a.Party)).Select(a => new To(a, recipients[a.Party], before.Where(t => t.Party == a.Party).MaxBy(t => t.Place)?.Interaction))];
    }

    // Exactly those whom something of it reached, or may have reached, and who do not know yet that it is over: where they were told, whatever they chose since.
    private async Task<List<To>> ToldAsync(Notice notice, int place, CancellationToken ct)
    {
        var told = from t in db.Set<Telling>()
                   where t.Notice == notice.Id && t.Place < place && t.Interaction != null && t.CancelledAt == null
                   join d in db.Set<Dispatch>() on t.Interaction equals d.Interaction
                   where (d.State == DispatchState.HandedOver || d.State == DispatchState.Delivered || d.State == DispatchState.Unknown)
                       && !db.Set<Telling>().Any(x => x.Notice == notice.Id && x.Place == place && x.Party == t.Party)
                   select new { t.Party, t.Place, t.Interaction, d.Address };
        var ids = await told.Select(t => t.Party).Distinct().OrderBy(p => p).Take(SayToEach.AtOnce).ToListAsync(ct);
        if (ids.Count == 0) return [];
        var last = (await told.Where(t => EF.Parameter(ids).Contains(t.Party)).ToListAsync(ct)).GroupBy(t => t.Party).Select(g => g.MaxBy(t => t.Place)!).ToDictionary(t => t.Party);
        var affected = await db.Set<Affected>().Where(a => a.Notice == notice.Id && EF.Parameter(ids).Contains(a.Party)).OrderBy(a => a.Party).ToListAsync(ct);
        var recipients = (await can.OfAsync(ids, notice.Kind, ct)).ToDictionary(r => r.Party);
        var suppressed = await db.SuppressedAsync([.. last.Values.Select(t => t.Address)], ct);
        return
        [
            .. from a in affected
               where recipients.ContainsKey(a.Party)
               let there = last[a.Party]
               let recipient = recipients[a.Party] with { Address = there.Address, NotTold = null, Why = "" }
               select new To(a, suppressed.GetValueOrDefault(EmailAddresses.Key(there.Address)!) is { } why ? recipient with { NotTold = why.Reason == SuppressionReason.Asked ? NotTold.AskedNot : NotTold.Suppressed, Why = Cut($"Nothing is sent to {there.Address}: {why.Words}.") } : recipient, there.Interaction),
        ];
    }

    private async Task TellAsync(Notice notice, NoticeWord word, List<To> some, Actor by, CancellationToken ct)
    {
        var us = (await db.InstallationAsync(ct))!;
        var link = new UnsubscribeLink(us);
        var keys = some.Where(t => t.Recipient.NotTold is null).Select(t => EmailAddresses.Key(t.Recipient.Address)!).Distinct().ToList();
        var taken = (await db.Set<Telling>().Where(t => t.Notice == notice.Id && t.Place == word.Place && EF.Parameter(keys).Contains(t.Address)).Select(t => t.Address).ToListAsync(ct)).ToHashSet();
        var (mails, told) = (new List<MailToEach>(), new List<To>());
        foreach (var to in some)
        {
            to.Affected.LastPlace = word.Place;
            var (reason, why) = (to.Recipient.NotTold, to.Recipient.Why);
            if (reason is null && !taken.Add(EmailAddresses.Key(to.Recipient.Address)!)) (reason, why) = (NotTold.SameAddress, $"Somebody else is told at {to.Recipient.Address}.");
            if (reason is not null)
            {
                db.Add(new Telling { Notice = notice.Id, Place = word.Place, Party = to.Affected.Party, NotTold = reason, Why = Cut(why) });
                continue;
            }
            var unsubscribe = notice.MayBeUnsubscribed && word.Kind != WordKind.AllClear ? $"{notice.Site}{link.PathOf(notice.Id, to.Affected.Party)}" : null;
            var text = NoticeMail.Text(notice, word, to.Recipient, us.Name, us.TimeZone, unsubscribe);
            mails.Add(new(new Correspondent(to.Recipient.Name, to.Recipient.Address), NoticeMail.Subject(notice, word.Kind), text) { Owner = await OwnerAsync(notice.Mailbox, to.Recipient.Owner, ct), Follows = to.Follows, Unsubscribe = unsubscribe });
            told.Add(to);
        }
        var said = mails.Count == 0 ? [] : await say.RunAsync(notice.Mailbox, mails, by, ct);
        db.AddRange(told.Select((to, i) => new Telling { Notice = notice.Id, Place = word.Place, Party = to.Affected.Party, Interaction = said[i], Address = EmailAddresses.Key(to.Recipient.Address)! }));
    }

    // Whoever answers for the customer answers for what they reply, where they may read it; else whoever sent it.
    private async Task<MemberId?> OwnerAsync(MailboxId box, MemberId? owner, CancellationToken ct)
    {
        if (owner is not { } member) return null;
        if (!readers.TryGetValue((box, member), out var may))
            readers[(box, member)] = may = await db.MayReadAsync(box, member, ct);
        return may ? member : null;
    }

    private static string Cut(string why) => why.Length > Telling.LongestWhy ? why[..Telling.LongestWhy] : why;
}
