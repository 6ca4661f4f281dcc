using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>A commitment as lists show it: it reads as a sentence.</summary>
public sealed record CommitmentRow(
    CommitmentId Id, Side Side, string Words, PartyId With, string WithName, PartyId Customer, string CustomerName, InteractionId? SaidIn, DateTimeOffset SaidAt,
    DateTimeOffset? DueStart, DateTimeOffset? DueEnd, DuePrecision? DuePrecision, string DueWords, MemberId Owner, string OwnerName, MemberId? OfferedTo, string? OfferedToName, Weight Weight,
    CommitmentState State, DateTimeOffset? ClosedAt, Verdict? Verdict, string? VerdictWords, DateTimeOffset? DisagreedAt, PromiseKind Kind, BreakCause? Cause)
{
    /// <summary>Who is told when it is late; null for nobody.</summary>
    public MemberId? EscalateTo { get; init; }

    /// <summary>Whom else of theirs it was made to.</summary>
    public IReadOnlyList<Named<PartyId>> AlsoTo { get; init; } = [];

    /// <summary>Who helps with it.</summary>
    public IReadOnlyList<Named<MemberId>> Helpers { get; init; } = [];

    /// <summary>That its owner is away, until when and who stands in; null while they are here.</summary>
    public Away? OwnerAway { get; init; }

    /// <summary>That who was asked to take it is away; null while they are here.</summary>
    public Away? OfferedToAway { get; init; }

    /// <summary>The names of all whom it was made to; or of the one who made it.</summary>
    public IReadOnlyList<string> WithNames => [WithName, .. AlsoTo.Select(a => a.Name)];

    /// <summary>The words as part of a sentence: without the full stop at their end.</summary>
    public string Phrase => Words.TrimEnd('.');

    /// <summary>Whether a member answers for it now: its owner, or who stands in for them.</summary>
    public bool IsAnsweredBy(MemberId member) => Owner == member || OwnerAway?.Deputy == member;

    /// <summary>Why it is at risk, each reason a sentence; none when it is not, or is late already.</summary>
    public IReadOnlyList<string> AtRisk { get; init; } = [];

    /// <summary>Whether it should have been done by now.</summary>
    public bool IsLate(DateTimeOffset now) => State == CommitmentState.Open && DueEnd < now;
}

/// <summary>Which part of the commitments a list shows.</summary>
public enum CommitmentPart
{
    /// <summary>All that stand, what is due first on top, what has no date at the end.</summary>
    Open,
    /// <summary>Those past due.</summary>
    Late,
    /// <summary>Those that are settled, the latest first.</summary>
    Settled,
    /// <summary>Those that stand and that nobody put a date to.</summary>
    Undated,
}

/// <summary>What to list. Null does not filter.</summary>
public sealed record CommitmentFilter(CommitmentPart Part = CommitmentPart.Open, Side? Side = null, MemberId? Owner = null, PartyId? Customer = null, PartyId? With = null, DateTimeOffset? DueBefore = null, DateTimeOffset? DueFrom = null, MemberId? Helper = null);

/// <summary>Reads commitments.</summary>
public sealed class CommitmentQueries(RapportDb db, TimeProvider clock)
{
    private const string Undated = "-";

    /// <summary>A stretch of the list.</summary>
    public async Task<Page<CommitmentRow>> ListAsync(CommitmentFilter filter, string? after, int size, Actor by, CancellationToken ct) => (await ListsAsync([filter], after, size, by, ct))[0];

    /// <summary>Stretches of several lists that are shown beside each other; what belongs to their rows is asked for once.</summary>
    public async Task<IReadOnlyList<Page<CommitmentRow>>> ListsAsync(IReadOnlyList<CommitmentFilter> filters, string? after, int size, Actor by, CancellationToken ct)
    {
        size = Math.Clamp(size, 1, Page<CommitmentRow>.Most);
        var lists = new List<List<Commitment>>();
        foreach (var filter in filters) lists.Add(await FoundAsync(filter, after, size, by, ct));
        var rows = await RowsAsync([.. lists.SelectMany(l => l)], ct);
        var (pages, at) = (new List<Page<CommitmentRow>>(), 0);
        foreach (var (list, filter) in lists.Zip(filters))
        {
            pages.Add(Page<CommitmentRow>.Of(rows.GetRange(at, list.Count), size, row => new Cursor(filter.Part == CommitmentPart.Settled ? Text(row.ClosedAt!.Value) : row.DueEnd is { } due ? Text(due) : Undated, row.Id.ToString())));
            at += list.Count;
        }
        return pages;
    }

    private async Task<List<Commitment>> FoundAsync(CommitmentFilter filter, string? after, int size, Actor by, CancellationToken ct)
    {
        var commitments = db.CommitmentsFor(by).AsNoTracking();
        if (filter.Side is { } side) commitments = commitments.Where(c => c.Side == side);
        if (filter.Owner is { } owner) commitments = commitments.Where(c => c.Owner == owner);
        if (filter.Customer is { } customer) commitments = commitments.Where(c => c.Customer == customer);
        if (filter.With is { } with)
        {
            var also = await db.AlsoPromisedToAsync(with, ct);
            commitments = also.Count == 0 ? commitments.Where(c => c.With == with) : commitments.Where(c => c.With == with || EF.Parameter(also).Contains(c.Id));
        }
        if (filter.Helper is { } helper)
        {
            var helped = await db.Set<Helping>().Where(h => h.Member == helper).Select(h => h.Commitment).ToListAsync(ct);
            commitments = commitments.Where(c => EF.Parameter(helped).Contains(c.Id));
        }
        return filter.Part == CommitmentPart.Settled ? await SettledAsync(commitments, after, size, ct) : await OpenAsync(commitments, filter, after, size, ct);
    }

    /// <summary>One of them; null when there is no such commitment.</summary>
    public async Task<CommitmentRow?> OneAsync(CommitmentId id, Actor by, CancellationToken ct) =>
        (await RowsAsync(db.CommitmentsFor(by).AsNoTracking().Where(c => c.Id == id), ct)).SingleOrDefault();

    /// <summary>Those that were said in these interactions, in the order they were said.</summary>
    public Task<List<CommitmentRow>> SaidInAsync(IReadOnlyCollection<InteractionId> interactions, Actor by, CancellationToken ct)
    {
        var ids = interactions.Select(i => (InteractionId?)i).ToList();
        return RowsAsync(db.CommitmentsFor(by).AsNoTracking().Where(c => ids.Contains(c.SaidIn)).OrderBy(c => c.SaidIn).Take(200), ct);
    }

    /// <summary>Those that wait for this member to say whether they take them.</summary>
    public Task<List<CommitmentRow>> OfferedToAsync(Actor by, CancellationToken ct) =>
        RowsAsync(db.CommitmentsFor(by).AsNoTracking().Where(c => c.OfferedTo == by.Id).OrderBy(c => c.DueEnd).Take(50), ct);

    /// <summary>Those of a member's where the one they were made to says otherwise, and that they have not heard yet.</summary>
    public Task<List<CommitmentRow>> DisagreedAsync(MemberId owner, Actor by, CancellationToken ct) =>
        RowsAsync(db.CommitmentsFor(by).AsNoTracking().Where(c => c.Owner == owner && c.DisagreedAt != null).OrderByDescending(c => c.DisagreedAt).ThenByDescending(c => c.Id).Take(50), ct);

    /// <summary>Those of others that are late and for which a member was named.</summary>
    public Task<List<CommitmentRow>> EscalatedToAsync(MemberId named, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return RowsAsync(db.CommitmentsFor(by).AsNoTracking().Where(c => c.EscalateTo == named && c.Owner != named && c.State == CommitmentState.Open && c.DueEnd < now).OrderBy(c => c.DueEnd).Take(50), ct);
    }

    /// <summary>Those of a member's that are at risk and not late yet, what is due first on top.</summary>
    public Task<List<CommitmentRow>> AtRiskAsync(MemberId owner, Actor by, CancellationToken ct) =>
        RowsAsync(db.CommitmentsFor(by).AsNoTracking().Where(c => c.Owner == owner).AtRisk(db, clock.GetUtcNow()).OrderBy(c => c.DueEnd).ThenBy(c => c.Id).Take(50), ct);

    /// <summary>Whether this member helps with anything that stands.</summary>
    public Task<bool> HelpsAsync(Actor by, CancellationToken ct) =>
        db.Set<Helping>().AnyAsync(h => h.Member == by.Id && db.Set<Commitment>().Any(c => c.Id == h.Commitment && c.State == CommitmentState.Open), ct);

    /// <summary>The story of one, from its making on.</summary>
    public Task<List<CommitmentEvent>> StoryAsync(CommitmentId id, CancellationToken ct) =>
        db.Set<CommitmentEvent>().AsNoTracking().Where(e => e.Commitment == id).OrderBy(e => e.Place).ToListAsync(ct);

    // With a date first, soonest on top; those nobody put a date to come last, oldest first.
    private async Task<List<Commitment>> OpenAsync(IQueryable<Commitment> commitments, CommitmentFilter filter, string? after, int size, CancellationToken ct)
    {
        commitments = commitments.Where(c => c.State == CommitmentState.Open);
        var before = filter.Part == CommitmentPart.Late ? clock.GetUtcNow() : filter.DueBefore;
        if (before is { } end) commitments = commitments.Where(c => c.DueEnd < end);
        if (filter.DueFrom is { } from) commitments = commitments.Where(c => c.DueEnd >= from);
        var found = new List<Commitment>();
        var (due, id) = Place(after);
        if (due != Undated && filter.Part != CommitmentPart.Undated)
        {
            var dated = commitments.Where(c => c.DueEnd != null);
            if (due is not null)
            {
                var seen = Moment(due);
                dated = dated.Where(c => c.DueEnd > seen || (c.DueEnd == seen && c.Id > id));
            }
            found = await dated.OrderBy(c => c.DueEnd).ThenBy(c => c.Id).Take(size + 1).ToListAsync(ct);
        }
        if (found.Count <= size && before is null && filter.DueFrom is null)
        {
            var undated = commitments.Where(c => c.DueEnd == null);
            if (due == Undated) undated = undated.Where(c => c.Id > id);
            found.AddRange(await undated.OrderBy(c => c.Id).Take(size + 1 - found.Count).ToListAsync(ct));
        }
        return found;
    }

    private static Task<List<Commitment>> SettledAsync(IQueryable<Commitment> commitments, string? after, int size, CancellationToken ct)
    {
        commitments = commitments.Where(c => c.ClosedAt != null);
        if (Place(after) is ({ } closed, var id))
        {
            var seen = Moment(closed);
            commitments = commitments.Where(c => c.ClosedAt < seen || (c.ClosedAt == seen && c.Id < id));
        }
        return commitments.OrderByDescending(c => c.ClosedAt).ThenByDescending(c => c.Id).Take(size + 1).ToListAsync(ct);
    }

    // The names are fetched after the page of rows was cut: a join before it would be made for every row of the table.
    private async Task<List<CommitmentRow>> RowsAsync(IQueryable<Commitment> commitments, CancellationToken ct) => await RowsAsync(await commitments.ToListAsync(ct), ct);

    private async Task<List<CommitmentRow>> RowsAsync(List<Commitment> found, CancellationToken ct)
    {
        if (found.Count == 0) return [];
        var parties = found.SelectMany(c => new[] { c.With, c.Customer }).Distinct().ToList();
        var names = await db.Set<Party>().Where(p => parties.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var members = await db.NamesOfAsync(found.SelectMany(c => new[] { c.Owner, c.OfferedTo ?? default }), ct);
        var ids = found.ConvertAll(c => c.Id);
        var (others, helpers) = (await db.AlsoToAsync(ids, ct), await db.HelpersAsync(ids, ct));
        var risks = await db.RisksOfAsync(found, clock.GetUtcNow(), ct);
        var away = await db.AwayAsync(clock.GetUtcNow(), ct);
        return found.ConvertAll(c => new CommitmentRow(
            c.Id, c.Side, c.Words, c.With, names.GetValueOrDefault(c.With, ""), c.Customer, names.GetValueOrDefault(c.Customer, ""), c.SaidIn, c.SaidAt,
            c.DueStart, c.DueEnd, c.DuePrecision, c.DueWords, c.Owner, members.GetValueOrDefault(c.Owner, "somebody"),
            c.OfferedTo, c.OfferedTo is { } to ? members.GetValueOrDefault(to, "somebody") : null, c.Weight, c.State, c.ClosedAt, c.Verdict, c.VerdictWords, c.DisagreedAt, c.Kind, c.Cause)
        {
            AlsoTo = [.. others[c.Id]], Helpers = [.. helpers[c.Id].Where(h => h.Id != c.Owner)], EscalateTo = c.EscalateTo, AtRisk = [.. risks[c.Id]], OwnerAway = away.GetValueOrDefault(c.Owner), OfferedToAway = c.OfferedTo is { } asked ? away.GetValueOrDefault(asked) : null,
        });
    }

    private static (string? At, CommitmentId Id) Place(string? after) =>
        Cursor.Parse(after, 2) is { Values: [var at, var text] } && IId<CommitmentId>.TryParse(text, null, out var id) && (at == Undated || long.TryParse(at, out _)) ? (at, id) : (null, default);

    private static string Text(DateTimeOffset at) => at.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string ticks) => new(long.Parse(ticks, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
}
