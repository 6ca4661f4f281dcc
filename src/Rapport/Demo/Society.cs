namespace Rapport.Demo;

/// <summary>Who there is, as it would stand in the books: organisations, people with their places, relationships with their judgements.</summary>
internal sealed class Society(CastBook book, int seed, DateTimeOffset now, IReadOnlyList<Performance> performances)
{
    public DemoOrganization Ours => Organization(book.Ours) with { Domains = [book.Ours.Domain, "moewenkamp-service.example"], Address = "Speicherkai 14, 20099 Möwenhafen" };

    public IReadOnlyList<DemoOrganization> Organizations() => [.. Known.SelectMany(h => h.IsOurs ? Units(h) : [Organization(h), .. Units(h)])];

    public IReadOnlyList<DemoPerson> People() =>
        [.. Known.SelectMany(h => h.People).Distinct().Where(p => !p.Places[^1].Functions.Contains("new")).Select(Person)];

    private IEnumerable<House> Known => book.Houses.Where(h => h.Standing != "unknown");

    private static DemoOrganization Organization(House house) =>
        new(house.Key, house.Name, house.OtherName, null, house.Country, house.Zone, [house.Domain], house.Phone, house.Site, house.IsOurs);

    private static IEnumerable<DemoOrganization> Units(House house) =>
        house.Units.Select(u => new DemoOrganization(u.Key, u.Name, null, house.Key, house.Country, house.Zone, [], null, null, house.IsOurs));

    private static DemoPerson Person(Someone who) => new(
        who.Key, who.Name, who.Latin, [.. who.Places.Select(p => p.Address).Where(a => a.Length > 0)], who.Phone, who.Mobile, who.Places[^1].House.Zone, who.Places[^1].House.Language, who.IsOurs,
        [.. who.Places.Select(p => new DemoAffiliation(p.Unit ?? p.House.Key, p.Title, p.Level, Day(p.From), Day(p.Until)))]);

    private static DateOnly? Day(DateTimeOffset? at) => at is { } moment ? DateOnly.FromDateTime(moment.DateTime) : null;

    public IReadOnlyList<DemoRelationship> Relationships() => [.. Known.Where(h => !h.IsOurs).Select(Relationship), .. Inside()];

    private DemoRelationship Relationship(House house)
    {
        var dice = Dice.For(seed, "relationship/" + house.Key);
        var kind = Enum.Parse<DemoRelationshipKind>(house.Standing, true);
        var since = now.AddYears(-house.SinceYears).AddDays(dice.Below(300) - (house.Standing == "former" ? 400 : 0));
        if (house.Standing == "potential") since = now.AddDays(-dice.Between(191, 300));
        return new DemoRelationship(house.Key, "us", Owner(house), house.Tier, house.Pays, DateOnly.FromDateTime(since.DateTime),
            kind == DemoRelationshipKind.Former ? DateOnly.FromDateTime(now.AddDays(-235).DateTime) : null, kind, Judgements(house, kind, dice), Roles(house, dice));
    }

    private string Owner(House house) => $"{house.Owner}@{book.Ours.Domain}";

    private DemoJudgement[] Judgements(House house, DemoRelationshipKind kind, Dice dice)
    {
        if (kind is DemoRelationshipKind.Supplier or DemoRelationshipKind.Former) return [];
        var heard = performances.SelectMany(p => p.Drafts).Where(d => d.House == house && d.Speaker.IsOurs != d.To[0].IsOurs).OrderBy(d => d.At).ToList();
        return [.. Enum.GetValues<DemoJudged>().Select((what, i) =>
        {
            var evidence = heard.Count > 0 ? heard[Math.Min(heard.Count - 1, dice.Below(3) + (i * heard.Count / 4))] : null;
            bool? answer = kind == DemoRelationshipKind.Customer || what != DemoJudged.Intention ? true : dice.Chance(0.5) ? null : false;
            return new DemoJudgement(what, answer, dice.Pick(Scripts.Lists[$"judged.{what}.{(answer == true ? "yes" : "open")}".ToLowerInvariant()]), evidence?.Key, Owner(house), evidence?.At ?? now.AddDays(-90));
        })];
    }

    private DemoRole[] Roles(House house, Dice dice)
    {
        if (house.Standing == "supplier") return [];
        var roles = new List<DemoRole>();
        void Give(string function, string role, double share)
        {
            foreach (var who in house.With(function, now).Take(2))
                if (dice.Chance(share)) roles.Add(new DemoRole(who.Key, role));
        }
        Give("fin", "Payer", 0.85);
        Give("exec", "Decider", 0.8);
        Give("eng", house.With("exec", now).Any() ? "Influencer" : "Decider", 0.8);
        Give("buy", "Gatekeeper", 0.6);
        Give("ops", "User", 0.9);
        return [.. roles.DistinctBy(r => (r.Person, r.Role))];
    }

    private IEnumerable<DemoRelationship> Inside() => Services.Select(s =>
        new DemoRelationship(s.Customer, s.Provider, $"{s.Owner}@{book.Ours.Domain}", null, false, DateOnly.FromDateTime(now.AddYears(-s.Years).DateTime), null, DemoRelationshipKind.Internal, [], []));

    public IReadOnlyList<DemoServes> Serves() =>
    [
        .. Services.Select(s => new DemoServes(s.Provider, s.Customer, s.With, DateOnly.FromDateTime(now.AddYears(-s.Years).DateTime))),
        .. book.Houses.Where(h => h.Standing == "customer").Select((h, i) =>
            new DemoServes(i % 3 == 0 ? "us-field" : "us-delivery", h.Key, i % 3 == 0 ? "inspections and call-outs" : "overhauls and spare parts", DateOnly.FromDateTime(now.AddYears(-h.SinceYears).DateTime))),
    ];

    private static readonly (string Provider, string Customer, string With, string Owner, int Years)[] Services =
    [
        ("us-planning", "us-workshop", "the weekly job plan", "h.terminski", 6),
        ("us-planning", "us-field", "crew and travel planning", "h.terminski", 6),
        ("us-workshop", "us-delivery", "overhauled drives and gates", "kd.nietmann", 12),
        ("us-workshop", "us-field", "tools and kitted spares", "y.carkoglu", 9),
        ("us-finance", "us-sales", "invoices and credit checks", "p.sollhaben", 8),
        ("us-finance", "us-support", "the remote access systems", "l.kabelitz", 4),
        ("us-support", "us-field", "drawings and fault analysis", "h.lotsensee", 7),
    ];
}
