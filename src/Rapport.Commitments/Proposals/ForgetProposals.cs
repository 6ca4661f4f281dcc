using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Commitments;

/// <summary>What an undone import took out is proposed no longer, and its sentences are kept nowhere.</summary>
internal sealed class ForgetProposals(RapportDb db) : IHear<InteractionsTakenBack>
{
    public async Task HearAsync(InteractionsTakenBack happening, Actor by, CancellationToken ct)
    {
        var parties = happening.Parties;
        await db.Set<Proposal>().Where(p => EF.Parameter(parties).Contains(p.With) && !db.Set<Interaction>().Any(i => i.Id == p.SaidIn)).ExecuteDeleteAsync(ct);
    }
}
