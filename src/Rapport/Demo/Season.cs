namespace Rapport.Demo;

/// <summary>Decides who has which matter when: each house in its own rhythm, no script twice in a house before all others had their turn.</summary>
internal sealed class Season(CastBook book, int seed, DateTimeOffset now)
{
    private const int StillOpen = 9;
    private readonly Stage stage = new(book, seed, now);
    private readonly Dictionary<string, int> played = [];
    private readonly List<Performance> all = [];
    private int open;

    public IReadOnlyList<Performance> Year()
    {
        foreach (var script in Scripts.All.Where(s => s.House is not null))
            if (stage.Play(script, book[script.House!], now, "now", true) is { } staged) all.Add(staged);
        foreach (var (who, from, to, left) in book.Moves)
        {
            Once("farewell", from.House, left.AddDays(-4), who);
            Once("arrival", to.House, left.AddDays(15), who);
        }
        foreach (var house in book.Houses) Live(house);
        return all;
    }

    private void Once(string kind, House house, DateTimeOffset at, Someone star)
    {
        var script = Dice.For(seed, kind + star.Key).Pick([.. Scripts.All.Where(s => s.Kind == kind)]);
        if (stage.Play(script, house, at, kind, true, star) is { } performance) all.Add(performance);
    }

    private static int Matters(House house) => (house.Standing, house.Tier) switch
    {
        ("ours", _) => 56,
        ("customer", _) when house.Quiet => 11,
        ("customer", "A") => 15,
        ("customer", "B") => 9,
        ("customer", _) => 6,
        ("supplier", _) => 7,
        ("potential", _) => 5,
        ("former", _) => 7,
        _ => 0,
    };

    private void Live(House house)
    {
        var count = Matters(house);
        if (count == 0) return;
        Live(house, count, "", Dice.For(seed, "season/" + house.Key));
        Live(house, (int)Math.Ceiling(count * (house.IsOurs ? 0.25 : 0.9)), "talk", Dice.For(seed, "talks/" + house.Key));
    }

    private void Live(House house, int count, string kind, Dice dice)
    {
        var (first, last) = house.Standing switch { "former" => (362, 262), "potential" => (190, 6), _ => (363, house.Quiet ? 95 : 3) };
        var gap = (first - last) / (double)count;
        var deck = new List<Script>();
        for (var i = 0; i < count; i++)
        {
            var start = now.AddDays(-(last + ((count - 1 - i) * gap) + (gap * dice.Between(0, 0.75)))).AddMinutes(dice.Below(540) - 270);
            Begin(house, kind, WorkingHours.Forward(start, house.Zone, dice), deck, dice, $"{kind}{i}");
        }
    }

    private void Begin(House house, string kind, DateTimeOffset start, List<Script> deck, Dice dice, string name)
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            if (deck.Count == 0) deck.AddRange(Scripts.All.Where(s => s.House is null && s.Every == 0 && s.Weight > 0 && Suits(s, house, kind)));
            var script = dice.Weighted(deck, s => s.Weight * (s.Language == "en" ? 1 : 3));
            deck.Remove(script);
            if (played.GetValueOrDefault(script.Name) >= script.Most || Fitting(script, house, start, name) is not { } performance) continue;
            played[script.Name] = played.GetValueOrDefault(script.Name) + 1;
            all.Add(performance);
            return;
        }
    }

    private static bool Suits(Script script, House house, string kind)
    {
        var wanted = (kind, house.Standing) switch
        {
            ("talk", "ours") => "talk-internal",
            ("talk", "supplier") => "talk-supplier",
            ("talk", _) => "talk",
            (_, "ours") => "internal",
            (_, "former") => "customer",
            (_, var standing) => standing,
        };
        return script.Kind.Split(' ').Contains(wanted) && (script.Language == "en" || script.Language == house.Language) && house.Fitting(script.Needs).Count > 0;
    }

    /// <summary>The matter moved back until it is over by now; a few of ours may still be under way with their promise ahead.</summary>
    private Performance? Fitting(Script script, House house, DateTimeOffset start, string name)
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            if (stage.Play(script, house, start, name, false) is not { } whole) return null;
            if (whole.End <= now.AddHours(-1)) return whole;
            if (open < StillOpen && attempt == 0 && stage.Play(script, house, start, name, true) is { } part && WaitsOnPromise(part)) { open++; return part; }
            start -= (whole.End - now) + TimeSpan.FromHours(26 + (attempt * 30));
            start = WorkingHours.Backward(start, house.Zone, Dice.For(seed, script.Name + house.Key + name));
            if (house.Quiet && whole.End > now.AddDays(-60)) start = start.AddDays(-60);
        }
        return null;
    }

    private bool WaitsOnPromise(Performance part) =>
        part.Drafts[^1].Speaker.IsOurs && part.Promises.Exists(p => p.Outcomes.Count == 0 && p.Due.At > now.AddDays(1))
        && part.Promises.TrueForAll(p => p.Due.At > now.AddDays(1) || p.Outcomes.Exists(o => o.Kind is not DemoOutcomeKind.Renegotiated and not DemoOutcomeKind.HandedOver));
}
