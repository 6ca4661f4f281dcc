using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>
/// Everybody whom the rows of one batch may be about: found in a few queries for all of them, and those made on the way.
/// Whom the batch before knew is taken over from it, because the database may not show yet what it made of them.
/// </summary>
internal sealed class KnownParties(RapportDb db, ReachedPlaces reached, KnownParties? before = null)
{
    private KnownParties? _before = before;
    private readonly Dictionary<PartyId, PartyState> _states = [];
    private readonly Dictionary<string, List<PartyState>> _byKey = [], _byEmail = [], _byName = [];
    private readonly Dictionary<string, PartyState> _byDomain = [];

    /// <summary>All of them.</summary>
    public IEnumerable<PartyState> All => _states.Values;

    public PartyState? Find(PartyId id) => _states.GetValueOrDefault(id);

    public IEnumerable<PartyState> WithKey(string key) => Of(_byKey, key);

    /// <summary>Those who have the address, the first who had it first.</summary>
    public IEnumerable<PartyState> WithEmail(string address) => Of(_byEmail, address) is { Count: > 1 } several ? several.OrderBy(s => s.Points.Find(p => p.Kind == ContactKind.Email && p.Value == address)!.Id.Value) : Of(_byEmail, address);

    /// <summary>Those who sort alike: the same folded name, in the order they came to us.</summary>
    public IEnumerable<PartyState> Named(string sortName) => Of(_byName, sortName);

    /// <summary>The organisation that has the mail domain.</summary>
    public PartyState? OfDomain(string domain) => _byDomain.GetValueOrDefault(domain);

    public async Task LoadAsync(IReadOnlyList<PeopleRow> rows, ImportContext context, CancellationToken ct)
    {
        var keys = Distinct(rows.SelectMany(r => new[] { r.PersonKey, r.OrganizationKey }));
        var emails = Distinct(rows.SelectMany(r => r.Contacts).Where(c => c.Kind == ContactKind.Email).Select(c => c.Value));
        var organizations = Distinct(rows.SelectMany(r => new[] { r.Organization is null ? null : r.OrganizationSort, r.Person is null && r.Department is not null ? TextFold.Fold(r.Department) : null }));
        var domains = Distinct(rows.Where(r => r.Organization is not null && r.Domain is not null).SelectMany(r => new[] { r.Domain, r.RegisteredDomain }));

        var ids = new HashSet<PartyId> { OurOrganization.Id };
        if (keys.Count > 0) ids.UnionWith(await db.Parties().Where(p => EF.Parameter(keys).Contains(p.ExternalKey!)).Select(p => p.Id).ToListAsync(ct));
        if (emails.Count > 0) ids.UnionWith(await db.Set<ContactPoint>().Where(c => c.Kind == ContactKind.Email && EF.Parameter(emails).Contains(c.Value)).Select(c => c.Party).ToListAsync(ct));
        if (organizations.Count > 0) ids.UnionWith(await db.Organizations().Where(o => EF.Parameter(organizations).Contains(o.SortName)).Select(o => o.Id).ToListAsync(ct));
        if (domains.Count > 0) ids.UnionWith(await db.Set<MailDomain>().Where(d => EF.Parameter(domains).Contains(d.Domain)).Select(d => d.Organization).ToListAsync(ct));
        if (_before is not null)
        {
            ids.UnionWith(keys.SelectMany(_before.WithKey).Concat(emails.SelectMany(e => Of(_before._byEmail, e))).Concat(organizations.SelectMany(_before.Named).Where(s => s.Party is Organization)).Select(s => s.Id));
            ids.UnionWith(domains.Select(_before.OfDomain).OfType<PartyState>().Select(s => s.Id));
        }
        await LoadAsync([.. ids], ct);
        await LoadNamesakesAsync(rows, context, ct);
        _before = null;
    }

    /// <summary>Loads parties by their ids, with all that belongs to them.</summary>
    public async Task LoadAsync(IReadOnlyList<PartyId> ids, CancellationToken ct)
    {
        var (states, wanted) = (new List<PartyState>(), new List<PartyId>());
        foreach (var id in ids.Where(id => !_states.ContainsKey(id)))
            if (_before?.Find(id) is { } state) states.Add(state);
            else wanted.Add(id);
        foreach (var state in states) state.Settle();
        if (wanted.Count > 0) states.AddRange(await StoredAsync(wanted, ct));
        foreach (var state in states.OrderBy(s => s.Party.ArchivedAt is not null).ThenBy(s => s.Id.Value)) Add(state);
    }

    /// <summary>Makes somebody who was made or loaded findable for the rows that follow.</summary>
    public void Add(PartyState state)
    {
        _states.Add(state.Id, state);
        Keyed(state);
        Renamed(state);
        foreach (var point in state.Points) Reached(state, point);
        foreach (var domain in state.Domains) _byDomain.TryAdd(domain.Domain, state);
    }

    public void Keyed(PartyState state)
    {
        if (state.Party.ExternalKey is { } key) Into(_byKey, key, state);
    }

    public void Renamed(PartyState state) => Into(_byName, state.Party.SortName, state);

    public void Reached(PartyState state, ContactPoint point)
    {
        if (point.Kind == ContactKind.Email) Into(_byEmail, point.Value, state);
    }

    public void Owns(PartyState state, MailDomain domain) => _byDomain.TryAdd(domain.Domain, state);

    private async Task<IEnumerable<PartyState>> StoredAsync(List<PartyId> wanted, CancellationToken ct)
    {
        var parties = await db.Parties().AsNoTracking().Where(p => EF.Parameter(wanted).Contains(p.Id)).ToListAsync(ct);
        var points = (await db.Set<ContactPoint>().AsNoTracking().Where(c => EF.Parameter(wanted).Contains(c.Party)).ToListAsync(ct)).ToLookup(c => c.Party);
        var places = (await db.Set<Affiliation>().AsNoTracking().Where(a => EF.Parameter(wanted).Contains(a.Person)).ToListAsync(ct)).ToLookup(a => a.Person);
        var domains = (await db.Set<MailDomain>().AsNoTracking().Where(d => EF.Parameter(wanted).Contains(d.Organization)).ToListAsync(ct)).ToLookup(d => d.Organization);
        var relationships = await db.Set<Relationship>().AsNoTracking().Where(r => r.Provider == OurOrganization.Id && EF.Parameter(wanted).Contains(r.Customer)).ToListAsync(ct);
        var related = relationships.Select(r => r.Id).ToList();
        var judgements = related.Count == 0 ? [] : await db.Set<Judgement>().AsNoTracking().Where(j => EF.Parameter(related).Contains(j.Relationship)).ToListAsync(ct);
        var (ofCustomer, judged) = (relationships.ToDictionary(r => r.Customer), judgements.ToLookup(j => j.Relationship));
        return parties.Select(party =>
        {
            var state = new PartyState { Party = party, Relationship = ofCustomer.GetValueOrDefault(party.Id) };
            if (state.Relationship is { } relationship) state.Judgements = [.. judged[relationship.Id]];
            state.Points.AddRange(points[party.Id].OrderBy(p => p.Id.Value));
            state.Places.AddRange(places[party.Id].OrderBy(a => a.Id.Value));
            state.Domains.AddRange(domains[party.Id]);
            return state;
        });
    }

    // Only rows that nothing else finds need those of their name, and of a common one there are many: where the row has a
    // place, only its people can be meant, and by a row with an address only those without.
    private async Task LoadNamesakesAsync(IReadOnlyList<PeopleRow> rows, ImportContext context, CancellationToken ct)
    {
        var open = rows.Where(r => r.Person is not null && !(r.PersonKey is { } key && _byKey.ContainsKey(key)) && !r.Contacts.Any(c => c.Kind == ContactKind.Email && Of(_byEmail, c.Value).Exists(s => s.Party is Person && PeoplePlan.SameName(s.Party.Name, r.Person))))
            .Select(r => (Row: r, HasAddress: r.Contacts.Any(c => c.Kind == ContactKind.Email), Places: PlacesOf(r, context))).ToList();
        await LookForReachedAsync([.. open.Where(r => r.HasAddress).SelectMany(r => r.Places).Where(p => !reached.Has(p)).Distinct()], context.Today, ct);

        var (ids, today) = (new HashSet<PartyId>(), context.Today);
        var placed = open.FindAll(r => r.Places.Exists(p => !r.HasAddress || !reached.Has(p)));
        var (places, names) = (placed.SelectMany(r => r.Places).Distinct().ToList(), Distinct(placed.Select(r => r.Row.PersonSort)));
        // The empty text keeps SQLite from beginning with the names.
        if (places.Count > 0)
            ids.UnionWith(await (from a in db.Set<Affiliation>() where EF.Parameter(places).Contains(a.Organization) && (a.Until == null || a.Until >= today) join p in db.Persons() on a.Person equals p.Id where EF.Parameter(names).Contains(p.SortName + "") select p.Id).ToListAsync(ct));
        var bare = Distinct(open.Where(r => r is { HasAddress: false, Row.Organization: null, Places.Count: 0 }).Select(r => r.Row.PersonSort));
        if (bare.Count > 0)
            ids.UnionWith(await db.Persons().Where(p => EF.Parameter(bare).Contains(p.SortName) && !db.Set<ContactPoint>().Any(c => c.Party == p.Id && c.Kind == ContactKind.Email)).Select(p => p.Id).ToListAsync(ct));
        // All but what the batch before changes is in the database by now: taking over more would carry everybody of a common name to the end.
        if (_before is not null) ids.UnionWith(names.Union(bare).SelectMany(_before.Named).Where(s => s.Party is Person && s.IsTouched).Select(s => s.Id));
        await LoadAsync([.. ids], ct);
    }

    private List<PartyId> PlacesOf(PeopleRow row, ImportContext context) =>
        row.Organization is not null ? Organizations(row).Distinct().ToList() : row.Contacts.Any(context.IsOurs) ? [OurOrganization.Id] : [];

    private async Task LookForReachedAsync(List<PartyId> places, DateOnly today, CancellationToken ct)
    {
        if (places.Count == 0) return;
        var others = await db.Set<Affiliation>().Where(a => EF.Parameter(places).Contains(a.Organization) && (a.Until == null || a.Until >= today) && !db.Set<ContactPoint>().Any(c => c.Party == a.Person && c.Kind == ContactKind.Email)).Select(a => a.Organization).Distinct().ToListAsync(ct);
        var made = _before?._states.Values.Where(s => s.Party is Person && !s.Has(ContactKind.Email)).SelectMany(s => s.Places).Select(a => a.Organization) ?? [];
        foreach (var place in places.Except(others).Except(made)) reached.Add(place);
    }

    // Every organisation that a row may turn out to speak of.
    private IEnumerable<PartyId> Organizations(PeopleRow row)
    {
        var named = Named(row.OrganizationSort).Where(s => s.Party is Organization);
        if (row.OrganizationKey is { } key) named = named.Concat(WithKey(key));
        if (row.RegisteredDomain is { } domain && OfDomain(domain) is { } owner) named = named.Append(owner);
        return named.Select(s => s.Id);
    }

    private static List<string> Distinct(IEnumerable<string?> values) => [.. values.OfType<string>().Where(v => v.Length > 0).Distinct()];

    private static List<PartyState> Of(Dictionary<string, List<PartyState>> index, string key) => index.GetValueOrDefault(key) ?? [];

    private static void Into(Dictionary<string, List<PartyState>> index, string key, PartyState state)
    {
        if (!index.TryGetValue(key, out var list)) index.Add(key, list = new(1));
        if (!list.Contains(state)) list.Add(state);
    }
}
