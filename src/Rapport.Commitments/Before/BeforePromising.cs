using Microsoft.EntityFrameworkCore;
using Rapport.Commitments.Reading;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>Looks ahead before something is promised (K6): what else is due then, how often promises of that kind and notice were kept, the first date that looks safe, and whether its owner is here then. Changes nothing.</summary>
public sealed class BeforePromising(RapportDb db, TimeProvider clock)
{
    /// <summary>A day on which somebody owes so many things has no room for another.</summary>
    public const int FullDay = 3;

    private const int Shown = 3, MostDays = 60, MostLookedAt = 5_000;

    /// <summary>What is known of something that was understood; null where there is nothing to know: they promise us, or no date ahead was understood.</summary>
    public async Task<Outlook?> RunAsync(UnderstoodDue? understood, Side side, string? words, MemberId? owner, CommitmentId? of, Actor by, CancellationToken ct) =>
        side == Side.OursToThem && understood is { Outcome: DueUnderstanding.Dated, Due: { } due } && due.End > clock.GetUtcNow() ? await RunAsync(new(due, words, owner, of), by, ct) : null;

    /// <summary>What is known.</summary>
    public async Task<Outlook> RunAsync(AboutToPromise promise, Actor by, CancellationToken ct)
    {
        var (calendar, now, owner) = (await db.CalendarAsync(ct), clock.GetUtcNow(), promise.Owner ?? by.Id);
        var day = DayOf(promise.Due.End, calendar);
        var (from, until) = (Beginning(day, calendar), Beginning(day.AddDays(1), calendar));
        var owed = Owed(promise.Of, by).Where(c => c.Owner == owner);
        var beside = await owed.Where(c => c.DueEnd >= from && c.DueEnd < until).OrderBy(c => c.DueEnd).ThenBy(c => c.Id).Take(Shown).Join(db.Set<Party>(), c => c.With, p => p.Id, (c, p) => new DueBeside(c.Id, c.Words, p.Name, c.DueEnd!.Value)).ToListAsync(ct);
        beside = [.. beside.OrderBy(b => b.DueEnd)];
        var moments = await owed.Where(c => c.DueEnd != null).OrderBy(c => c.DueEnd).Take(MostLookedAt).Select(c => c.DueEnd!.Value).ToListAsync(ct);
        var kind = string.IsNullOrWhiteSpace(promise.Words) ? PromiseKind.Action : CommitmentReader.KindOf(promise.Words);
        var history = await History.OfAsync(db, kind, calendar, by, ct);
        var absences = (await db.AbsencesAsync(now, ct)).Where(a => a.Member == owner).ToList();
        var notice = Notices.Of(now, promise.Due.End, calendar.Zone);
        return new(
            day, owner, (await db.NamesOfAsync([owner], ct)).GetValueOrDefault(owner, by.Name), beside, moments.Count(m => m >= from && m < until), moments.Count(m => m < from), await TeamAsync(owner, promise.Of, from, until, by, ct),
            kind, notice, history.Kept(notice), owner == by.Id ? history.Kept(notice, by.Id) : null, Safe(history, calendar, moments, absences, now))
        {
            OwnerAway = (await db.AwayAsync(promise.Due.End, ct)).GetValueOrDefault(owner),
        };
    }

    // The first working day by which four of five like it were done, and on which there is room and its owner is here.
    private static SafeDate Safe(History history, BusinessCalendar calendar, List<DateTimeOffset> moments, List<AbsenceRow> absences, DateTimeOffset now)
    {
        var (days, done) = history.TakenDays();
        if (days is null && done.IsTold) return new(null, 0, null, done);
        var load = moments.CountBy(m => DayOf(m, calendar)).ToDictionary();
        var today = DayOf(now, calendar);
        // What is promised for today must still be doable today.
        var least = Math.Max(days ?? 1, calendar.EndOfBusiness(today) > now ? 0 : 1);
        for (var ahead = least; ahead < least + MostDays; ahead++)
            if (calendar.AddWorkingDays(today, ahead) is { } day && load.GetValueOrDefault(day) is var due && due < FullDay && !absences.Exists(a => a.FirstDay <= day && day <= a.LastDay)) return new(day, due, days, done);
        return new(null, 0, days, done);
    }

    private async Task<int?> TeamAsync(MemberId owner, CommitmentId? of, DateTimeOffset from, DateTimeOffset until, Actor by, CancellationToken ct)
    {
        var others = await db.TeamMatesAsync(owner, ct);
        return others.Count == 0 ? null : await Owed(of, by).CountAsync(c => EF.Parameter(others).Contains(c.Owner) && c.DueEnd >= from && c.DueEnd < until, ct);
    }

    private IQueryable<Commitment> Owed(CommitmentId? but, Actor by)
    {
        var owed = db.CommitmentsFor(by).AsNoTracking().Where(c => c.Side == Side.OursToThem && c.State == CommitmentState.Open);
        return but is { } of ? owed.Where(c => c.Id != of) : owed;
    }

    private static DateOnly DayOf(DateTimeOffset at, BusinessCalendar calendar) => Kernel.Calendar.LocalTime.DateOf(at, calendar.Zone);

    private static DateTimeOffset Beginning(DateOnly day, BusinessCalendar calendar) => Kernel.Calendar.LocalTime.In(calendar.Zone, day.ToDateTime(TimeOnly.MinValue)).ToUniversalTime();
}
