using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>Whose a mail domain is.</summary>
public static class MailDomains
{
    /// <summary>The organisation's domains, out of what was typed. What is no domain, and those of free-mail providers, are left out.</summary>
    internal static List<MailDomain> Read(IEnumerable<string>? given, PartyId organization) =>
        (given ?? []).Select(d => EmailAddresses.Domain(d.AsSpan().Trim().TrimStart('@'))).OfType<string>()
            .Where(d => !FreeMailDomains.Contains(d)).Distinct().Select(d => new MailDomain { Domain = d, Organization = organization }).ToList();

    /// <summary>The organisation that a mail domain is of: the longest that fits, so that a unit's own comes before the whole's. Null for free-mail domains and unknown ones.</summary>
    public static async Task<PartyId?> OrganizationByDomainAsync(this RapportDb db, string domain, CancellationToken ct) =>
        (await db.OrganizationsByDomainAsync([domain], ct)).TryGetValue(domain, out var organization) ? organization : null;

    /// <summary>The same for many domains in one query. Domains that nobody has are absent.</summary>
    public static async Task<Dictionary<string, PartyId>> OrganizationsByDomainAsync(this RapportDb db, IReadOnlyCollection<string> domains, CancellationToken ct)
    {
        var wanted = domains.Distinct().Where(d => !FreeMailDomains.Contains(d)).ToDictionary(d => d, Ladder);
        if (wanted.Count == 0) return [];
        var asked = wanted.Values.SelectMany(l => l).Distinct().ToList();
        var known = (await db.Set<MailDomain>().Where(d => asked.Contains(d.Domain))
            .Join(db.Organizations(), d => d.Organization, o => o.Id, (d, o) => new { d.Domain, o.Id, IsUnit = o.Parent != null }).ToListAsync(ct)).ToLookup(d => d.Domain);
        var found = new Dictionary<string, PartyId>();
        foreach (var (domain, ladder) in wanted)
            if (ladder.FirstOrDefault(known.Contains) is { } step)
                found[domain] = known[step].OrderBy(o => o.IsUnit).ThenBy(o => o.Id.Value).First().Id;
        return found;
    }

    // mail.north.example.com, north.example.com, example.com.
    private static List<string> Ladder(string domain)
    {
        var (steps, last) = (new List<string> { domain }, RegistrableDomain.Of(domain));
        while (steps[^1].Length > last.Length && steps.Count < 10) steps.Add(steps[^1][(steps[^1].IndexOf('.', StringComparison.Ordinal) + 1)..]);
        return steps;
    }
}
