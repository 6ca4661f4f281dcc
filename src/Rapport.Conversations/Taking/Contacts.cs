using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>When we were last in contact with whom, and who wrote before anybody said who they are. Counted in the database, so that nobody who edits a party is told of a clash.</summary>
internal sealed class Contacts(RapportDb db)
{
    private readonly Dictionary<PartyId, DateTimeOffset> spoke = [];
    private readonly Dictionary<PartyId, (DateTimeOffset First, int Count)> wrote = [];

    /// <summary>A human being of theirs or ours spoke with them.</summary>
    public void Spoke(PartyId party, Person? made, DateTimeOffset at)
    {
        if (made is not null) made.LastContactAt = made.LastContactAt > at ? made.LastContactAt : at;
        else if (!spoke.TryGetValue(party, out var last) || last < at) spoke[party] = at;
    }

    /// <summary>Somebody nobody has judged yet wrote.</summary>
    public void Wrote(PartyId party, Person? made, DateTimeOffset at)
    {
        if (made is not null)
        {
            made.FirstWroteAt = made.FirstWroteAt < at ? made.FirstWroteAt : at;
            made.MessagesBeforeJudged++;
            return;
        }
        var (first, count) = wrote.GetValueOrDefault(party, (at, 0));
        wrote[party] = (first < at ? first : at, count + 1);
    }

    public async Task FinishAsync(CancellationToken ct)
    {
        foreach (var entry in db.ChangeTracker.Entries<Organization>().Where(e => e.State == EntityState.Added))
            if (spoke.Remove(entry.Entity.Id, out var at)) entry.Entity.LastContactAt = at;
        foreach (var (party, at) in spoke)
            await db.Set<Party>().Where(p => p.Id == party && (p.LastContactAt == null || p.LastContactAt < at)).ExecuteUpdateAsync(s => s.SetProperty(p => p.LastContactAt, at), ct);
        foreach (var (party, (first, count)) in wrote)
            await db.Set<Person>().Where(p => p.Id == party).ExecuteUpdateAsync(s => s
                .SetProperty(p => p.FirstWroteAt, p => p.FirstWroteAt != null && p.FirstWroteAt < first ? p.FirstWroteAt : first)
                .SetProperty(p => p.MessagesBeforeJudged, p => p.MessagesBeforeJudged + count), ct);
    }
}
