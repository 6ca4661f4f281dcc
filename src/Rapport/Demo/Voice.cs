namespace Rapport.Demo;

/// <summary>How one person writes: greeting, farewell, signature, where the answer goes, and whether their program sends HTML.</summary>
internal sealed class Voice
{
    public required string[] Closings { get; init; }
    public required string Greeting { get; init; }
    public bool Formal { get; init; }
    public bool Html { get; init; }
    public bool Dashes { get; init; }
    public QuoteStyle Quotes { get; init; }
    public double Travels { get; init; }
    public bool LateBird { get; init; }

    private static readonly Dictionary<string, string[][]> Farewells = new()
    {
        ["en"] = [["Best regards", "Regards"], ["Kind regards", "Kind regards"], ["Best", "Thanks"], ["Many thanks", "Best wishes"], ["Cheers", "Cheers"], ["With best regards", "Best regards"]],
        ["de"] = [["Mit freundlichen Grüßen", "Viele Grüße"], ["Viele Grüße", "Beste Grüße"], ["Freundliche Grüße", "Freundliche Grüße"], ["Mit besten Grüßen", "Schöne Grüße"]],
        ["fr"] = [["Cordialement", "Bien cordialement"], ["Bien à vous", "Cordialement"], ["Meilleures salutations", "Bonne journée"]],
        ["es"] = [["Un saludo", "Saludos"], ["Saludos cordiales", "Un saludo"], ["Atentamente", "Gracias y un saludo"]],
        ["pl"] = [["Pozdrawiam", "Pozdrawiam"], ["Z poważaniem", "Pozdrawiam serdecznie"]],
    };

    public static Voice Of(Someone who, Place place, Dice dice)
    {
        var executive = place.Level is "executive";
        return new Voice
        {
            Closings = dice.Pick(Farewells["en"]),
            Greeting = executive ? "Dear" : dice.Pick(["Hi", "Hello", "Hi", "Dear", "Hello", "Good morning"]),
            Formal = executive || dice.Chance(0.15),
            Html = dice.Chance(who.IsOurs ? 0.5 : 0.3),
            Dashes = dice.Chance(0.5),
            Quotes = dice.Pick([QuoteStyle.Block, QuoteStyle.Block, QuoteStyle.Marks, QuoteStyle.Marks, QuoteStyle.Bare]),
            Travels = place.Functions.Any(f => f is "field" or "sales" or "exec" or "ops") ? 0.22 : 0.04,
            LateBird = dice.Chance(0.12),
        };
    }

    /// <summary>The salutation for these hearers, shorter as the thread goes on; empty when people no longer greet.</summary>
    public string Greet(string language, string first, string family, bool woman, int turn, double hour, bool among, Dice dice)
    {
        if (turn > 1 && dice.Chance(0.35)) return language == "pl" || (turn > 2 && dice.Chance(0.5)) ? "" : Plain(language, first, family, woman) + ",";
        if (among && language == "en") return dice.Pick(["Hi " + first + ",", first + ",", "Moin " + first + ",", "Hi " + first + ","]);
        return language switch
        {
            "de" => hour < 10.5 && dice.Chance(0.5) ? $"Guten Morgen {Plain(language, first, family, woman)}," :
                Formal || turn == 0 && dice.Chance(0.5) ? (woman ? "Sehr geehrte " : "Sehr geehrter ") + (woman ? "Frau " : "Herr ") + family + "," : $"Hallo {Plain(language, first, family, woman)},",
            "fr" => $"Bonjour {Plain(language, first, family, woman)},",
            "es" => turn == 0 && Formal ? (woman ? "Estimada " : "Estimado ") + first + ":" : dice.Pick([$"Hola, {first}:", $"Buenos días, {first}:"]),
            "pl" => turn == 0 && dice.Chance(0.5) ? (woman ? "Szanowna Pani," : "Szanowny Panie,") : "Dzień dobry,",
            _ => Greeting == "Good morning" && hour > 12 ? $"Good afternoon {first}," : $"{(turn > 0 && Greeting == "Dear" ? "Hello" : Greeting)} {first},",
        };
    }

    public string Close(string language, int turn, Dice dice) =>
        language == "en" ? Closings[turn == 0 ? 0 : 1] : dice.Pick(Farewells[language])[turn == 0 ? 0 : 1];

    private static string Plain(string language, string first, string family, bool woman) => language switch
    {
        "de" => (woman ? "Frau " : "Herr ") + family,
        "fr" => woman ? "Madame" : "Monsieur",
        "pl" => woman ? "Pani " + first : "Panie " + first,
        _ => first,
    };
}

/// <summary>How a mail program shows what is answered: a header block, marked lines, or nothing at all.</summary>
internal enum QuoteStyle { Block, Marks, Bare }
