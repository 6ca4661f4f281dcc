using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Conversations;

/// <summary>A new member reads at once what they took part in before they joined, where those who took part may (V11).</summary>
internal sealed class AdmitToTheirOwn(RapportDb db, TimeProvider clock) : IHear<MemberKnown>
{
    public async Task HearAsync(MemberKnown happening, Actor by, CancellationToken ct)
    {
        var theirs = await (from p in db.Set<Participant>()
                            where p.Party == happening.Person
                            join i in db.Set<Interaction>() on p.Interaction equals i.Id
                            where i.Outlined
                            select i.Id).Distinct().ToListAsync(ct);
        if (theirs.Count > 0) await new SettleAudience(db, clock).RunAsync(theirs, by, ct);
    }
}
