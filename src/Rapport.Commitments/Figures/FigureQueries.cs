using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>Which promises to count.</summary>
/// <param name="Side">Who promised whom.</param>
/// <param name="Customer">Those that count for one customer; all when null.</param>
/// <param name="Days">Settled within so many days.</param>
public sealed record FigureFilter(Side Side = Side.OursToThem, PartyId? Customer = null, int Days = FigureQueries.UsualDays);

/// <summary>Counts how promises are kept (K7). There is no way to ask for the figures of another member.</summary>
public sealed class FigureQueries(RapportDb db, TimeProvider clock)
{
    /// <summary>A year, and the longest that is counted.</summary>
    public const int UsualDays = 365, MostDays = 3_650;

    /// <summary>How many customers are listed.</summary>
    public const int MostCustomers = 20;

    /// <summary>With fewer who answer for something in a team, its figures would be somebody's own.</summary>
    public const int FewestInTeam = 3;

    /// <summary>How everybody's are kept.</summary>
    public Task<KeptFigures> AllAsync(FigureFilter filter, Actor by, CancellationToken ct) => CountAsync(filter, db.CommitmentsFor(by).Where(c => c.Side == filter.Side), filter.Side == Side.OursToThem, ct);

    /// <summary>How the reader's own are kept.</summary>
    // Asked for the side as well, SQLite would walk everybody's.
    public Task<KeptFigures> OwnAsync(FigureFilter filter, Actor by, CancellationToken ct) => CountAsync(filter, db.CommitmentsFor(by).Where(c => c.Owner == by.Id), false, ct);

    /// <summary>How many of those with one customer were settled within a year, and how many of them were kept in time; for its page, where more than counts says nothing.</summary>
    public async Task<(int Kept, int Settled)> InShortAsync(Side side, PartyId customer, Actor by, CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-UsualDays);
        var counts = await db.CommitmentsFor(by).Where(c => c.Customer == customer && c.Side == side && c.ClosedAt >= since).GroupBy(c => c.State).Select(g => new { State = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.State, g => g.Count, ct);
        CommitmentState[] counted = [CommitmentState.Kept, CommitmentState.KeptLate, CommitmentState.Broken, CommitmentState.Replaced];
        return (counts.GetValueOrDefault(CommitmentState.Kept), counted.Sum(s => counts.GetValueOrDefault(s)));
    }

    private async Task<KeptFigures> CountAsync(FigureFilter filter, IQueryable<Commitment> commitments, bool teams, CancellationToken ct)
    {
        var (side, since, zone) = (filter.Side, clock.GetUtcNow().AddDays(-Math.Clamp(filter.Days, 1, MostDays)), (await db.InstallationAsync(ct))?.TimeZone ?? TimeZoneInfo.Utc);
        commitments = commitments.Where(c => c.ClosedAt >= since && c.State != CommitmentState.Open && c.State != CommitmentState.Proposed);
        if (filter.Customer is { } customer) commitments = commitments.Where(c => c.Customer == customer);
        var (all, kinds, notices, owners, customers, months) = (new Tally(), new Tallies<PromiseKind>(), new Tallies<NoticeGiven>(), new Tallies<MemberId>(), new Tallies<PartyId>(), new Tallies<(int Year, int Month)>());
        var why = new Dictionary<(PromiseKind Kind, BreakCause? Cause), int>();
        // Read through, not read in: a large house settles a million in a year.
        await foreach (var one in commitments.AsNoTracking().Select(c => new Settled(c.Side, c.Kind, c.Customer, c.Owner, c.State, c.SaidAt, c.FirstDue, c.DueEnd, c.ClosedAt!.Value, c.Cause, c.Verdict)).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (one.Side != side) continue;
            all.Add(one);
            kinds.Add(one.Kind, one);
            notices.Add(Notices.Of(one.SaidAt, one.FirstDue, zone), one);
            owners.Add(one.Owner, one);
            customers.Add(one.Customer, one);
            var closed = TimeZoneInfo.ConvertTime(one.ClosedAt, zone);
            months.Add((closed.Year, closed.Month), one);
            if (one.State is CommitmentState.KeptLate or CommitmentState.Broken or CommitmentState.Replaced) why[(one.Kind, one.Cause)] = why.GetValueOrDefault((one.Kind, one.Cause)) + 1;
        }
        return new(since, all.ToFigure("all", ""),
            [.. kinds.OrderByDescending(k => k.Value.Counted).ThenBy(k => k.Key).Select(k => k.Value.ToFigure(Word(k.Key), ""))],
            [.. notices.OrderBy(n => n.Key).Select(n => n.Value.ToFigure(Word(n.Key), ""))],
            teams ? await TeamsAsync(owners, ct) : [], await CustomersAsync(customers, ct), [.. months.OrderBy(m => m.Key).Select(m => m.Value.ToFigure(string.Create(CultureInfo.InvariantCulture, $"{m.Key.Year:0000}-{m.Key.Month:00}"), ""))], Reasons(why));
    }

    private async Task<List<Figure>> TeamsAsync(Tallies<MemberId> owners, CancellationToken ct)
    {
        var figures = new List<Figure>();
        foreach (var team in await db.TeamsAsync(ct))
        {
            var theirs = team.Members.Where(m => owners.TryGetValue(m.Id, out var tally) && tally.Counted > 0).Select(m => owners[m.Id]).ToList();
            if (theirs.Count < FewestInTeam) continue;
            var sum = new Tally();
            theirs.ForEach(sum.Add);
            figures.Add(sum.ToFigure(team.Id.ToString(), team.Name));
        }
        return figures;
    }

    private async Task<List<Figure>> CustomersAsync(Tallies<PartyId> customers, CancellationToken ct)
    {
        var most = customers.OrderByDescending(c => c.Value.Counted).ThenBy(c => c.Key.Value).Take(MostCustomers).ToList();
        var ids = most.ConvertAll(c => c.Key);
        var names = await db.Set<Party>().Where(p => EF.Parameter(ids).Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return most.ConvertAll(c => c.Value.ToFigure(c.Key.ToString(), names.GetValueOrDefault(c.Key, "")));
    }

    private static List<Reasons> Reasons(Dictionary<(PromiseKind Kind, BreakCause? Cause), int> why) =>
        [.. why.GroupBy(w => w.Key.Kind).Select(g => new Reasons(g.Key, g.Sum(w => w.Value), [.. g.OrderByDescending(w => w.Value).ThenBy(w => w.Key.Cause).Select(w => new ReasonCount(w.Key.Cause, w.Value))]))
            .OrderByDescending(r => r.Count).ThenBy(r => r.Kind)];

    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
