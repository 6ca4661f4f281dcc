using System.Globalization;

namespace Rapport.Demo;

/// <summary>Reads World.txt into houses and people.</summary>
internal sealed class CastBook
{
    private readonly Dictionary<string, House> houses = [];
    private readonly Dictionary<string, Someone> byAddress = [];
    private readonly DateTimeOffset now;
    private readonly Numbers numbers = new();
    private readonly Dice dice;

    private CastBook(int seed, DateTimeOffset now) => (this.now, dice) = (now, Dice.For(seed, "cast"));

    public IReadOnlyCollection<House> Houses => houses.Values;
    public IReadOnlyCollection<Someone> People => [.. houses.Values.SelectMany(h => h.People).Distinct()];
    public IReadOnlyList<(Someone Who, Place From, Place To, DateTimeOffset At)> Moves { get; private set; } = [];
    public House Ours => houses["us"];
    public House this[string key] => houses[key];
    public Someone Person(string address) => byAddress[address];
    public Someone Member(string local) => byAddress[local + "@" + Ours.Domain];

    public static CastBook Read(int seed, DateTimeOffset now)
    {
        var book = new CastBook(seed, now);
        House? house = null;
        var moves = new List<(Someone, Place, Place, DateTimeOffset)>();
        foreach (var line in Scripts.Lines("World.txt"))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var (verb, rest) = Split(line.Trim());
            if (line[0] != ' ')
                switch (verb)
                {
                    case "org": house = book.Open(rest); break;
                    case "also": house = book.houses[rest]; break;
                    case "move": moves.Add(book.Move(rest)); break;
                    case "past": book.Past(rest); break;
                    default: throw new FormatException($"World.txt: {line}");
                }
            else if (verb == "unit") { var (key, name) = Split(rest); house!.Units.Add((key, name.TrimStart('|', ' '))); }
            else if (verb == "asset") house!.Assets = Fields(rest, ';');
            else book.Engage(house!, Fields(line, '|'));
        }
        book.Moves = moves;
        return book;
    }

    private House Open(string text)
    {
        var f = Fields(text, '|');
        var standing = f[6].Split(' ');
        var house = new House
        {
            Key = f[0], Name = f[1], OtherName = Known(f[2]), Country = f[3], Zone = f[4], Domain = f[5], Standing = standing[0],
            Tier = standing.FirstOrDefault(s => s is "A" or "B" or "C"), Pays = standing.Contains("payer"), Quiet = standing.Contains("quiet"),
            SinceYears = int.Parse(f[7], CultureInfo.InvariantCulture), Language = f[8], Owner = f[9], Site = f[10],
        };
        house.Phone = numbers.Landline(house.Country);
        return houses[house.Key] = house;
    }

    private void Engage(House house, string[] f)
    {
        var someone = new Someone { Name = f[0], Latin = Known(f[1]), IsWoman = f[6] == "f" };
        var years = dice.Between(house.IsOurs ? 3 : 2, house.IsOurs ? 16 : 11);
        var place = new Place(house, f.Length > 7 ? Known(f[7]) : null, f[2].Contains('@', StringComparison.Ordinal) ? f[2] : $"{f[2]}@{house.Domain}", f[3], f[4], f[5].Split(','), now.AddYears(-years).AddDays(-dice.Below(300)), null);
        someone.Places.Add(place);
        (someone.Phone, someone.Mobile) = (numbers.Landline(house.Country), dice.Chance(0.7) ? numbers.Mobile(house.Country) : null);
        someone.Voice = Voice.Of(someone, place, dice);
        house.People.Add(someone);
        byAddress[place.Address] = someone;
    }

    private (Someone, Place, Place, DateTimeOffset) Move(string text)
    {
        var f = Fields(text, '|');
        var (someone, to) = (byAddress[f[0].Split(' ')[0]], houses[f[1]]);
        var left = now.AddDays(-int.Parse(f[6], CultureInfo.InvariantCulture));
        var from = someone.Places[^1] with { Until = left };
        var next = new Place(to, null, $"{f[2]}@{to.Domain}", f[3], f[4], f[5].Split(','), left.AddDays(12), null);
        someone.Places[^1] = from;
        someone.Places.Add(next);
        to.People.Add(someone);
        byAddress[next.Address] = someone;
        return (someone, from, next, left);
    }

    private void Past(string text)
    {
        var f = Fields(text, '|');
        var someone = byAddress[f[0]];
        var (from, until) = (now.AddYears(-int.Parse(f[3], CultureInfo.InvariantCulture)), now.AddYears(-int.Parse(f[4], CultureInfo.InvariantCulture)));
        someone.Places[0] = someone.Places[0] with { From = until.AddDays(40) };
        someone.Places.Insert(0, new Place(houses[f[2]], null, "", f[1], "professional", [], from, until));
    }

    private static string? Known(string text) => text is "-" or "" ? null : text;
    private static (string, string) Split(string text) => text.IndexOf(' ') is > 0 and var i ? (text[..i], text[(i + 1)..].Trim()) : (text, "");
    private static string[] Fields(string text, char by) => text.Split(by, StringSplitOptions.TrimEntries);
}
