using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>Why a promise is spoken of.</summary>
public enum ReminderPart
{
    /// <summary>Its date has passed.</summary>
    Late,
    /// <summary>It is due today.</summary>
    Today,
    /// <summary>It may well not be kept in time.</summary>
    AtRisk,
    /// <summary>It is due within the days that a member wants to hear of.</summary>
    Soon,
    /// <summary>It is late for so long that somebody else is told as well.</summary>
    Escalated,
}

/// <summary>A promise that a member is reminded of.</summary>
/// <param name="Owner">Who answers for it, where that is neither the member nor whom they stand in for.</param>
/// <param name="For">Whom they stand in for; null where it is theirs.</param>
public sealed record DayLine(ReminderPart Part, CommitmentId Id, Side Side, string Words, string WithName, DateTimeOffset? DueEnd, string? Owner, Away? For);

/// <summary>What a member is to think of on a day.</summary>
/// <param name="Lines">The first of each part, what is due first on top.</param>
/// <param name="Counts">How many there are of each part.</param>
public sealed record MemberDay(DateOnly Day, IReadOnlyList<DayLine> Lines, IReadOnlyDictionary<ReminderPart, int> Counts)
{
    /// <summary>How many there are.</summary>
    public int Promises => Counts.Values.Sum();
}

/// <summary>Gathers what a member is to be reminded of: late, due today, at risk, soon by weight and lead time, what others named them for when it is late; and the same of those who are away and for whom they stand in.</summary>
public sealed class DayAhead(RapportDb db)
{
    /// <summary>Of each part so many are named, the others counted.</summary>
    public const int MostNamed = 20;

    private const int MostLookedAt = 2_000;

    private sealed record One(CommitmentId Id, Side Side, string Words, PartyId With, DateTimeOffset? DueEnd, DateTimeOffset SaidAt, Weight Weight, MemberId Owner);

    private sealed record Found(ReminderPart Part, One One, Away? For);

    /// <summary>What it is now, on a calendar in the member's zone.</summary>
    public async Task<MemberDay> OfAsync(MemberId member, BusinessCalendar calendar, DateTimeOffset now, CancellationToken ct)
    {
        var absent = await db.StoodInForAsync(member, now, ct);
        var all = await OfOneAsync(member, null, calendar, now, ct);
        foreach (var away in absent) all.AddRange(await OfOneAsync(away.Member, away, calendar, now, ct));
        // What is theirs to keep anyway need not be said again as somebody's who is named for it.
        all.RemoveAll(f => f.Part == ReminderPart.Escalated && (f.One.Owner == member || absent.Any(a => a.Member == f.One.Owner)));
        var first = all.GroupBy(f => f.Part).OrderBy(g => g.Key).SelectMany(g => g.OrderBy(f => f.One.DueEnd ?? DateTimeOffset.MaxValue).Take(MostNamed)).ToList();
        return new(Kernel.Calendar.LocalTime.DateOf(now, calendar.Zone), await LinesAsync(first, member, ct), all.CountBy(f => f.Part).ToDictionary());
    }

    private async Task<List<Found>> OfOneAsync(MemberId member, Away? away, BusinessCalendar calendar, DateTimeOffset now, CancellationToken ct)
    {
        var today = Kernel.Calendar.LocalTime.DateOf(now, calendar.Zone);
        var horizon = EndOf(calendar.AddWorkingDays(today, ReminderRule.MostAhead) ?? today, calendar);
        var own = db.Set<Commitment>().AsNoTracking().Where(c => c.Owner == member && c.State == CommitmentState.Open);
        var due = await Read(own.Where(c => c.DueEnd < horizon).OrderBy(c => c.DueEnd).ThenBy(c => c.Id)).Take(MostLookedAt).ToListAsync(ct);
        var risky = await Read(own.AtRisk(db, now).OrderBy(c => c.DueEnd).ThenBy(c => c.Id)).Take(MostLookedAt).ToListAsync(ct);
        // By the date alone: with the id behind it SQLite would rather walk what is late at anybody's.
        var named = await Read(db.Set<Commitment>().AsNoTracking().Where(c => c.EscalateTo == member && c.Owner != member && c.State == CommitmentState.Open && c.DueEnd < now).OrderBy(c => c.DueEnd)).Take(MostLookedAt).ToListAsync(ct);
        var endOfToday = EndOf(today, calendar);
        var riskyIds = risky.Select(r => r.Id).ToHashSet();
        ReminderPart? PartOf(One one) => one.DueEnd < now ? ReminderPart.Late : one.DueEnd < endOfToday ? ReminderPart.Today : riskyIds.Contains(one.Id) ? null
            : ReminderRule.IsSoon(one.Weight, On(one.SaidAt), On(one.DueEnd!.Value), today, calendar) ? ReminderPart.Soon : null;
        DateOnly On(DateTimeOffset at) => Kernel.Calendar.LocalTime.DateOf(at, calendar.Zone);

        var all = due.Select(one => (Part: PartOf(one), One: one)).Where(p => p.Part is not null).Select(p => new Found(p.Part!.Value, p.One, away)).ToList();
        var shown = all.Select(f => f.One.Id).ToHashSet();
        all.AddRange(risky.Where(r => !shown.Contains(r.Id)).Select(r => new Found(ReminderPart.AtRisk, r, away)));
        all.AddRange(named.Select(n => new Found(ReminderPart.Escalated, n, away)));
        return all;
    }

    private static IQueryable<One> Read(IQueryable<Commitment> commitments) => commitments.Select(c => new One(c.Id, c.Side, c.Words, c.With, c.DueEnd, c.SaidAt, c.Weight, c.Owner));

    private async Task<List<DayLine>> LinesAsync(List<Found> first, MemberId member, CancellationToken ct)
    {
        if (first.Count == 0) return [];
        var parties = first.Select(f => f.One.With).Distinct().ToList();
        var names = await db.Set<Party>().Where(p => EF.Parameter(parties).Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var owners = await db.NamesOfAsync(first.Select(f => f.One.Owner).Where(o => o != member), ct);
        return first.ConvertAll(f => new DayLine(f.Part, f.One.Id, f.One.Side, f.One.Words, names.GetValueOrDefault(f.One.With, ""), f.One.DueEnd, f.One.Owner == f.For?.Member ? null : owners.GetValueOrDefault(f.One.Owner), f.For));
    }

    private static DateTimeOffset EndOf(DateOnly day, BusinessCalendar calendar) => Kernel.Calendar.LocalTime.In(calendar.Zone, day.AddDays(1).ToDateTime(TimeOnly.MinValue));
}
