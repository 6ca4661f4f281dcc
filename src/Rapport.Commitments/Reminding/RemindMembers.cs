using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Kernel.Jobs;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>
/// Tells each member by one mail a day what is due, late, at risk or soon, within business hours on their own clock (V12). A day is written down in the transaction of its mail, so that
/// neither a restart nor a second node tells it twice. Nothing is sent until an administrator chose from which mailbox.
/// </summary>
internal sealed class RemindMembers(RapportDb db, DayAhead ahead, SayToEach say, QueueMail queue, TimeProvider clock) : IJob
{
    private const int DaysKept = 90;

    private sealed record Told(Member Member, MemberDay Day, TimeZoneInfo Zone);

    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.Set<ReminderSettings>().AsNoTracking().SingleOrDefaultAsync(ct) is not { Mailbox: { } from } settings || !await say.MaySendFromAsync(from, ct)) return;
        foreach (var some in (await WorkingNowAsync(ct)).Chunk(SayToEach.AtOnce))
        {
            if (ct.IsCancellationRequested) return;
            await TellAsync(some, from, settings.Site, ct);
        }
    }

    // Who is here, wants it, and is within business hours on their own clock.
    private async Task<List<(Member Member, BusinessCalendar Calendar)>> WorkingNowAsync(CancellationToken ct)
    {
        var (ours, now) = (await db.CalendarAsync(ct), clock.GetUtcNow());
        // Who is away is told when they are back; meanwhile it stands in the mail of who stands in for them.
        var away = await db.AwayAsync(now, ct);
        var not = (await db.Set<NoReminder>().Select(n => n.Member).ToListAsync(ct)).ToHashSet();
        var calendars = new Dictionary<string, BusinessCalendar>();
        BusinessCalendar Of(string? zone) => zone is null ? ours : calendars.TryGetValue(zone, out var known) ? known : calendars[zone] = ours.In(Kernel.Calendar.LocalTime.ZoneOr(zone, ours.Zone));
        return [.. (await db.Set<Member>().AsNoTracking().Where(m => m.LeftAt == null).OrderBy(m => m.Id).ToListAsync(ct)).Where(m => !not.Contains(m.Id) && !away.ContainsKey(m.Id) && m.Actor.May(Roles.Member)).Select(m => (m, Of(m.Zone))).Where(m => m.Item2.IsOpen(now))];
    }

    private async Task TellAsync((Member Member, BusinessCalendar Calendar)[] some, MailboxId from, string site, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var now = clock.GetUtcNow();
        // Gathered before anything is locked: others write meanwhile.
        var days = new List<Told>();
        foreach (var (member, calendar) in await NotToldAsync(some, m => m.Member.Id, m => Kernel.Calendar.LocalTime.DateOf(now, m.Calendar.Zone), ct)) days.Add(new(member, await ahead.OfAsync(member.Id, calendar, now, ct), calendar.Zone));
        if (days.Count == 0) return;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Of two nodes that gathered at once the second sees here what the first wrote.
        await db.Dialect.LockJournalAsync(db, ct);
        var told = await NotToldAsync(days, t => t.Member.Id, t => t.Day.Day, ct);
        if (told.Count == 0) return;
        var mails = told.Where(t => t.Day.Promises > 0).ToList();
        var before = await LastMailsAsync([.. mails.Select(t => t.Member.Id)], ct);
        var said = mails.Count == 0 ? [] : await say.RunAsync(from, [.. mails.Select(t => new MailToEach(new Correspondent(t.Member.Name, t.Member.Email), DailyMail.Subject(t.Day), DailyMail.Text(t.Day, t.Member.Name, site, t.Zone)) { Owner = t.Member.Id, Follows = before.GetValueOrDefault(t.Member.Id), Closed = true })], Actor.Rapport, ct);
        db.AddRange(told.Select(t => new DailyReminder { Member = t.Member.Id, Day = t.Day.Day, At = now, Promises = t.Day.Promises, Interaction = mails.IndexOf(t) is >= 0 and var place ? said[place] : null }));
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
        await ForgetAsync([.. told.Select(t => t.Member.Id)], now, ct);
        await transaction.CommitAsync(ct);
        queue.Wake();
    }

    private async Task<List<T>> NotToldAsync<T>(IReadOnlyCollection<T> some, Func<T, MemberId> member, Func<T, DateOnly> day, CancellationToken ct)
    {
        var ids = some.Select(member).ToList();
        var last = (await db.Set<DailyReminder>().Where(r => EF.Parameter(ids).Contains(r.Member)).GroupBy(r => r.Member).Select(g => new { g.Key, Day = g.Max(r => r.Day) }).ToListAsync(ct)).ToDictionary(r => r.Key, r => r.Day);
        return [.. some.Where(one => !last.TryGetValue(member(one), out var told) || told < day(one))];
    }

    // The last mail to each stays, however old: the next one follows it.
    private Task<int> ForgetAsync(List<MemberId> members, DateTimeOffset now, CancellationToken ct)
    {
        var before = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-DaysKept);
        return db.Set<DailyReminder>().Where(r => EF.Parameter(members).Contains(r.Member) && r.Day < before && db.Set<DailyReminder>().Any(l => l.Member == r.Member && l.Day > r.Day && l.Interaction != null)).ExecuteDeleteAsync(ct);
    }

    // All of a member's lie in one conversation.
    private async Task<Dictionary<MemberId, InteractionId?>> LastMailsAsync(List<MemberId> members, CancellationToken ct) =>
        (await db.Set<DailyReminder>().AsNoTracking().Where(r => EF.Parameter(members).Contains(r.Member) && r.Interaction != null).GroupBy(r => r.Member).Select(g => new { g.Key, Last = g.Max(r => r.Interaction) }).ToListAsync(ct)).ToDictionary(r => r.Key, r => r.Last);
}
