using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

internal static class ProposalRecipients
{
    /// <summary>To whom else what is proposed was said. Who was in copy is promised nothing, and what one of them promises, they promise alone.</summary>
    public static async Task<ILookup<ProposalId, Named<PartyId>>> AlsoSaidToAsync(this RapportDb db, IReadOnlyCollection<Proposal> proposals, CancellationToken ct)
    {
        var ours = proposals.Where(p => p.Side == Side.OursToThem).ToList();
        var said = ours.Select(p => p.SaidIn).Distinct().ToList();
        var found = said.Count == 0 ? [] : await (from p in db.Set<Participant>()
                           where EF.Parameter(said).Contains(p.Interaction) && p.Part == Part.To
                           join party in db.Parties() on p.Party equals party.Id
                           where party.Who != Who.OneOfUs && party.Who != Who.Robot
                           select new { p.Interaction, party.Id, party.Name }).ToListAsync(ct);
        var to = found.OrderBy(p => p.Id.Value).ToLookup(p => p.Interaction, p => new Named<PartyId>(p.Id, p.Name));
        return ours.SelectMany(p => to[p.SaidIn].Where(t => t.Id != p.With).DistinctBy(t => t.Id).Take(MakeCommitment.MostOthers).Select(t => (p.Id, To: t))).ToLookup(t => t.Id, t => t.To);
    }
}
