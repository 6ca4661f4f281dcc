using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Customers;

#pragma warning disable CA1309 // Both databases compare sort names by their code units; EF translates only the short form.

/// <summary>Somebody who may be the one that is being typed in, and why.</summary>
public sealed record PossibleDuplicate(PartyRow Party, string Reason);

/// <summary>Finds who may be meant while a name, an address or a number is being typed. A hint, never a decision.</summary>
public sealed class PossibleDuplicates(RapportDb db, TimeProvider clock, PartyRows rows)
{
    private const int Most = 8, Candidates = 300;

    private static readonly HashSet<string> LegalForms =
        [.. "gmbh ag kg ohg ug mbh co inc llc ltd limited plc corp corporation company sa sas sarl srl spa bv nv oy ab as aps kft sro zoo lda pty pte the und and et e.v ev eg".Split(' ')];

    /// <summary>The likeliest first: the same address or number, then the same name, then nearly the same name in the same organisation.</summary>
    public async Task<IReadOnlyList<PossibleDuplicate>> FindAsync(string? name, string? email, string? phone, PartyId? except, CancellationToken ct)
    {
        var reasons = new Dictionary<PartyId, string>();
        await ByPointAsync(ContactKind.Email, email, "has the same e-mail address", reasons, ct);
        await ByPointAsync(ContactKind.Telephone, phone, "has the same telephone number", reasons, ct);
        if (name?.Trim() is { Length: >= 2 and <= Party.LongestName } typed)
        {
            await ByNameAsync(typed, reasons, ct);
            await ByColleagueAsync(typed, email, reasons, ct);
            await ByOrganizationNameAsync(typed, reasons, ct);
        }
        if (except is { } self) reasons.Remove(self);
        if (reasons.Count == 0) return [];
        var found = (await rows.ByIdAsync(reasons.Keys, ct)).ToDictionary(r => r.Id);
        return reasons.Where(r => found.ContainsKey(r.Key)).Take(Most).Select(r => new PossibleDuplicate(found[r.Key], r.Value)).ToList();
    }

    private async Task ByPointAsync(ContactKind kind, string? typed, string reason, Dictionary<PartyId, string> reasons, CancellationToken ct)
    {
        if (ContactPointReading.Value(kind, typed, await db.RegionAsync(ct)) is not { } value) return;
        foreach (var party in await db.Set<ContactPoint>().Where(c => c.Value == value && c.Kind == kind).OrderBy(c => c.Id).Select(c => c.Party).Take(Most).ToListAsync(ct))
            reasons.TryAdd(party, reason);
    }

    private async Task ByNameAsync(string typed, Dictionary<PartyId, string> reasons, CancellationToken ct)
    {
        string[] keys = [TextFold.Fold(typed), PersonNames.Read(typed).SortKey];
        foreach (var party in await db.Parties().Where(p => keys.Contains(p.SortName)).OrderBy(p => p.SortName).ThenBy(p => p.Rank).Select(p => p.Id).Take(Most).ToListAsync(ct))
            reasons.TryAdd(party, "has the same name");
    }

    private async Task ByColleagueAsync(string typed, string? email, Dictionary<PartyId, string> reasons, CancellationToken ct)
    {
        if (EmailAddresses.Read(email) is not { } address || await db.OrganizationByDomainAsync(address.Domain, ct) is not { } organization) return;
        var key = PersonNames.Read(typed).ComparisonKey;
        var people = await (await db.PresentPlacesAsync(clock, ct)).Where(a => a.Organization == organization)
            .Join(db.Persons(), a => a.Person, p => p.Id, (a, p) => new { p.Id, p.Name }).Take(Candidates).ToListAsync(ct);
        foreach (var person in people.Where(p => Alike(PersonNames.Read(p.Name).ComparisonKey, key)))
            reasons.TryAdd(person.Id, "has a similar name and is of the same organisation");
    }

    private async Task ByOrganizationNameAsync(string typed, Dictionary<PartyId, string> reasons, CancellationToken ct)
    {
        var key = WithoutLegalForm(typed);
        var first = key.Split(' ')[0];
        if (first.Length < 3) return;
        var end = first + "\U0010FFFF";
        var near = await db.Organizations().Where(o => string.Compare(o.SortName, first) >= 0 && string.Compare(o.SortName, end) < 0)
            .OrderBy(o => o.SortName).Select(o => new { o.Id, o.Name }).Take(Candidates).ToListAsync(ct);
        foreach (var one in near.Where(o => Alike(WithoutLegalForm(o.Name), key)))
            reasons.TryAdd(one.Id, "has nearly the same name");
    }

    private static string WithoutLegalForm(string name)
    {
        var words = TextFold.Words(TextFold.Fold(name)).ToList();
        var kept = words.Where(w => !LegalForms.Contains(w)).ToList();
        return string.Join(' ', kept.Count > 0 ? kept : words);
    }

    // One slip in short names, two in longer ones, none in very short ones.
    private static bool Alike(string one, string other)
    {
        if (one == other) return one.Length > 0;
        var slips = Math.Min(one.Length, other.Length) switch { < 5 => 0, < 10 => 1, _ => 2 };
        return slips > 0 && Math.Abs(one.Length - other.Length) <= slips && Distance(one, other) <= slips;
    }

    // Levenshtein, with neighbours that changed places counted once (optimal string alignment).
    internal static int Distance(string one, string other)
    {
        var (before, above, row) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var j = 0; j <= other.Length; j++) above[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = above[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, above, row) = (above, row, before);
        }
        return above[other.Length];
    }
}
