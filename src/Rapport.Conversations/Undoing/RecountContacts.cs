using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>Says anew when we were last in contact with whom, and how often those wrote of whom nobody has said who they are. Past the change tracker, as <see cref="Contacts"/> counts it.</summary>
internal sealed class RecountContacts(RapportDb db)
{
    public async Task RunAsync(IReadOnlyCollection<PartyId> parties, CancellationToken ct)
    {
        var theirs = await db.Set<Party>().AsNoTracking().Where(p => EF.Parameter(parties).Contains(p.Id) && p.Who != Who.OneOfUs).Select(p => new { p.Id, p.Who, IsPerson = p is Person }).ToListAsync(ct);
        foreach (var party in theirs)
        {
            var last = await (from x in db.Set<Participant>()
                              where x.Party == party.Id && x.Counts && x.Part != Part.Cc
                              join i in db.Set<Interaction>() on x.Interaction equals i.Id
                              where i.Channel != Channel.Note
                              orderby x.Interaction descending
                              select (DateTimeOffset?)i.At).FirstOrDefaultAsync(ct);
            await db.Set<Party>().Where(p => p.Id == party.Id && p.LastContactAt != last).ExecuteUpdateAsync(s => s.SetProperty(p => p.LastContactAt, last), ct);
            if (party is { IsPerson: true, Who: Who.Unknown }) await RecountWrittenAsync(party.Id, ct);
        }
    }

    private async Task RecountWrittenAsync(PartyId person, CancellationToken ct)
    {
        var wrote = from x in db.Set<Participant>()
                    where x.Party == person && x.Part == Part.From
                    join i in db.Set<Interaction>() on x.Interaction equals i.Id
                    where i.Channel == Channel.Email && i.Voice != Voice.Automatic
                    select i;
        var count = await wrote.CountAsync(ct);
        var first = count == 0 ? null : await wrote.OrderBy(i => i.Id).Select(i => (DateTimeOffset?)i.At).FirstAsync(ct);
        await db.Set<Person>().Where(p => p.Id == person).ExecuteUpdateAsync(s => s.SetProperty(p => p.MessagesBeforeJudged, count).SetProperty(p => p.FirstWroteAt, first), ct);
    }
}
