using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Updates;

/// <summary>Whom an audience means: the people its filter holds and those who work at the organisations it holds, and those chosen one by one. An organisation where nobody is known stands for itself.</summary>
public sealed class WhomItConcerns(RapportDb db, PartyQueries parties, UpdatesOptions options, TimeProvider clock)
{
    /// <summary>The reason of who was chosen by hand.</summary>
    public const string ByHand = "chosen by hand";

    /// <summary>Those whom the filter holds now, in no order; nobody when it says nothing.</summary>
    public async Task<IQueryable<Party>> FilteredAsync(Audience audience, CancellationToken ct)
    {
        var present = await db.PresentPlacesAsync(clock, ct);
        var all = db.Parties().Where(p => p.ArchivedAt == null && p.Who != Who.Robot && p.Who != Who.Private && (p is Person || !present.Any(a => a.Organization == p.Id)));
        if (!audience.HasFilter) return all.Where(_ => false);
        if (audience.Tier is not null || audience.Standing is not null || audience.Owner is not null || audience.Pays is not null)
        {
            var held = db.PartiesIn(new(Standing: audience.Standing, Tier: audience.Tier, Owner: audience.Owner, Pays: audience.Pays));
            all = all.Where(p => held.Any(h => h.Id == p.Id) || present.Any(a => a.Person == p.Id && held.Any(h => h.Id == a.Organization)));
        }
        if (audience.Organization is not { } organization) return all;
        var units = await parties.UnitsOfAsync(organization, ct);
        return all.Where(p => EF.Parameter(units).Contains(p.Id) || present.Any(a => a.Person == p.Id && EF.Parameter(units).Contains(a.Organization)));
    }

    /// <summary>Those who are meant by the ones chosen one by one, with why.</summary>
    public async Task<IReadOnlyDictionary<PartyId, string>> ChosenAsync(IReadOnlyList<PartyId> chosen, CancellationToken ct)
    {
        var ids = chosen.Distinct().Take(options.ChosenByHand).ToList();
        var known = await db.Parties().Where(p => EF.Parameter(ids).Contains(p.Id)).Select(p => new { p.Id, p.Name, IsPerson = p is Person }).ToListAsync(ct);
        var found = known.Where(k => k.IsPerson).ToDictionary(k => k.Id, _ => ByHand);
        foreach (var organization in known.Where(k => !k.IsPerson).OrderBy(k => k.Id.Value))
        {
            if (found.Count > options.BehindChosen) break;
            // One more than may be, so that nobody is left out without a word: WrongAsync refuses then.
            var people = await parties.PeopleOfAsync(organization.Id, unitsToo: true, options.BehindChosen + 1, ct);
            foreach (var person in people.Count == 0 ? [organization.Id] : people) found.TryAdd(person, Cut($"{organization.Name}, {ByHand}"));
        }
        return found;
    }

    /// <summary>What is wrong with an audience; null when nothing is.</summary>
    public async Task<Refusal?> WrongAsync(Audience audience, CancellationToken ct)
    {
        if (!audience.HasFilter && audience.People.Count == 0) return Refusal.Invalid("audience.empty", "Say whom it concerns: by a filter, or one by one.", "audience");
        if (audience.People.Count > options.ChosenByHand) return Refusal.Invalid("audience.many", $"Choose at most {options.ChosenByHand} one by one; a filter holds as many as there are.", "people");
        if (audience.Organization is { } id && !await db.Organizations().AnyAsync(o => o.Id == id, ct)) return Refusal.Invalid("organization.unknown", "There is no such organisation.", "organization");
        var people = audience.People.Distinct().ToList();
        if (people.Count > 0 && await db.Parties().CountAsync(p => EF.Parameter(people).Contains(p.Id), ct) < people.Count) return Refusal.Invalid("people.unknown", "One of those you chose is not here any more. Choose again.", "people");
        return (await ChosenAsync(people, ct)).Count > options.BehindChosen ? Refusal.Invalid("audience.behind", $"More than {options.BehindChosen} people stand behind those you chose one by one. Choose a large organisation by the filter: it holds as many as there are.", "people") : null;
    }

    /// <summary>Why it concerns those whom the filter holds, in words: "tier A customers of Ada Berg".</summary>
    public async Task<string> ReasonAsync(Audience audience, CancellationToken ct)
    {
        if (!audience.HasFilter) return "";
        var organization = audience.Organization is { } id ? await db.Organizations().Where(o => o.Id == id).Select(o => o.Name).SingleOrDefaultAsync(ct) : null;
        var owner = audience.Owner is { } member ? (await db.MemberAsync(member, ct))?.Name ?? "somebody" : null;
        if (audience is { Tier: null, Standing: null, Owner: null, Pays: null }) return Cut($"people of {organization}");
        string?[] words =
        [
            audience.Tier is { } tier ? tier == Tier.None ? null : $"tier {tier}" : null,
            audience.Standing is { } standing ? Called(standing) : "customers",
            audience.Tier == Tier.None ? "without a tier" : null,
            audience.Pays is { } pays ? pays ? "who pay" : "who do not pay" : null,
            owner is null ? null : $"of {owner}",
            organization is null ? null : $"at {organization}",
        ];
        return Cut(string.Join(' ', words.OfType<string>()));
    }

    private static string Called(Standing standing) => standing switch
    {
        Standing.Customer => "customers",
        Standing.PotentialCustomer => "potential customers",
        Standing.Unqualified => "customers of whom we know too little",
        Standing.NotACustomer => "those who are no customers",
        Standing.Former => "former customers",
    };

    private static string Cut(string reason) => reason.Length > Affected.LongestReason ? reason[..(Affected.LongestReason - 1)] + "…" : reason;
}
