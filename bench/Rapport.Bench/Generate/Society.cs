using Rapport.Customers;
using Rapport.Demo;

namespace Rapport.Bench;

/// <summary>Who there is. Party 0 is the customer most is said with; the organisations come first, then the persons. Each is imagined from its number alone.</summary>
internal sealed class Society
{
    private readonly Plan plan;
    private readonly int[] places, firstPerson, people;

    public Society(Plan plan)
    {
        this.plan = plan;
        Organizations = Math.Max(1, plan.Parties * 15 / 100);
        Persons = plan.Parties - Organizations;
        places = new int[Persons];
        for (var i = 0; i < Persons; i++) places[i] = PlaceOf(i);
        (firstPerson, people) = ByPlace();
    }

    public int Organizations { get; }

    public int Persons { get; }

    /// <summary>So many of the organisations, the first ones, are in a relationship with us.</summary>
    public int Customers => Organizations * 2 / 5;

    /// <summary>The organisation that a person (numbered among all parties) works at; -1 for those on their own.</summary>
    public int PlaceOfPerson(int party) => places[party - Organizations];

    /// <summary>The persons of an organisation, as numbers of parties.</summary>
    public ReadOnlySpan<int> PeopleOf(int organization) => people.AsSpan(firstPerson[organization], firstPerson[organization + 1] - firstPerson[organization]);

    /// <summary>Ids ascend with the numbers, as they do where an import brought them.</summary>
    public PartyId IdOf(int party) => new(Chance.Id(Matter.Person, party, CreatedAt(party)));

    public DateTimeOffset CreatedAt(int party) => plan.Since.AddMilliseconds(party);

    /// <summary>What we know of an organisation; every fifth nobody has judged.</summary>
    public Who WhoIs(int party)
    {
        var place = party < Organizations ? party : PlaceOfPerson(party);
        if (place >= 0 && place < Customers) return Who.Customer;
        return Chance.Of(Matter.Relationship, party < Organizations ? party : place < 0 ? party : place).Below(10) switch { < 5 => Who.Unknown, < 8 => Who.PotentialCustomer, 8 => Who.Supplier, _ => Who.Private };
    }

    /// <summary>The member who answers for a customer; -1 for nobody. The first member has more than anybody else.</summary>
    public static int OwnerOf(int customer)
    {
        var dice = Chance.Of(Matter.Relationship, customer);
        return dice.Chance(0.1) ? -1 : dice.Skewed(Cast.Members, 40);
    }

    public static (string Name, string Domain) Organization(int party)
    {
        var (name, word) = Names.Organization(Chance.Of(Matter.Organization, party));
        return (name, $"{word}{party}.example");
    }

    public (string Given, string Family, string Name, Tongue Tongue, string Address) Person(int party)
    {
        var dice = Chance.Of(Matter.Person, party);
        var tongue = Names.Tongue(dice);
        var (given, family, name) = Names.Person(dice, tongue);
        var place = PlaceOfPerson(party);
        var local = Names.Ascii(given) is { Length: > 0 } first && Names.Ascii(family) is { Length: > 0 } last ? $"{first}.{last}" : tongue.Language;
        return (given, family, name, tongue, $"{local}{party}@{(place < 0 ? "people.example" : Organization(place).Domain)}");
    }

    /// <summary>A number for telephones: of a size that people dial, and different for each party.</summary>
    public static string TelephoneOf(int party) => $"+49 {30 + (party % 60)} {(1_000_000 + (party * 7919L % 9_000_000)):000 0000}";

    // Every organisation has somebody; the rest gathers where most is said; one in ten works nowhere.
    private int PlaceOf(int person)
    {
        if (person < Organizations) return person;
        var dice = Chance.Of(Matter.Pool, person);
        return dice.Chance(0.1) ? -1 : dice.Skewed(Organizations, 100);
    }

    private (int[] First, int[] People) ByPlace()
    {
        var first = new int[Organizations + 1];
        foreach (var place in places.Where(p => p >= 0)) first[place + 1]++;
        for (var i = 0; i < Organizations; i++) first[i + 1] += first[i];
        var (next, ordered) = (first.AsSpan(0, Organizations).ToArray(), new int[first[^1]]);
        for (var i = 0; i < Persons; i++)
            if (places[i] >= 0) ordered[next[places[i]]++] = Organizations + i;
        return (first, ordered);
    }
}

/// <summary>The members who sign in.</summary>
internal static class Cast
{
    public const int Members = 25;

    /// <summary>The teams they work in; the first member in all of them.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<int> Members)> Teams { get; } = [.. new[] { "Sales", "Service", "Delivery" }.Select((name, i) => (name, (IReadOnlyList<int>)[0, .. Enumerable.Range(1, Members - 1).Where(m => m % 3 == i)]))];

    public static string NameOf(int member) => $"Member{(char)('A' + member)} Sample";

    public static string EmailOf(int member) => $"member{member}@bench.example";
}
