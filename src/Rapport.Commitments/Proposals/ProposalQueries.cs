using Microsoft.EntityFrameworkCore;
using Rapport.Commitments.Reading;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Commitments;

/// <summary>A proposal as lists show it.</summary>
/// <param name="Because">The words that weighed.</param>
/// <param name="For">On whose list it stands.</param>
public sealed record ProposalRow(
    ProposalId Id, Side Side, string Words, PromiseKind Kind, double Probability, string Because, PartyId With, string WithName, DateTimeOffset? DueStart, DateTimeOffset? DueEnd, DuePrecision? DuePrecision, string DueWords,
    InteractionId SaidIn, ConversationId Conversation, string SaidBy, DateTimeOffset SaidAt, MemberId? For, ProposalState State, CommitmentId? Commitment)
{
    /// <summary>To whom else it is made: those whom it was said to beside the first.</summary>
    public IReadOnlyList<Named<PartyId>> AlsoTo { get; init; } = [];
    /// <summary>Its version, for <c>If-Match</c>.</summary>
    public int Version { get; init; }
}

/// <summary>Which proposals to list. Null does not filter.</summary>
/// <param name="Of">On whose list they stand; those on nobody's stand on everybody's.</param>
public sealed record ProposalFilter(MemberId? Of = null, Side? Side = null, ProposalState State = ProposalState.Open);

/// <summary>Reads proposals: only those out of what the reader may read.</summary>
public sealed class ProposalQueries(RapportDb db)
{
    /// <summary>A stretch of them, what was said last on top.</summary>
    public async Task<Page<ProposalRow>> ListAsync(ProposalFilter filter, string? after, int size, Actor by, CancellationToken ct)
    {
        size = Math.Clamp(size, 1, Page<ProposalRow>.Most);
        var proposals = Filtered(filter, by);
        if (Cursor.Parse(after, 2) is { Values: [var said, var place] } && IMomentId<InteractionId>.TryParse(said, null, out var seen) && int.TryParse(place, out var at))
            proposals = proposals.Where(p => p.SaidIn < seen || (p.SaidIn == seen && p.Place > at));
        var found = await proposals.OrderByDescending(p => p.SaidIn).ThenBy(p => p.Place).Take(size + 1).ToListAsync(ct);
        var places = found.ToDictionary(p => p.Id, p => p.Place);
        return Page<ProposalRow>.Of(await RowsAsync(found, ct), size, row => new Cursor(row.SaidIn.ToString(), places[row.Id].ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>How many there are, counted up to a number.</summary>
    public Task<int> CountAsync(ProposalFilter filter, int most, Actor by, CancellationToken ct) => Filtered(filter, by).Take(most).CountAsync(ct);

    /// <summary>The open ones out of these interactions, in the order they were said.</summary>
    public async Task<List<ProposalRow>> SaidInAsync(IReadOnlyCollection<InteractionId> interactions, Actor by, CancellationToken ct)
    {
        var ids = interactions.ToList();
        return await RowsAsync(await db.ProposalsFor(by).AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.SaidIn) && p.State == ProposalState.Open).OrderBy(p => p.SaidIn).ThenBy(p => p.Place).Take(50).ToListAsync(ct), ct);
    }

    /// <summary>One of them; null when there is none such, or none the reader may see.</summary>
    public async Task<ProposalRow?> OneAsync(ProposalId id, Actor by, CancellationToken ct) =>
        (await RowsAsync(await db.ProposalsFor(by).AsNoTracking().Where(p => p.Id == id).ToListAsync(ct), ct)).SingleOrDefault();

    private IQueryable<Proposal> Filtered(ProposalFilter filter, Actor by)
    {
        var (state, of) = (filter.State, filter.Of);
        var proposals = db.ProposalsFor(by).AsNoTracking().Where(p => p.State == state);
        if (of is not null) proposals = proposals.Where(p => p.For == of || p.For == null);
        if (filter.Side is { } side) proposals = proposals.Where(p => p.Side == side);
        return proposals;
    }

    private async Task<List<ProposalRow>> RowsAsync(List<Proposal> found, CancellationToken ct)
    {
        if (found.Count == 0) return [];
        var (parties, interactions) = (found.Select(p => p.With).Distinct().ToList(), found.Select(p => p.SaidIn).Distinct().ToList());
        var names = await db.Set<Party>().Where(p => EF.Parameter(parties).Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var said = await db.Set<Interaction>().Where(i => EF.Parameter(interactions).Contains(i.Id)).Select(i => new { i.Id, i.Conversation, i.AuthorName }).ToDictionaryAsync(i => i.Id, ct);
        var others = await db.AlsoSaidToAsync(found, ct);
        return found.ConvertAll(p => new ProposalRow(p.Id, p.Side, p.Words, p.Kind, Math.Round(p.Probability, 2), p.Because, p.With, names.GetValueOrDefault(p.With, ""), p.DueStart, p.DueEnd, p.DuePrecision, p.DueWords,
            p.SaidIn, said[p.SaidIn].Conversation, said[p.SaidIn].AuthorName, p.SaidAt, p.For, p.State, p.Commitment) { AlsoTo = [.. others[p.Id]], Version = p.Version });
    }
}
