namespace Rapport.Demo;

/// <summary>Finds the people for a script: the same team of ours for a house each time, and theirs by what they do.</summary>
internal static class Casting
{
    public static IReadOnlyDictionary<string, Someone>? Of(Script script, House house, CastBook book, DateTimeOffset at, Dice dice, Someone? star)
    {
        var cast = new Dictionary<string, Someone>();
        if (star is not null) cast["star"] = star;
        foreach (var (role, functions) in script.Cast)
        {
            if (role == "star" && star is not null) continue;
            if (Find(functions, house, book, at, dice, cast.Values) is not { } someone) return null;
            cast[role] = someone;
        }
        return cast;
    }

    private static Someone? Find(string[] functions, House house, CastBook book, DateTimeOffset at, Dice dice, IReadOnlyCollection<Someone> taken)
    {
        foreach (var function in functions)
        {
            if (function.Contains('@', StringComparison.Ordinal)) return book.Person(function);
            if (function == "owner") return house.IsOurs ? null : book.Person(Owner(house, book));
            var where = Ours.Contains(function) ? book.Ours : house;
            var found = where.With(function, at).Where(p => !taken.Contains(p)).ToList();
            if (function == "sales" && !house.IsOurs && found.Find(p => p.Key == Owner(house, book)) is { } owner) return owner;
            if (function == "any") found = [.. house.People.Where(p => p.House(at) == house && !p.Does("new", at) && !taken.Contains(p))];
            if (found.Count > 0) return where.IsOurs ? found[Steady(house, function, found.Count, dice)] : dice.Chance(0.75) ? found[0] : dice.Pick(found);
        }
        return null;
    }

    private static readonly string[] Ours = ["chief", "sales", "inside", "support", "delivery", "field", "workshop", "planning", "finance", "it"];

    private static string Owner(House house, CastBook book) => house.Owner + "@" + book.Ours.Domain;

    private static int Steady(House house, string function, int count, Dice dice) =>
        dice.Chance(house.IsOurs ? 1 : 0.2) ? dice.Below(count) : (int)(Dice.For(7, house.Key + function).Next() % (ulong)count);
}
