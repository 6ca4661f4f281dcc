using Rapport.Demo;

namespace Rapport.Bench;

/// <summary>What is promised, as people look at it: the list with its filters and far from its start, by week, on a calendar, one of them, and how they are kept.</summary>
internal sealed class CommitmentScenario : IScenario
{
    private static readonly string[] Pages =
    [
        "/commitments", "/commitments?mine=true", "/commitments?part=late", "/commitments?part=late&mine=true", "/commitments?part=settled", "/commitments?part=settled&mine=true", "/commitments?side=theirs", "/commitments?side=theirs&part=settled",
        "/commitments?view=weeks", "/commitments?view=weeks&mine=true", "/commitments?view=month", "/commitments?view=month&mine=true", "/commitments?view=month&side=theirs",
    ];

    private static readonly string[] Figures = ["/commitments/figures", "/commitments/figures?days=90", "/commitments/figures?side=theirs", "/commitments/figures?mine=true"];

    public async Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct)
    {
        var society = new Society(settings.Plan);
        var life = new Life(settings.Plan, society);
        var promises = new Sayings(settings.Plan, society, life, [.. Enumerable.Range(0, Cast.Members).Select(i => new OurMember(default, default, Cast.NameOf(i)))], []).Commitments().Select(c => c.Id).ToList();
        var busiest = society.IdOf(0);
        await using var program = await RealProgram.ServeAsync(settings, settings.Data!, ct);
        using var browser = await Browser.SignInAsync(program, Plan.Star, ct);
        var measured = new List<Measured>(await browser.MeasureAsync(program, settings.Requests,
        [
            .. Pages.Select(p => (p, (Func<int, string>)(_ => p))),
            ("of the busiest customer", _ => $"/commitments?customer={busiest}"),
            ("of the busiest customer, settled", _ => $"/commitments?customer={busiest}&part=settled"),
            ("one of them, young ones more often", i => $"/commitments/{promises[^(1 + Chance.Of(Matter.Ask, i).Skewed(promises.Count, 1_000))]}"),
            ("how those of the busiest customer are kept", _ => $"/commitments/figures?customer={busiest}"),
            .. Figures.Select(p => (p, (Func<int, string>)(_ => p))),
        ], ct));
        foreach (var list in new[] { "/commitments", "/commitments?part=settled" }) measured.Add(await ListScenario.ReadOnAsync(browser, program, list, settings, ct));
        return measured;
    }
}
