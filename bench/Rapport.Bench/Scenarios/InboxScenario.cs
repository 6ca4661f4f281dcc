using Rapport.Demo;

namespace Rapport.Bench;

/// <summary>What a team works in all day: the parts of its inbox, the conversations in it, and what is looked for.</summary>
internal sealed class InboxScenario : IScenario
{
    private static readonly string[] Parts = ["needs-us", "mine", "teams", "unassigned", "waiting-for-them", "snoozed", "closed", "all"];

    // As people narrow them.
    private static readonly string[] Narrowed = ["view=needs-us&mine=true", "view=teams&due=late", "view=all&due=soon", "view=mine&due=any", "view=all&tag=repair", "view=mine&tag=offer", "view=teams&channel=telephone", "view=unassigned&kind=automatic", "view=all&state=waiting"];

    public async Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct)
    {
        var society = new Society(settings.Plan);
        var life = new Life(settings.Plan, society);
        var longest = life.Talks.Where(t => !t.Private).OrderByDescending(t => t.Count).Take(1 + life.Talks.Count / 100).ToList();
        await using var program = await RealProgram.ServeAsync(settings, settings.Data!, ct);
        var measured = new List<Measured>();
        using (var star = await Browser.SignInAsync(program, Plan.Star, ct))
            measured.AddRange(await star.MeasureAsync(program, settings.Requests,
            [
                .. Parts.Select(p => Page(p, $"/conversations?view={p}")),
                .. Narrowed.Select(n => Page(n, $"/conversations?{n}")),
                Page("of the busiest customer", $"/conversations?view=all&customer={society.IdOf(0)}"),
                ("a conversation", i => $"/conversations/{Conversation(life, i).Id}"),
                ("a long conversation", i => $"/conversations/{longest[Chance.Of(Matter.Ask, i).Below(longest.Count)].Id}"),
                ("found: words of a message", i => $"/find?q={Uri.EscapeDataString(Words(life, i))}"),
                ("found: somebody's name", i => $"/find?q={Uri.EscapeDataString(society.Person(Conversation(life, i).Person).Name)}"),
            ], ct));
        using var other = await Browser.SignInAsync(program, Cast.EmailOf(7), ct);
        measured.AddRange(await other.MeasureAsync(program, settings.Requests, [.. Parts.Take(4).Select(p => Page($"{p}, of another member", $"/conversations?view={p}"))], ct));
        return measured;
    }

    private static (string, Func<int, string>) Page(string what, string path) => (what, _ => path);

    // Of those that everybody may read, what is young is opened most.
    private static Talk Conversation(Life life, int number) => Readable(life, life.Talks.Count - 1 - Chance.Of(Matter.Ask, number).Skewed(life.Talks.Count, 1_000));

    private static Talk Readable(Life life, int from)
    {
        while (life.Talks[from].Private) from = (from + 1) % life.Talks.Count;
        return life.Talks[from];
    }

    // As somebody remembers them: the matter, without its number.
    private static string Words(Life life, int number) =>
        string.Join(' ', Prose.Subject(Chance.Of(Matter.Conversation, Conversation(life, number).Number)).Split(' ').Where(w => !w.Any(char.IsDigit)).Take(3));
}
