using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Somebody who wrote and of whom nobody has said yet who they are.</summary>
/// <param name="Organization">Proposed from the domain, or known.</param>
public sealed record NewCorrespondent(PartyId Person, string Name, string? Address, int Messages, DateTimeOffset FirstWroteAt, DateTimeOffset? LastContactAt, Named? Organization);

/// <summary>New correspondents of one mail domain.</summary>
/// <param name="Domain">The domain; null for people at free-mail providers, each of whom stands alone.</param>
public sealed record NewDomain(string? Domain, int Messages, IReadOnlyList<NewCorrespondent> People);

/// <summary>Lists those of whom nobody has said who they are.</summary>
public sealed class CorrespondentQueries(RapportDb db, TimeProvider clock)
{
    // So many are looked at for a first list, fewer where fewer are asked for, and so many more while it is not full: whoever sees little of what came in waits for no more than that.
    private const int First = 200, FirstOfOne = 20, Further = 1_000, AtOnce = 500;

    // Those who wrote in so many conversations of the reader's own or their teams' are found however seldom they wrote.
    private const int Own = 500;

    // So many of somebody's newest messages say whether a reader knows of them.
    private const int Newest = 8;

    /// <summary>The most frequent first, those of one mail domain together. Whom others met in a mailbox of their own alone is not among them (V11).</summary>
    /// <param name="most">How many people at most.</param>
    /// <param name="by">Who reads.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<NewDomain>> NewCorrespondentsAsync(int most, Actor by, CancellationToken ct)
    {
        var ids = await MetAsync(most, by, ct);
        var found = await db.Persons().AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var people = ids.Where(found.ContainsKey).Select(id => found[id]).ToList();
        var addresses = (await db.Set<ContactPoint>().Where(c => EF.Parameter(ids).Contains(c.Party) && c.Kind == ContactKind.Email).OrderBy(c => c.Id).Select(c => new { c.Party, c.Given, c.Domain }).ToListAsync(ct)).ToLookup(c => c.Party);
        var places = (await (from a in await db.PresentPlacesAsync(clock, ct)
                             where EF.Parameter(ids).Contains(a.Person)
                             join o in db.Organizations() on a.Organization equals o.Id
                             select new { a.Person, Named = new Named(o.Id, o.Name, true) }).ToListAsync(ct)).ToLookup(a => a.Person, a => a.Named);
        return
        [
            .. people.Select(p => (Row: new NewCorrespondent(p.Id, p.Name, addresses[p.Id].FirstOrDefault()?.Given, p.MessagesBeforeJudged, p.FirstWroteAt!.Value, p.LastContactAt, places[p.Id].FirstOrDefault()),
                    Domain: addresses[p.Id].Select(a => a.Domain).FirstOrDefault(d => d is not null && !FreeMailDomains.Contains(d))))
                .GroupBy(p => p.Domain ?? p.Row.Person.ToString())
                .Select(g => new NewDomain(g.First().Domain, g.Sum(p => p.Row.Messages), [.. g.Select(p => p.Row)]))
                .OrderByDescending(d => d.Messages),
        ];
    }

    /// <summary>How many there are, at most <paramref name="most"/>.</summary>
    public async Task<int> CountAsync(int most, Actor by, CancellationToken ct) => (await MetAsync(most, by, ct)).Count;

    // In the order of the index; mostly the reader knows of the first ones, and little more than these is read.
    private async Task<List<PartyId>> MetAsync(int most, Actor by, CancellationToken ct)
    {
        var all = Unknown().OrderByDescending(p => p.MessagesBeforeJudged).ThenBy(p => p.Id).Select(p => p.Id);
        var first = Math.Min(First, FirstOfOne * most);
        var met = await KnownToAsync(await all.Take(first).ToListAsync(ct), by, ct);
        if (met.Count < most) met = [.. met.Union(await KnownToAsync(await OfTheirOwnAsync(by, ct), by, ct))];
        if (met.Count < most)
            foreach (var some in (await all.Skip(first).Take(Further).ToListAsync(ct)).Chunk(AtOnce).TakeWhile(_ => met.Count < most))
                met = [.. met.Union(await KnownToAsync([.. some], by, ct))];
        return [.. met.Take(most)];
    }

    private async Task<List<PartyId>> OfTheirOwnAsync(Actor by, CancellationToken ct)
    {
        var teams = by.Teams.Select(t => (TeamId?)new TeamId(t.Value)).ToList();
        var own = db.ConversationsFor(by).Where(c => c.Owner == by.Id || EF.Parameter(teams).Contains(c.Team)).OrderByDescending(c => c.LastAt).Select(c => c.Id).Take(Own);
        var authors = db.Set<Interaction>().Where(i => own.Contains(i.Conversation) && i.Direction == Direction.Inbound && i.Author != null).Select(i => i.Author!.Value);
        return await Unknown().Where(p => authors.Contains(p.Id)).OrderByDescending(p => p.MessagesBeforeJudged).ThenBy(p => p.Id).Select(p => p.Id).ToListAsync(ct);
    }

    private IQueryable<Person> Unknown() => db.Persons().Where(p => p.Who == Who.Unknown && p.MessagesBeforeJudged > 0 && p.ArchivedAt == null);

    private async Task<List<PartyId>> KnownToAsync(List<PartyId> people, Actor by, CancellationToken ct)
    {
        if (people.Count == 0) return [];
        var seen = db.OutlinedFor(by);
        var known = await db.Persons().Where(p => EF.Parameter(people).Contains(p.Id)
            && db.Set<Participant>().Where(x => x.Party == p.Id).OrderByDescending(x => x.Interaction).Take(Newest).Any(x => seen.Any(i => i.Id == x.Interaction))).Select(p => p.Id).ToListAsync(ct);
        return people.FindAll(known.ToHashSet().Contains);
    }
}
