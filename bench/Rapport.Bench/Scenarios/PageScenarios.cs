using System.Net;
using System.Text.RegularExpressions;
using Rapport.Demo;

namespace Rapport.Bench;

/// <summary>The front page.</summary>
internal sealed class TodayScenario : IScenario
{
    public async Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct)
    {
        await using var program = await RealProgram.ServeAsync(settings, settings.Data!, ct);
        var measured = new List<Measured>();
        foreach (var (what, email) in new[] { ("who has most customers", Plan.Star), ("another member", Cast.EmailOf(7)), ("who has fewest", Cast.EmailOf(Cast.Members - 1)) })
        {
            using var browser = await Browser.SignInAsync(program, email, ct);
            measured.AddRange(await browser.MeasureAsync(program, settings.Requests, [(what, _ => "/")], ct));
        }
        return measured;
    }
}

/// <summary>The brief, and the page of a party.</summary>
internal sealed class BriefScenario : IScenario
{
    public async Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct)
    {
        var society = new Society(settings.Plan);
        await using var program = await RealProgram.ServeAsync(settings, settings.Data!, ct);
        using var browser = await Browser.SignInAsync(program, Plan.Star, ct);
        var parties = new (string Of, Func<int, int> Party)[] { ("an organisation", i => Organization(society, i)), ("a person", i => PersonOf(society, i)), ("the busiest customer", _ => 0), ("its busiest person", _ => society.PeopleOf(0)[0]) };
        return await browser.MeasureAsync(program, settings.Requests,
        [
            .. from page in new[] { "/brief", "" }
               from one in parties
               select ((page.Length > 0 ? "brief of " : "page of ") + one.Of, (Func<int, string>)(i => $"/parties/{society.IdOf(one.Party(i))}{page}")),
        ], ct);
    }

    // Those with whom most is said are read most.
    private static int Organization(Society society, int number) => Chance.Of(Matter.Ask, number).Skewed(society.Organizations, 10);

    private static int PersonOf(Society society, int number)
    {
        var people = society.PeopleOf(Organization(society, number));
        return people[Chance.Of(Matter.Ask, number + 1_000_000).Skewed(people.Length, 8)];
    }
}

/// <summary>Lists, as people filter and sort them, and read on and on.</summary>
internal sealed partial class ListScenario : IScenario
{
    private const int Pages = 40;

    private static readonly string[] Lists =
    [
        "/customers", "/customers?owner=me", "/customers?owner=me&sort=lastContact", "/customers?owner=me&sort=tier", "/customers?owner=nobody", "/customers?sort=lastContact", "/customers?sort=tier", "/customers?tier=a",
        "/customers?standing=customer&sort=lastContact", "/customers?standing=potentialCustomer&pays=true", "/customers?kind=organization&sort=tier", "/customers?kind=person&sort=lastContact", "/customers?internal=true", "/customers?who=supplier", "/customers?archived=true", "/customers?name=sm", "/customers?name=%E7%8E%8B",
        "/conversations", "/conversations?mine=true", "/conversations?waiting=true", "/conversations?waiting=true&mine=true", "/conversations?state=closed", "/conversations?kind=automatic", "/conversations?kind=unsure", "/conversations?channel=visit", "/conversations?state=waiting&mine=true", "/conversations?due=late", "/conversations?due=soon", "/conversations?due=any&mine=true",
        "/commitments", "/commitments?mine=true", "/commitments?part=late", "/commitments?part=settled", "/commitments?side=theirs", "/who-is-it",
    ];

    public async Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct)
    {
        var busiest = new Society(settings.Plan).IdOf(0);
        await using var program = await RealProgram.ServeAsync(settings, settings.Data!, ct);
        using var browser = await Browser.SignInAsync(program, Plan.Star, ct);
        var lists = Lists.Append($"/conversations?customer={busiest}").Append($"/commitments?customer={busiest}");
        var measured = new List<Measured>(await browser.MeasureAsync(program, settings.Requests, [.. lists.Select(l => (l.Replace(busiest.ToString(), "busiest", StringComparison.Ordinal), (Func<int, string>)(_ => l)))], ct));
        foreach (var list in new[] { "/customers", "/customers?sort=lastContact", "/conversations", $"/parties/{busiest}" })
            measured.Add(await ReadOnAsync(browser, program, list, settings, ct));
        return measured;
    }

    // As people do it: from a page to the next.
    internal static async Task<Measured> ReadOnAsync(Browser browser, RealProgram program, string list, Settings settings, CancellationToken ct)
    {
        var pages = settings.Quick ? 3 : Pages;
        var (took, worked) = (new List<double>(), program.CpuMilliseconds);
        for (string? next = list; next is not null && took.Count < pages;)
        {
            var (body, milliseconds) = await browser.GetAsync(next, ct);
            took.Add(milliseconds);
            next = Next().Match(body) is { Success: true } link ? WebUtility.HtmlDecode(link.Groups[1].Value) : null;
        }
        return Measured.Of($"{took.Count} pages on end of {(list.StartsWith("/parties", StringComparison.Ordinal) ? "a timeline" : list)}", took, program.CpuMilliseconds - worked, program.PeakMegabytes);
    }

    [GeneratedRegex("""rel="next"[^>]*href="([^"]*)""")]
    private static partial Regex Next();
}
