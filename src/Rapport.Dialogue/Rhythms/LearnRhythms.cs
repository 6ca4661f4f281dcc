using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Jobs;

namespace Rapport.Dialogue;

/// <summary>
/// Learns how often we are in dialogue with whom, from a bounded look at each party's last contacts. A few parties are learned at once;
/// those of a large batch, as an import gives it, are only marked, so that somebody named in a thousand mails is learned once.
/// </summary>
internal sealed class LearnRhythms(RapportDb db, TimeProvider clock) : IHear<InteractionsTaken>, IJob
{
    private const int AtOnce = 20, Batch = 200, Look = 200, MostLooks = 5;

    /// <summary>Hears what was said.</summary>
    public async Task HearAsync(InteractionsTaken happening, Actor by, CancellationToken ct)
    {
        var ids = happening.Interactions;
        var parties = await db.Set<Participant>().Where(p => EF.Parameter(ids).Contains(p.Interaction) && p.Counts).Select(p => p.Party).Distinct().ToListAsync(ct);
        foreach (var some in parties.Chunk(Batch))
        {
            var rhythms = await ReachAsync(some, ct);
            if (parties.Count <= AtOnce) await LearnAsync(rhythms, ct);
            else rhythms.ForEach(r => r.Stale = true);
            await SaveAsync(ct);
        }
    }

    /// <summary>Learns those that were only marked, and takes over who answers for whom.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var stale = await db.Set<Rhythm>().Where(r => r.Stale).OrderBy(r => r.Party).Take(Batch).ToListAsync(ct);
            if (stale.Count == 0) break;
            await LearnAsync(stale, ct);
            await SaveAsync(ct);
        }
        await FollowOwnersAsync(ct);
    }

    /// <summary>Learns everybody anew, in stretches: after rows came into the database by another way than intake.</summary>
    public async Task RebuildAsync(CancellationToken ct)
    {
        PartyId last = default;
        while (!ct.IsCancellationRequested)
        {
            var some = await db.Set<Party>().Where(p => p.Id > last && p.LastContactAt != null && p.MergedInto == null).OrderBy(p => p.Id).Select(p => p.Id).Take(Batch).ToListAsync(ct);
            if (some.Count == 0) return;
            await LearnAsync(await ReachAsync(some, ct), ct);
            await SaveAsync(ct);
            last = some[^1];
        }
    }

    private async Task<List<Rhythm>> ReachAsync(IReadOnlyCollection<PartyId> parties, CancellationToken ct)
    {
        var present = await db.PresentPlacesAsync(clock, ct);
        var theirs = await db.Set<Party>().Where(p => EF.Parameter(parties).Contains(p.Id) && p.Who != Who.OneOfUs && p.MergedInto == null)
            .Select(p => new { p.Id, p.Owner, AtOrganization = p is Person && present.Any(a => a.Person == p.Id) }).ToListAsync(ct);
        var known = await db.Set<Rhythm>().Where(r => EF.Parameter(parties).Contains(r.Party)).ToDictionaryAsync(r => r.Party, ct);
        return theirs.ConvertAll(p =>
        {
            if (!known.TryGetValue(p.Id, out var rhythm)) db.Add(rhythm = new Rhythm { Party = p.Id });
            rhythm.Owner = p.Owner;
            rhythm.BelongTo(p.AtOrganization);
            return rhythm;
        });
    }

    private async Task LearnAsync(List<Rhythm> rhythms, CancellationToken ct)
    {
        foreach (var rhythm in rhythms) rhythm.Learn(RhythmRule.Of(await ContactsAsync(rhythm.Party, ct)));
    }

    // Newest first until there are enough days: a few rows for most, never more than a thousand for the busiest.
    private async Task<List<DateTimeOffset>> ContactsAsync(PartyId party, CancellationToken ct)
    {
        var contacts = new List<DateTimeOffset>();
        var before = new InteractionId(long.MaxValue);
        for (var look = 0; look < MostLooks; look++)
        {
            var ids = await db.Set<Participant>().Where(p => p.Party == party && p.Interaction < before && p.Counts).OrderByDescending(p => p.Interaction).Select(p => p.Interaction).Take(Look).ToListAsync(ct);
            contacts.AddRange(ids.Select(i => Moments.At(i.Value)));
            if (ids.Count < Look || contacts.Select(c => c.UtcDateTime.Date).Distinct().Count() > RhythmRule.MostContacts) break;
            before = ids[^1];
        }
        return contacts;
    }

    // Owners change on another floor; those who have one are few, and an index holds just them.
    private async Task FollowOwnersAsync(CancellationToken ct)
    {
        var changed = await (from p in db.Set<Party>() where p.Owner != null join r in db.Set<Rhythm>() on p.Id equals r.Party where r.Owner != p.Owner select p.Id)
            .Union(from r in db.Set<Rhythm>() where r.Owner != null join p in db.Set<Party>() on r.Party equals p.Id where p.Owner == null select p.Id).Take(10 * Batch).ToListAsync(ct);
        foreach (var some in changed.Chunk(Batch))
        {
            await ReachAsync(some, ct);
            await SaveAsync(ct);
        }
    }

    private async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
        db.ChangeTracker.Clear();
    }
}
