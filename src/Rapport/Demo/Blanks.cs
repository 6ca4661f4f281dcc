using System.Globalization;

namespace Rapport.Demo;

/// <summary>What the blanks of one matter stand for: drawn once, then the same in every mail and call about it.</summary>
internal sealed class Blanks(Script script, House house, IReadOnlyDictionary<string, Someone> cast, IReadOnlyDictionary<string, DateTime> dates, DateTimeOffset at, Dice dice)
{
    private readonly Dictionary<string, string> drawn = [];

    public string Fill(string name)
    {
        if (drawn.TryGetValue(name, out var known)) return known;
        return drawn[name] = Draw(name);
    }

    private string Draw(string name)
    {
        var (stem, part) = name.IndexOf('.') is > 0 and var dot ? (name[..dot], name[(dot + 1)..]) : (name, "");
        if (cast.TryGetValue(stem, out var who)) return Of(who, part);
        if (dates.TryGetValue(stem, out var day)) return Say(day, part);
        if (char.IsDigit(name[0])) return Number(name);
        return stem switch
        {
            "org" => house.Name,
            "site" => house.Site,
            "asset" => dice.Pick(house.Fitting(script.Needs)) is var it && it.IndexOf('=') is > 0 and var i ? script.Language == "en" ? it[..i] : it[(i + 1)..] : it,
            "order" => $"MK-{at.Year % 100:00}-{dice.Between(1000, 1999)}",
            "quote" => $"Q{at.Year % 100:00}{at.Month:00}-{dice.Between(11, 89)}",
            "invoice" => $"R-{at.Year % 100:00}-{dice.Between(3000, 5999)}",
            "po" => $"{dice.Pick(["PO ", "45000", "P-", "B-2", "4500"])}{dice.Between(10000, 99999)}",
            "drawing" => $"{dice.Between(12, 88)}-{dice.Between(100, 999)}-{dice.Pick(["A", "B", "C", "D"])}",
            "cert" => $"LT-{at.Year}-{dice.Between(110, 989)}",
            "amount" => Money(dice.Between(900, 38000)),
            "small" => Money(dice.Between(60, 890)),
            "month" => DuePhrases.Date(at.DateTime, script.Language).Split(' ')[^1],
            "year" => at.Year.ToString(CultureInfo.InvariantCulture),
            _ => Word(name),
        };
    }

    /// <summary>A word from the lists; a trailing digit asks for another one than the first.</summary>
    private string Word(string name)
    {
        var stem = name.TrimEnd('2', '3');
        if (stem == "fault" && House.IsGate(Fill("asset"))) return name == stem ? dice.Pick(List("gatefault")) : dice.Pick([.. List("gatefault").Where(w => w != Fill(stem))]);
        var list = List(stem);
        if (stem == name) return dice.Pick(list);
        var first = Fill(stem);
        return dice.Pick([.. list.Where(w => w != first)]);
    }

    private string[] List(string stem) =>
        Scripts.Lists.GetValueOrDefault($"{stem}.{script.Language}") ?? Scripts.Lists.GetValueOrDefault(stem) ?? throw new FormatException($"{script.Name}: no word list for {stem}");

    private string Of(Someone who, string part) => part switch
    {
        "" => script.Language is "de" && !house.IsOurs ? (who.IsWoman ? "Frau " : "Herr ") + who.FamilyName : who.FirstName(at),
        "full" => who.Said,
        "first" => who.FirstName(at),
        "family" => who.FamilyName,
        "title" => who.Place(at).Title,
        "mail" => who.Place(at).Address,
        "phone" => who.Mobile ?? who.Phone ?? "the number in my signature",
        "him" => who.IsWoman ? "her" : "him",
        "he" => who.IsWoman ? "she" : "he",
        "his" => who.IsWoman ? "her" : "his",
        _ => throw new FormatException($"{script.Name}: {part}"),
    };

    private string Say(DateTime day, string part) => part switch
    {
        "" => DuePhrases.Day(day, script.Language),
        "day" => DuePhrases.Weekday(day, script.Language),
        "date" => DuePhrases.Date(day, script.Language),
        _ => throw new FormatException($"{script.Name}: {part}"),
    };

    /// <summary>"3..9" or "3..9:b": a number in that range, the letter telling two of them apart.</summary>
    private string Number(string name)
    {
        var ends = name.Split(':')[0].Split("..");
        return dice.Between(int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[1], CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
    }

    private string Money(int euros)
    {
        var rounded = euros > 5000 ? euros / 50 * 50 : euros;
        var digits = rounded.ToString("N0", CultureInfo.InvariantCulture);
        return script.Language is "de" or "es" ? digits.Replace(',', '.') + " €" : script.Language is "fr" or "pl" ? digits.Replace(',', ' ') + " €" : "EUR " + digits;
    }
}
