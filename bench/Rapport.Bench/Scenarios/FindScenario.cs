using Rapport.Demo;

namespace Rapport.Bench;

/// <summary>What the Find box asks while somebody types.</summary>
internal sealed class FindScenario : IScenario
{
    private static readonly (string What, Func<Society, Dice, string> Typed)[] Asked =
    [
        ("the beginning of a name", (society, dice) => Someone(society, dice).Family is var family ? family[..Math.Min(family.Length, dice.Between(3, 5))] : ""),
        ("given and family name", (society, dice) => Someone(society, dice) is var one ? $"{one.Given} {one.Family}" : ""),
        ("a name without its accents", (society, dice) => Kernel.Search.TextFold.Fold(Someone(society, dice).Name)),
        ("inside a name", (society, dice) => Someone(society, dice).Family is { Length: > 4 } family ? family[1..^1] : "berg"),
        ("a common surname", (_, _) => "smith"),
        ("a Chinese name", (_, dice) => dice.Pick(["王伟", "李娜", "张敏", "王", "文静"])),
        ("one letter", (_, dice) => ((char)('a' + dice.Below(26))).ToString()),
        ("two letters", (_, dice) => dice.Pick(["sm", "ma", "an", "de", "st", "ho", "br", "ка", "th", "or"])),
        ("an address", (society, dice) => Someone(society, dice).Address),
        ("the beginning of an address", (society, dice) => Someone(society, dice).Address.Split('@')[0]),
        ("the end of a number", (society, dice) => Society.TelephoneOf(dice.Below(society.Organizations + society.Persons))[^6..]),
        ("a whole number", (society, dice) => Society.TelephoneOf(dice.Below(society.Organizations + society.Persons))),
        ("an organisation", (society, dice) => Society.Organization(dice.Skewed(society.Organizations, 10)).Name),
        ("an order number", (_, dice) => dice.Between(10_000, 999_999).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("common words", (_, dice) => dice.Pick(["the", "delivery", "order", "pump", "week", "is complete", "northhaven"])),
        ("words of a message", (_, dice) => dice.Pick(["steel pump northford", "heavy valve southmere", "damaged gearbox late", "hoist serial noise", "driver papers crane", "倉庫", "货物"])),
        ("what nobody has", (_, dice) => $"zyxq{dice.Below(1000)}w"),
    ];

    public async Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct)
    {
        var society = new Society(settings.Plan);
        await using var program = await RealProgram.ServeAsync(settings, settings.Data!, ct);
        using var browser = await Browser.SignInAsync(program, Plan.Star, ct);
        var measured = await browser.MeasureAsync(program, settings.Requests, [.. Asked.Select(a => (a.What, (Func<int, string>)(i => Path(a.Typed(society, Chance.Of(Matter.Ask, i))))))], ct);
        var all = new List<double>();
        var worked = program.CpuMilliseconds;
        for (var i = 0; i < settings.Requests * 5; i++)
            all.Add((await browser.GetAsync(Path(Asked[i % Asked.Length].Typed(society, Chance.Of(Matter.Ask, 5_000_000 + i))), ct)).Milliseconds);
        return [Measured.Of("all of these in turn", all, program.CpuMilliseconds - worked, program.PeakMegabytes), .. measured];
    }

    private static string Path(string typed) => $"/find/suggest?q={Uri.EscapeDataString(typed)}";

    private static (string Given, string Family, string Name, Tongue Tongue, string Address) Someone(Society society, Dice dice) => society.Person(society.Organizations + dice.Below(society.Persons));
}
