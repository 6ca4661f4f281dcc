using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>
/// Decides what each row of a batch makes or changes. Rows meet whom they are about by external key, then by e-mail address,
/// then by name within the organisation; so the same file again changes nothing.
/// </summary>
internal sealed class PeoplePlan(KnownParties known, ImportContext context, Claims claims, ReachedPlaces reached, OrderedIds ids, TimeProvider clock)
{
    /// <summary>Takes a row in: what it does stands in the states of <see cref="KnownParties"/>.</summary>
    public RowOutcome Take(PeopleRow row)
    {
        var outcome = new RowOutcome { Problems = row.Problems.Count == 0 ? [] : [.. row.Problems.Select(p => p.Message)] };
        if (!row.IsUsable) return outcome;

        var organization = row.Organization is null ? OurPlace(row) : FindOrganization(row) ?? MakeOrganization(row, outcome);
        if (organization is not null && row.Organization is not null) FillOrganization(organization, row, outcome);
        var unit = row.Person is null && row.Department is not null && organization is not null ? Unit(organization, row.Department, outcome) : null;
        var person = row.Person is null ? null : FindPerson(row, organization) ?? MakePerson(row, organization, outcome);
        var about = person ?? unit ?? organization!;
        (outcome.About, outcome.Repeats) = (about, claims.IsTaken(about.Id, Claim.Person));
        if (person is not null) new FillPerson(known, context, claims, ids, outcome).Fill(person, row, organization);
        Reach(about, organization, row, outcome);
        if (person is not null && organization is not null) reached.Joined(organization.Id, person);
        claims.Take(about.Id, Claim.Person);
        Relate(organization ?? person!, row, outcome);
        return outcome;
    }

    private PartyState? OurPlace(PeopleRow row) =>
        row.Person is not null && row.Contacts.Any(context.IsOurs) ? known.Find(OurOrganization.Id) : null;

    private PartyState? FindOrganization(PeopleRow row)
    {
        if (row.OrganizationKey is { } key && known.WithKey(key).FirstOrDefault(s => s.Party is Organization) is { } keyed) return keyed;
        var named = known.Named(row.OrganizationSort).Where(s => s.Party is Organization { Parent: null } && KeyFits(s, row.OrganizationKey)).ToList();
        var domain = row.RegisteredDomain;
        if (named.Count > 0) return named.Find(s => domain is not null && s.Domains.Exists(d => d.Domain == domain)) ?? named[0];
        // One that mail proposed: its name was made from the domain, and this one says it in full.
        var proposed = domain is null ? null : known.OfDomain(domain);
        return proposed is { Party: Organization { Version: 0 } } && KeyFits(proposed, row.OrganizationKey) && proposed.Party.Name == OrganizationFromDomain.Propose(domain!) && Squashed(row.Organization!).Contains(Squashed(proposed.Party.Name), StringComparison.Ordinal)
            ? proposed : null;
    }

    private PartyState MakeOrganization(PeopleRow row, RowOutcome outcome)
    {
        var organization = new Organization { Id = ids.New<PartyId>(), CreatedAt = clock.GetUtcNow(), ExternalKey = row.OrganizationKey };
        organization.GiveName(row.Organization!, row.OrganizationSort);
        var state = new PartyState { Party = organization, IsNew = true };
        known.Add(state);
        reached.Add(state.Id);
        outcome.Made(organization.Name);
        return state;
    }

    private void FillOrganization(PartyState state, PeopleRow row, RowOutcome outcome)
    {
        if (state.Party.Name != row.Organization && state.Party.SortName != row.OrganizationSort && claims.Take(state.Id, Claim.Name)) state.Rename(row.Organization!, known, outcome);
        if (state.Party.ExternalKey is null && row.OrganizationKey is not null) state.Key(row.OrganizationKey, known, outcome);
        if (row.RegisteredDomain is not { } domain || state.Domains.Count > 0 || known.OfDomain(domain) is not null || FreeMailDomains.Contains(domain)) return;
        if (state.Party.IsOurs() || context.Installation?.IsOurs("x@" + domain) == true) return;
        var added = new MailDomain { Domain = domain, Organization = state.Id };
        state.Gain(added);
        known.Owns(state, added);
        outcome.Done("mail domain");
    }

    private PartyState Unit(PartyState organization, string name, RowOutcome outcome)
    {
        var folded = TextFold.Fold(name);
        if (known.Named(folded).FirstOrDefault(s => s.Party is Organization unit && unit.Parent == organization.Id) is { } existing) return existing;
        var unit = new Organization { Id = ids.New<PartyId>(), CreatedAt = clock.GetUtcNow(), Parent = organization.Id, Who = organization.Party.Who };
        unit.Rename(name.Length > Party.LongestName ? name[..Party.LongestName] : name);
        var state = new PartyState { Party = unit, IsNew = true };
        known.Add(state);
        outcome.Made(unit.Name, organization.Party.Name);
        return state;
    }

    private PartyState? FindPerson(PeopleRow row, PartyState? organization)
    {
        if (row.PersonKey is { } key && known.WithKey(key).FirstOrDefault(s => s.Party is Person) is { } keyed) return keyed;
        var addresses = row.Contacts.Where(c => c.Kind == ContactKind.Email).Select(c => c.Value).ToList();
        var isNamed = !row.Person!.Original.Contains('@', StringComparison.Ordinal);
        foreach (var address in addresses)
            if (known.WithEmail(address).FirstOrDefault(s => s.Party is Person && KeyFits(s, row.PersonKey) && (!isNamed || s.IsNamedByAddress || SameName(s.Party.Name, row.Person))) is { } reached) return reached;
        // The first who came to that place by that name stays the one, whoever comes later: so the same file again changes nothing.
        var named = known.Named(row.PersonSort).Where(s => s.Party is Person && KeyFits(s, row.PersonKey));
        if (organization is not null)
            return named.Where(s => s.PlaceAt(organization.Id, context.Today) is not null && !Contradicts(s, row, ContactKind.Email)).MinBy(s => s.PlaceAt(organization.Id, context.Today)!.Id.Value);
        // Of a bare name only somebody of whom no more is known is believed to be the same: persons are never merged by a guess (C4).
        return addresses.Count > 0 ? null : named.Where(s => !s.Has(ContactKind.Email) && s.Places.TrueForAll(p => !p.LastsOn(context.Today)) && !Contradicts(s, row, ContactKind.Telephone)).MinBy(s => s.Id.Value);
    }

    private PartyState MakePerson(PeopleRow row, PartyState? organization, RowOutcome outcome)
    {
        var ours = row.Contacts.Any(context.IsOurs);
        var name = row.Person!;
        var person = new Person
        {
            Id = ids.New<PartyId>(),
            CreatedAt = clock.GetUtcNow(),
            ExternalKey = row.PersonKey,
            Who = ours ? Who.OneOfUs : organization?.Party.Who ?? Who.Unknown,
            GivenName = PartyInput.Clean(name.Given),
            FamilyName = PartyInput.Clean(name.Family),
        };
        person.GiveName(name.Original, row.PersonSort);
        var state = new PartyState { Party = person, IsNew = true };
        known.Add(state);
        outcome.Made(person.Name, organization?.Party.Name);
        return state;
    }

    private void Reach(PartyState party, PartyState? organization, PeopleRow row, RowOutcome outcome)
    {
        foreach (var contact in row.Contacts)
        {
            // A web page is the organisation's, where there is one.
            var whose = contact.Kind == ContactKind.Web && organization is not null && !organization.Party.IsOurs() ? organization : party;
            if (whose.Has(contact.Kind, contact.Value)) continue;
            var point = new ContactPoint
            {
                Id = ids.New<ContactPointId>(), Party = whose.Id, Kind = contact.Kind, Value = contact.Value, Given = contact.Given, Label = contact.Label,
                Domain = contact.Kind == ContactKind.Email ? contact.Value[(contact.Value.LastIndexOf('@') + 1)..] : null,
            };
            whose.Gain(point);
            known.Reached(whose, point);
            outcome.Done(contact.Kind switch { ContactKind.Email => "e-mail address", ContactKind.Telephone => "telephone number", ContactKind.Postal => "postal address", ContactKind.Web => "web page", ContactKind.Chat => "chat" });
        }
    }

    private void Relate(PartyState customer, PeopleRow row, RowOutcome outcome)
    {
        MemberId? owner = row.Owner is null ? null : context.Member(row.Owner);
        if (row.Owner is not null && owner is null) outcome.Problems.Add($"'{PeopleDraft.Short(row.Owner)}' is nobody who signs in here; invite them first, write the address or name of somebody who does, or leave the cell empty.");
        if (owner is null && row.Tier is null && row.Payer is null && row.CustomerSince is null) return;
        if (customer.Id == OurOrganization.Id) return;
        new FillRelationship(claims, context, ids, clock, outcome).Fill(customer, owner, row);
    }

    private static bool KeyFits(PartyState state, string? key) => key is null || state.Party.ExternalKey is null || state.Party.ExternalKey == key;

    // The same name in the same place, and yet somebody else: both are known by addresses, or without a place by numbers, and none is common.
    private static bool Contradicts(PartyState person, PeopleRow row, ContactKind kind) =>
        person.Has(kind) && row.Contacts.Any(c => c.Kind == kind) && !row.Contacts.Any(c => c.Kind == kind && person.Has(kind, c.Value));

    // An address may be shared, so the names must agree: one says no word that the other contradicts.
    internal static bool SameName(string stored, PersonName said)
    {
        var (one, other) = (PersonNames.Read(stored).ComparisonKey, said.ComparisonKey);
        if (one == other) return true;
        var (a, b) = (one.Split(' ').ToHashSet(), other.Split(' ').ToHashSet());
        return a.IsSubsetOf(b) || b.IsSubsetOf(a);
    }

    private static string Squashed(string name) => string.Concat(TextFold.Fold(name).Where(char.IsLetterOrDigit));
}
