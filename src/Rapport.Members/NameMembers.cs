using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Members;

/// <summary>Members and teams by name.</summary>
internal sealed class NameMembers(RapportDb db) : INameThings
{
    public async Task<IReadOnlyList<NamedThing>> OfAsync(IReadOnlyCollection<Guid> ids, Actor by, CancellationToken ct)
    {
        var (members, teams) = (ids.Select(MemberId.From).ToList(), ids.Select(TeamId.From).ToList());
        return
        [
            .. (await db.Set<Member>().Where(m => members.Contains(m.Id)).Select(m => new { m.Id, m.Name }).ToListAsync(ct)).Select(m => new NamedThing(m.Id.Value, m.Name, $"/members/{m.Id}")),
            .. (await db.Set<Team>().Where(t => teams.Contains(t.Id)).Select(t => new { t.Id, t.Name }).ToListAsync(ct)).Select(t => new NamedThing(t.Id.Value, t.Name, $"/teams/{t.Id}")),
        ];
    }
}
