using Microsoft.EntityFrameworkCore;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Members;
using LocalTime = Rapport.Design.LocalTime;

namespace Rapport.Dialogue;

/// <summary>What a member has to keep, or to watch that it is kept: late, due today, due soon, at risk, and what is offered to them; and first where whom it was promised to says otherwise.</summary>
public sealed class PromisedToday(RapportDb db, CommitmentQueries commitments, DialogueOptions options, LocalTime local)
{
    private const int Looked = 40, Shown = 12;

    /// <summary>The lines: disagreements and offers first, then what is due first; without those that the page shows elsewhere. Also what is so with those for whom the member stands in.</summary>
    public async Task<IReadOnlyList<PromiseLine>> RunAsync(BusinessCalendar calendar, IReadOnlySet<CommitmentId> elsewhere, Actor by, CancellationToken ct)
    {
        var absent = await db.StoodInForAsync(by.Id, local.Now, ct);
        var found = await OfAsync(by.Id, null, calendar, by, ct);
        foreach (var away in absent) found.AddRange(await OfAsync(away.Member, away, calendar, by, ct));
        // What is theirs to keep anyway need not be said again as somebody's who is named for it.
        found.RemoveAll(l => l.Nearness == Nearness.Escalated && (l.Promise.Owner == by.Id || absent.Any(a => a.Member == l.Promise.Owner)));
        found.AddRange((await commitments.OfferedToAsync(by, ct)).Select(c => new PromiseLine(c, Nearness.Offered)));
        var lines = found.OrderBy(Rank).ThenBy(l => Rank(l) < 3 ? default(DateTimeOffset?) : l.Promise.DueEnd ?? DateTimeOffset.MaxValue).DistinctBy(l => l.Promise.Id).ToArray();
        var off = await OffAsync(lines, ct);
        return [.. lines.Where(l => !elsewhere.Contains(l.Promise.Id) && !off.Contains(l.Promise.With) && !off.Contains(l.Promise.Customer)).Take(Shown)];
    }

    // What is at risk comes before what is only soon, however far ahead.
    private static int Rank(PromiseLine line) => line.Nearness switch { Nearness.Disagreed => 0, Nearness.Offered => 1, Nearness.Escalated => 2, Nearness.Late or Nearness.Today or Nearness.AtRisk => 3, Nearness.Soon => 4 };

    private async Task<List<PromiseLine>> OfAsync(MemberId member, Away? away, BusinessCalendar calendar, Actor by, CancellationToken ct)
    {
        var endOfToday = EndOf(local.Today);
        // What is serious, or was promised long ago, shows earlier: as the daily mail says it.
        var soon = calendar.AddWorkingDays(local.Today, Math.Max(options.SoonWorkingDays, ReminderRule.MostAhead)) is { } day ? EndOf(day) : endOfToday;
        var near = calendar.AddWorkingDays(local.Today, options.SoonWorkingDays) is { } next ? EndOf(next) : endOfToday;
        var disagreed = await commitments.DisagreedAsync(member, by, ct);
        var escalated = await commitments.EscalatedToAsync(member, by, ct);
        var due = (await commitments.ListAsync(new CommitmentFilter(Owner: member, DueBefore: soon), null, Looked, by, ct)).Items.Where(c => c.DisagreedAt is null).ToList();
        var risky = (await commitments.AtRiskAsync(member, by, ct)).ExceptBy(due.Select(c => c.Id), c => c.Id);
        bool IsTime(CommitmentRow c) => c.DueEnd < near || c.AtRisk.Count > 0 || ReminderRule.IsSoon(c.Weight, DayOf(c.SaidAt), DayOf(c.DueEnd!.Value), local.Today, calendar);
        return [.. disagreed.Select(c => new PromiseLine(c, Nearness.Disagreed, away)), .. escalated.Select(c => new PromiseLine(c, Nearness.Escalated, away)), .. due.Where(IsTime).Concat(risky).Select(c => new PromiseLine(c, NearnessOf(c, endOfToday), away))];
    }

    private Nearness NearnessOf(CommitmentRow promise, DateTimeOffset endOfToday) =>
        promise.IsLate(local.Now) ? Nearness.Late : promise.DueEnd <= endOfToday ? Nearness.Today : promise.AtRisk.Count > 0 ? Nearness.AtRisk : Nearness.Soon;

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(local.At(at).DateTime);

    private DateTimeOffset EndOf(DateOnly day) => Kernel.Calendar.LocalTime.In(local.Zone, day.AddDays(1).ToDateTime(TimeOnly.MinValue));

    private async Task<HashSet<PartyId>> OffAsync(PromiseLine[] lines, CancellationToken ct)
    {
        if (lines.Length == 0) return [];
        var ids = lines.SelectMany(l => new[] { l.Promise.With, l.Promise.Customer }).Distinct().ToList();
        // Asked who they are, not which of them are off: SQLite would take that for a reason to walk all suppliers.
        var known = await db.Set<Party>().Where(p => EF.Parameter(ids).Contains(p.Id)).Select(p => new { p.Id, p.Who }).ToListAsync(ct);
        return [.. known.Where(p => TodayQueries.Off.Contains(p.Who)).Select(p => p.Id)];
    }
}
