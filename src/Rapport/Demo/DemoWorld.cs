namespace Rapport.Demo;

/// <summary>Everything one run of the generator imagined: who there is, and a year of life in time order, all before the moment it was asked for except what is due.</summary>
internal sealed record DemoWorld(
    DemoOrganization Ours,
    IReadOnlyList<string> OurDomains,
    DemoHours Hours,
    IReadOnlyList<DemoOrganization> Organizations,
    IReadOnlyList<DemoPerson> People,
    IReadOnlyList<DemoRelationship> Relationships,
    IReadOnlyList<DemoServes> Serves,
    IReadOnlyList<DemoEvent> Events,
    IReadOnlyList<DemoPromise> Promises,
    IReadOnlyList<DemoQuestion> Questions);

/// <summary>When our house is open: an IANA zone, and local opening and closing on the given days.</summary>
internal sealed record DemoHours(string Zone, TimeOnly Opens, TimeOnly Closes, IReadOnlyList<DayOfWeek> Days, string Country);

/// <summary>An organisation or a unit inside one; <c>Parent</c> is the key of the organisation it belongs to, <c>Domains</c> are its mail domains.</summary>
internal sealed record DemoOrganization(
    string Key, string Name, string? OtherName, string? Parent, string Country, string Zone, IReadOnlyList<string> Domains, string? Phone, string? Address, bool IsOurs);

/// <summary>A person, ours or theirs, known by the key (the first address they wrote from); the name is as they write it, <c>LatinName</c> only where that is in another script.</summary>
internal sealed record DemoPerson(
    string Key, string Name, string? LatinName, IReadOnlyList<string> Addresses, string? Phone, string? Mobile, string Zone, string Language, bool IsMember, IReadOnlyList<DemoAffiliation> Affiliations);

/// <summary>A place in an organisation or unit from a day until a day; level is executive, management, professional or operational.</summary>
internal sealed record DemoAffiliation(string Organization, string Title, string Level, DateOnly? From, DateOnly? Until);

/// <summary>How an organisation stands to us: the owner is a member's key, the tier A, B, C or null, and the standing follows from the judgements.</summary>
internal sealed record DemoRelationship(
    string Customer, string Provider, string Owner, string? Tier, bool Pays, DateOnly Since, DateOnly? Until, DemoRelationshipKind Kind,
    IReadOnlyList<DemoJudgement> Judgements, IReadOnlyList<DemoRole> Roles);

/// <summary>What the relationship is.</summary>
internal enum DemoRelationshipKind { Customer, Potential, Former, Supplier, Internal }

/// <summary>Authority, means or intention as somebody judged it; the evidence is an event's key where one exists, and words always.</summary>
internal sealed record DemoJudgement(DemoJudged What, bool? Answer, string Evidence, string? EvidenceEvent, string By, DateTimeOffset At);

/// <summary>What is judged about a customer.</summary>
internal enum DemoJudged { Authority, Means, Intention }

/// <summary>What a person is to our supply: payer, decider, influencer, gatekeeper, user.</summary>
internal sealed record DemoRole(string Person, string Role);

/// <summary>A unit serves another, or a customer, with something.</summary>
internal sealed record DemoServes(string Provider, string Customer, string With, DateOnly Since);
