namespace Rapport.Demo;

/// <summary>An organisation of the play, as World.txt describes it.</summary>
internal sealed class House
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public string? OtherName { get; init; }
    public required string Country { get; init; }
    public required string Zone { get; init; }
    public required string Domain { get; init; }
    public required string Standing { get; init; }
    public string? Tier { get; init; }
    public bool Pays { get; init; }
    public bool Quiet { get; init; }
    public int SinceYears { get; init; }
    public required string Language { get; init; }
    public required string Owner { get; init; }
    public required string Site { get; init; }
    public string? Phone { get; set; }
    public IReadOnlyList<string> Assets { get; set; } = [];
    public List<(string Key, string Name)> Units { get; } = [];
    public List<Someone> People { get; } = [];
    public bool IsOurs => Key == "us";

    /// <summary>What of ours stands there that a script can speak of; gates, ramps and bridges are no lifting gear.</summary>
    public IReadOnlyList<string> Fitting(string? needs) => needs is null ? Assets : [.. Assets.Where(a => IsGate(a) == (needs == "gate"))];

    public static bool IsGate(string asset) => Gates.Any(word => asset.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] Gates = ["gate", "tor ", "wehrtor", "porte", "vanne", "sluice", "wrota", "linkspan", "ramp", "bascule", "bridge", "lock "];

    /// <summary>Who answers for something there on a day: the first with that function, or nobody.</summary>
    public IEnumerable<Someone> With(string function, DateTimeOffset at) => People.Where(p => p.House(at) == this && p.Does(function, at));
}

/// <summary>Somebody's place in an organisation from a day until a day.</summary>
internal sealed record Place(House House, string? Unit, string Address, string Title, string Level, IReadOnlyList<string> Functions, DateTimeOffset? From, DateTimeOffset? Until);

/// <summary>A person of the play: where they are when, and how they write.</summary>
internal sealed class Someone
{
    public required string Name { get; init; }
    public string? Latin { get; init; }
    public bool IsWoman { get; init; }
    public List<Place> Places { get; } = [];
    public Voice Voice { get; set; } = null!;
    public string? Phone { get; set; }
    public string? Mobile { get; set; }

    public string Key => Places.First(p => p.Address.Length > 0).Address;
    /// <summary>The name a foreign correspondent can read: the Latin form only where the own one is in another script.</summary>
    public string Said => Latin is not null && Name.Any(c => c > '\u024F') ? Latin : Name;
    public bool IsOurs => Places[^1].House.IsOurs;

    /// <summary>The place on a day; the earliest known one when the day lies before it.</summary>
    public Place Place(DateTimeOffset at) =>
        Places.LastOrDefault(p => p.Address.Length > 0 && (p.From is null || p.From <= at)) ?? Places.First(p => p.Address.Length > 0);

    public House House(DateTimeOffset at) => Place(at).House;
    public bool Does(string function, DateTimeOffset at) => Place(at).Functions.Contains(function);

    /// <summary>What a colleague in another firm calls them: the first name, or the family name with -san in Japan.</summary>
    public string FirstName(DateTimeOffset at)
    {
        var words = Said.Split(' ').SkipWhile(w => w.EndsWith('.') || w is "Commander").ToArray();
        return House(at).Country == "JP" ? words[^1] + "-san" : House(at).Country is "KR" or "CN" ? words[^1] : words[0];
    }

    public string FamilyName => string.Join(' ', Said.Split(' ').SkipWhile(w => w.EndsWith('.') || w is "Commander").Skip(1));
}
