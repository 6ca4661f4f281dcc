using Rapport.Kernel.Web;

namespace Rapport.Customers.Pages;

/// <summary>What is typed on the forms of a party.</summary>
internal sealed class TypedParty
{
    public string? Name { get; set; }
    public string? GivenName { get; set; }
    public string? FamilyName { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? Organization { get; set; }
    public string? Title { get; set; }
    public string? Level { get; set; }
    public string? Department { get; set; }
    public string? Parent { get; set; }
    public string? Domains { get; set; }
    public string? Note { get; set; }
    public string? Language { get; set; }
    public string? Zone { get; set; }
    public string? Prefers { get; set; }
    /// <summary>The version that was shown, so that nobody's change is lost.</summary>
    public int Version { get; set; }
    /// <summary>The duplicates were seen; add anyway.</summary>
    public bool Seen { get; set; }

    public static TypedParty Of(PartyDetail party) => new()
    {
        Name = party.Name, GivenName = party.GivenName, FamilyName = party.FamilyName, Parent = party.Parent?.Id.ToString(), Domains = string.Join(", ", party.Domains),
        Note = party.Note, Language = party.Language, Zone = party.Zone, Prefers = party.Prefers?.ToString(), Version = party.Version,
    };

    public NewPerson ToPerson() => new(Name ?? "", Organization: Read(Organization), Title: Title, Level: Words.Of<Level>(Level) ?? Customers.Level.Unknown, Department: Department, ContactPoints: Points(), Note: Note, Language: Language, Zone: Zone);

    public NewOrganization ToOrganization() => new(Name ?? "", Read(Parent), Split(Domains), Points(), Note, Language, Zone);

    public PartyChange ToChange() => new(Name ?? "", GivenName, FamilyName, Note, Language, Zone, Words.Of<ContactKind>(Prefers), Read(Parent), Split(Domains));

    public static PartyId? Read(string? text) => IId<PartyId>.TryParse(text, null, out var id) ? id : null;

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null;

    private static string[] Split(string? text) => (text ?? "").Split([',', ';', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private List<NewContactPoint> Points()
    {
        var points = new List<NewContactPoint>();
        if (!string.IsNullOrWhiteSpace(Email)) points.Add(new(ContactKind.Email, Email));
        if (!string.IsNullOrWhiteSpace(Phone)) points.Add(new(ContactKind.Telephone, Phone));
        return points;
    }
}

/// <summary>What is typed on the form of a place in an organisation.</summary>
internal sealed class TypedPlace
{
    public string? Organization { get; set; }
    public string? Title { get; set; }
    public string? Level { get; set; }
    public string? Department { get; set; }
    public string? From { get; set; }
    public string? Until { get; set; }

    public NewAffiliation To(PartyId organization) => new(organization, Title, Words.Of<Level>(Level) ?? Customers.Level.Unknown, Department, TypedParty.Day(From), TypedParty.Day(Until));
}

/// <summary>What is typed on the form of a relationship.</summary>
internal sealed class TypedTerms
{
    public string? Owner { get; set; }
    public string? Tier { get; set; }
    public string? Pays { get; set; }
    public string? Payer { get; set; }
    public bool HasBought { get; set; }
    public string? Since { get; set; }
    public string? Until { get; set; }
    public int Version { get; set; }

    public static TypedTerms Of(RelationshipRow? row) => row is null ? new() : new()
    {
        Owner = row.Owner?.ToString(), Tier = row.Tier.ToString(), Pays = row.Primary ? "self" : row.Payer is null ? "" : "other", Payer = row.Payer?.ToString(), HasBought = row.HasBought,
        Since = row.Since?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Until = row.Until?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Version = row.Version,
    };

    public RelationshipTerms To() => new(
        IId<MemberId>.TryParse(Owner, null, out var owner) ? owner : null, Words.Of<Tier>(Tier) ?? Customers.Tier.None, Pays == "self", Pays == "other" ? TypedParty.Read(Payer) : null,
        HasBought, TypedParty.Day(Since), TypedParty.Day(Until));
}
