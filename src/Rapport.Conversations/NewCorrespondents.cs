using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;

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
    /// <summary>The most frequent first, those of one mail domain together.</summary>
    /// <param name="most">How many people at most.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<NewDomain>> NewCorrespondentsAsync(int most, CancellationToken ct)
    {
        var people = await db.Persons().AsNoTracking().Where(p => p.Who == Who.Unknown && p.MessagesBeforeJudged > 0 && p.FirstWroteAt != null && p.ArchivedAt == null)
            .OrderByDescending(p => p.MessagesBeforeJudged).ThenBy(p => p.Id).Take(most).ToListAsync(ct);
        var ids = people.ConvertAll(p => p.Id);
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
    public Task<int> CountAsync(int most, CancellationToken ct) =>
        db.Persons().Where(p => p.Who == Who.Unknown && p.MessagesBeforeJudged > 0 && p.FirstWroteAt != null && p.ArchivedAt == null).Take(most).CountAsync(ct);
}
