namespace Rapport.Customers.Import;

/// <summary>A party with all that an import may change of it, as it is stored or is about to be.</summary>
internal sealed class PartyState
{
    private PartyChanges? _changes;
    private List<object>? _added;

    public required Party Party { get; init; }
    public List<ContactPoint> Points { get; } = [];
    public List<Affiliation> Places { get; } = [];
    public List<MailDomain> Domains { get; } = [];
    /// <summary>With the whole of us; other providers are not imported.</summary>
    public Relationship? Relationship { get; set; }
    /// <summary>What was judged of that relationship.</summary>
    public IReadOnlyList<Judgement> Judgements { get; set; } = [];

    /// <summary>Made by this import, in this batch.</summary>
    public bool IsNew { get; set; }
    /// <summary>What this batch changed; of who is new it does not matter.</summary>
    public PartyChanges Changes => _changes ??= new();
    /// <summary>What this batch added.</summary>
    public IReadOnlyList<object> Added => _added ?? (IReadOnlyList<object>)[];

    public PartyId Id => Party.Id;
    public bool IsTouched => IsNew || _changes is { IsEmpty: false };

    public void Gain(ContactPoint point)
    {
        Points.Add(point);
        (_added ??= []).Add(point);
        if (!IsNew) Changes.Points.Add(point.Id);
    }

    public void Gain(Affiliation place)
    {
        Places.Add(place);
        (_added ??= []).Add(place);
        if (!IsNew) Changes.Places.Add(place.Id);
    }

    public void Gain(MailDomain domain)
    {
        Domains.Add(domain);
        (_added ??= []).Add(domain);
        if (!IsNew) Changes.Domains.Add(domain.Domain);
    }

    public void Gain(Relationship relationship)
    {
        Relationship = relationship;
        (_added ??= []).Add(relationship);
        Changes.Relationship = relationship.Id;
    }

    /// <summary>All of it is stored, or will be before anything that comes after: the next batch begins from here.</summary>
    public void Settle()
    {
        IsNew = false;
        (_changes, _added) = (null, null);
    }

    /// <summary>The place they have on a day in an organisation.</summary>
    public Affiliation? PlaceAt(PartyId organization, DateOnly day) => Places.Find(a => a.Organization == organization && a.LastsOn(day));

    public bool Has(ContactKind kind) => Points.Exists(p => p.Kind == kind);

    public bool Has(ContactKind kind, string value) => Points.Exists(p => p.Kind == kind && p.Value == value);

    /// <summary>Whether the name only stands for one: the address they were met by.</summary>
    public bool IsNamedByAddress => Party.Name.Contains('@', StringComparison.Ordinal) || Points.Exists(p => p.Kind == ContactKind.Email && p.Value.StartsWith(Party.Name + "@", StringComparison.OrdinalIgnoreCase));
}

/// <summary>What an import changed of a party, from and to, so that it can be put back. Stored as JSON.</summary>
internal sealed class PartyChanges
{
    /// <summary>Field of the party, of its place in an organisation or of its relationship: what it was, and what it is now.</summary>
    public Dictionary<string, Changed> Fields { get; init; } = [];
    /// <summary>Ways to reach them that were added.</summary>
    public List<ContactPointId> Points { get; init; } = [];
    /// <summary>Places that were added.</summary>
    public List<AffiliationId> Places { get; init; } = [];
    /// <summary>Mail domains that were added.</summary>
    public List<string> Domains { get; init; } = [];
    /// <summary>The relationship that was added.</summary>
    public RelationshipId? Relationship { get; set; }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEmpty => Fields.Count + Points.Count + Places.Count + Domains.Count == 0 && Relationship is null;

    /// <summary>Whether they have another tier by it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Retiers => Relationship is not null || Fields.ContainsKey("relationship:tier");

    /// <summary>Whether they have other places by it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Moves => Places.Count > 0 || Fields.Keys.Any(f => f.StartsWith("place:", StringComparison.Ordinal));

    /// <summary>Notes a change; the first "from" and the last "to" of a field count.</summary>
    public void Note(string field, string? from, string? to) =>
        Fields[field] = Fields.TryGetValue(field, out var earlier) ? earlier with { To = to } : new(from, to);
}

/// <summary>One value, before and after.</summary>
internal sealed record Changed(string? From, string? To);
