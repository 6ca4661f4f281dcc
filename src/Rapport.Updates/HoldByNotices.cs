using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Updates;

/// <summary>Whom a notice concerns stays when an import is undone, and so do the mails by which they were told.</summary>
internal sealed class HoldByNotices(RapportDb db) : IHoldParties, IHoldInteractions
{
    public async Task<IReadOnlyCollection<PartyId>> HeldAsync(IReadOnlyCollection<PartyId> parties, CancellationToken ct) =>
        await db.Set<Affected>().Where(a => EF.Parameter(parties).Contains(a.Party)).Select(a => a.Party).Distinct().ToListAsync(ct);

    public async Task<IReadOnlyCollection<InteractionId>> HeldAsync(IReadOnlyCollection<InteractionId> interactions, CancellationToken ct)
    {
        var ids = interactions.Select(i => (InteractionId?)i).ToList();
        return await db.Set<Telling>().Where(t => EF.Parameter(ids).Contains(t.Interaction)).Select(t => t.Interaction!.Value).ToListAsync(ct);
    }
}

/// <summary>Notices by their titles.</summary>
internal sealed class NameNotices(RapportDb db) : INameThings
{
    public async Task<IReadOnlyList<NamedThing>> OfAsync(IReadOnlyCollection<Guid> ids, Actor by, CancellationToken ct)
    {
        var notices = ids.Select(NoticeId.From).ToList();
        return [.. (await db.NoticesFor(by).Where(n => notices.Contains(n.Id)).Select(n => new { n.Id, n.Title }).ToListAsync(ct)).Select(n => new NamedThing(n.Id.Value, n.Title, $"/notices/{n.Id}"))];
    }
}
