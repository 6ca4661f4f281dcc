using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Commitments;

/// <summary>Whom a form is about: chosen from the list while typing, or, without scripts, found by the words that were typed.</summary>
/// <param name="Party">The one; null when it is not clear yet.</param>
/// <param name="Name">Their name, or what was typed.</param>
/// <param name="Refusal">Why it is not clear yet.</param>
/// <param name="Candidates">Those it could be, to choose from.</param>
public sealed record Picked(PartyId? Party, string? Name, Refusal? Refusal, IReadOnlyList<SearchHit> Candidates);

/// <summary>Finds out whom a form is about.</summary>
public sealed class PickParty(RapportDb db, FindQueries find)
{
    private const int Most = 6;

    /// <summary>Who is meant where nobody can be asked: whose address or whole name it is, else the only one whom the words find.</summary>
    public async Task<Result<Picked>> NamedAsync(string words, string field, Actor by, CancellationToken ct)
    {
        if (words.Contains('@') && EmailAddresses.Key(words) is { } address)
        {
            var whose = await (from c in db.Set<ContactPoint>() where c.Kind == ContactKind.Email && c.Value == address join p in db.Parties() on c.Party equals p.Id orderby p.Id select new { p.Id, p.Name }).Take(2).ToListAsync(ct);
            return whose is [var one] ? new Picked(one.Id, one.Name, null, []) : Refusal.Invalid("party.unknown", whose.Count == 0 ? $"Nobody has the address {address}. Add them first." : $"Several have the address {address}. Give a name.", field);
        }
        var picked = await RunAsync(words, words, field, by, ct);
        if (picked.Refusal is not { } refusal) return picked;
        var same = picked.Candidates.Where(c => c.Title.Equals(words.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
        if (same.Count == 1) return new Picked(PartyId.From(same[0].Key.Ref), same[0].Title, null, []);
        return picked.Candidates.Count == 0 ? refusal : refusal with { Message = $"“{words.Trim()}” could be {string.Join(", ", picked.Candidates.Select(c => c.Title).Order(StringComparer.InvariantCultureIgnoreCase))}. Write the whole name, or an address." };
    }

    /// <summary>Who is meant by an id, or by words; of one kind only where that is asked.</summary>
    public async Task<Picked> RunAsync(string? id, string? words, string field, Actor by, CancellationToken ct, PartyKind? only = null)
    {
        if (IId<PartyId>.TryParse(id, null, out var chosen) && await db.Parties().Where(p => p.Id == chosen).Select(p => p.Name).SingleOrDefaultAsync(ct) is { } name) return new(chosen, name, null, []);
        if (string.IsNullOrWhiteSpace(words)) return new(null, null, Refusal.Invalid("party.missing", "Say with whom: begin to type a name.", field), []);
        var query = SearchQuery.Parse(words);
        var people = only == PartyKind.Organization ? [] : await find.FindAsync(SearchKind.Person, query, by, Most, ct);
        var organizations = only == PartyKind.Person ? [] : await find.FindAsync(SearchKind.Organization, query, by, Most, ct);
        var found = people.Concat(organizations).DistinctBy(hit => hit.Key).Take(Most).ToList();
        return found switch
        {
            [] => new(null, words, Refusal.Invalid("party.unknown", $"Nobody is found by “{words.Trim()}”. Try fewer letters, or add them first.", field), []),
            [var one] => new(PartyId.From(one.Key.Ref), one.Title, null, []),
            _ => new(null, words, Refusal.Invalid("party.several", "Several could be meant. Choose one below.", field), found),
        };
    }
}
