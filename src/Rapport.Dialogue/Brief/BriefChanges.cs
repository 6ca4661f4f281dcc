using Microsoft.EntityFrameworkCore;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Dialogue;

/// <summary>What changed with a party since it was last spoken to.</summary>
/// <param name="Since">When that was.</param>
/// <param name="Settled">Promises that were settled since, the latest first.</param>
/// <param name="Moved">Promises that got another date since and still stand.</param>
/// <param name="NewPeople">People of theirs who first spoke with us since.</param>
internal sealed record Changes(DateTimeOffset Since, IReadOnlyList<CommitmentRow> Settled, IReadOnlyList<CommitmentRow> Moved, IReadOnlySet<PartyId> NewPeople);

/// <summary>Finds what changed, each in a bounded range of an index.</summary>
public sealed class BriefChanges(RapportDb db, CommitmentQueries commitments)
{
    private const int News = 6, People = 30;

    internal async Task<Changes> SinceAsync(DateTimeOffset since, PartyDetail party, CommitmentFilter filter, IReadOnlyList<CommitmentRow> open, Actor by, CancellationToken ct)
    {
        var settled = await commitments.ListAsync(filter with { Part = CommitmentPart.Settled }, null, News, by, ct);
        return new(since, [.. settled.Items.Where(c => c.ClosedAt > since)], await MovedAsync(since, open, ct), party.Kind == PartyKind.Person ? new HashSet<PartyId>() : await NewPeopleAsync(since, party, ct));
    }

    private async Task<List<CommitmentRow>> MovedAsync(DateTimeOffset since, IReadOnlyList<CommitmentRow> open, CancellationToken ct)
    {
        if (open.Count == 0) return [];
        var ids = open.Select(c => c.Id).ToList();
        var moved = await db.Set<CommitmentEvent>().Where(e => EF.Parameter(ids).Contains(e.Commitment) && e.Deed == CommitmentDeed.Renegotiated && e.At > since).Select(e => e.Commitment).Distinct().ToListAsync(ct);
        return [.. open.Where(c => moved.Contains(c.Id))];
    }

    // When they came into Rapport says nothing: an import brings in people we have known for years.
    private async Task<HashSet<PartyId>> NewPeopleAsync(DateTimeOffset since, PartyDetail party, CancellationToken ct)
    {
        var ids = party.Affiliations.Where(a => !a.Ended).Take(People).Select(a => a.Person).ToList();
        if (ids.Count == 0) return [];
        var from = new InteractionId(Moments.Key(since, 0));
        return await db.Set<Party>().Where(p => EF.Parameter(ids).Contains(p.Id)
            && db.Set<Participant>().Any(x => x.Party == p.Id && x.Interaction > from && x.Counts)
            && !db.Set<Participant>().Any(x => x.Party == p.Id && x.Interaction <= from && x.Counts)).Select(p => p.Id).ToHashSetAsync(ct);
    }
}
