using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Commitments;

/// <summary>Commitments by their words.</summary>
internal sealed class NameCommitments(RapportDb db) : INameThings
{
    public async Task<IReadOnlyList<NamedThing>> OfAsync(IReadOnlyCollection<Guid> ids, Actor by, CancellationToken ct)
    {
        var commitments = ids.Select(CommitmentId.From).ToList();
        return [.. (await db.CommitmentsFor(by).Where(c => commitments.Contains(c.Id)).Select(c => new { c.Id, c.Words }).ToListAsync(ct)).Select(c => new NamedThing(c.Id.Value, c.Words, $"/commitments/{c.Id}"))];
    }
}
