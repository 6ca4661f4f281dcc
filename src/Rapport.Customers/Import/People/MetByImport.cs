using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers.Import;

/// <summary>For imports that meet people on the way: writes whom they made into their ledger, so that undoing them takes back those whom nobody touched or spoke with since.</summary>
/// <remarks>One is for one transaction, in which the caller keeps others from appending to the journal.</remarks>
public sealed class MetByImport(RapportDb db)
{
    private readonly List<(ImportId Import, PartyState State)> _met = [];

    /// <summary>A person with their address, and their place where they have one.</summary>
    public void Met(ImportId import, Person person, ContactPoint address, Affiliation? place)
    {
        var state = new PartyState { Party = person, IsNew = true };
        state.Points.Add(address);
        if (place is not null) state.Places.Add(place);
        _met.Add((import, state));
    }

    /// <summary>An organisation with its mail domain.</summary>
    public void Met(ImportId import, Organization organization, MailDomain domain)
    {
        var state = new PartyState { Party = organization, IsNew = true };
        state.Domains.Add(domain);
        _met.Add((import, state));
    }

    /// <summary>Adds the lines to what the next save stores.</summary>
    public async Task NoteAsync(CancellationToken ct)
    {
        foreach (var of in _met.GroupBy(m => m.Import))
        {
            var seq = await db.Set<ImportChange>().Where(c => c.Import == of.Key).MaxAsync(c => (long?)c.Seq, ct) ?? 0;
            db.AddRange(of.Select(m => new ImportChange
            {
                Import = of.Key, Seq = ++seq, What = m.State.Party is Person ? PeopleImporter.APerson : PeopleImporter.AnOrganization, Subject = m.State.Id.Value, Made = true, Print = PartyPrint.Of(m.State),
            }));
        }
        _met.Clear();
    }
}
