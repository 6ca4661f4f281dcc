using System.Globalization;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Design;
using Side = Rapport.Commitments.Side;

namespace Rapport.Dialogue;

/// <summary>Words the brief from its facts. Every line names its source.</summary>
internal sealed class BriefSections(BriefFacts facts, LocalTime local)
{
    private const int People = 6, News = 6, LongestQuote = 240;

    private PartyDetail Party => facts.Party;

    /// <summary>All parts, in the order of the page.</summary>
    public IReadOnlyList<BriefSection> All() =>
    [
        new("Who they are", [.. Who()], "Nothing is on record yet."),
        new("Where we stand", [.. Standing()], "Nobody has judged yet whether they are a customer."),
        new("Since you last spoke", [.. Since()], "Nothing has been said with them that you may see."),
        new("What is promised", [.. Promised()], "Nothing is promised, by us or by them."),
        new("What they asked and we have not answered", [.. Asked()], "Everything they asked is answered."),
        new("To find out and to confirm", [.. ToFindOut()], "Nothing is missing and nothing is old."),
        new("How they like to be reached", [.. Reached()], "They never said, and no address is on record."),
    ];

    private IEnumerable<BriefLine> Who()
    {
        foreach (var a in Party.Affiliations.Where(a => a.Until is null && !a.Proposed).Take(People))
        {
            var part = string.Join(", ", new[] { a.Title, a.Department, a.Level == Level.Unknown ? null : a.Level.ToString().ToLowerInvariant() }.OfType<string>());
            var other = Party.Kind == PartyKind.Person ? a.Organization : a.Person;
            yield return Of(part.Length == 0 ? a.Name : Party.Kind == PartyKind.Person ? $"{part} at {a.Name}" : $"{a.Name}, {part}", OnRecord(other, a.Name));
        }
        if (Party.Parent is { } parent) yield return Of($"A unit of {parent.Name}", OnRecord(parent.Id, parent.Name));
        foreach (var link in Party.Serves.Take(People))
            yield return Of(link.Provider == Party.Id ? $"Serves {link.CustomerName} with {link.With}" : $"{link.ProviderName} serves them with {link.With}", OnRecord(link.Provider == Party.Id ? link.Customer : link.Provider, "the chain of who serves whom"));
        if (!string.IsNullOrWhiteSpace(Party.Note)) yield return new("On record:", Cut(Party.Note), OnRecord(Party.Id, "the note on their page"));
    }

    private IEnumerable<BriefLine> Standing()
    {
        if (Party.Relationship is { } own)
        {
            foreach (var j in own.Judgements.Where(j => j.Counts && j.Answer != Answer.Unknown))
                yield return Of($"{BriefWords.Judged(j)}{(j.Opposed ? " Somebody judged otherwise before." : "")}", SourceOf(j, own));
            if (own.NextQuestion is { } next) yield return Of($"Next to find out: {next}", OnRecord(own.Customer, own.CustomerName));
        }
        if (facts.Rhythm is { GapDays: { } gap, LastContactAt: { } last } && facts.Said.Count > 0)
            yield return Of($"In contact about every {Days(gap)}; the last time was {HumanTime.Say(last, local)}.", SourceOf(facts.Said[0]));
    }

    private IEnumerable<BriefLine> Since()
    {
        var said = facts.Said;
        var mine = said.FirstOrDefault(s => s.Member == facts.Reader && s.Direction is Direction.Outbound or Direction.Mutual);
        var ours = said.FirstOrDefault(s => s.Direction is Direction.Outbound or Direction.Mutual);
        var theirs = said.FirstOrDefault(s => s.Direction == Direction.Inbound);
        if (mine is not null) yield return Line($"You last spoke {Then(mine)}", mine);
        if (ours is not null && ours != mine) yield return Line($"{(ours.AuthorName.Length > 0 ? ours.AuthorName : "One of us")} last spoke to them {Then(ours)}", ours);
        if (theirs is not null) yield return Line($"{Name(theirs)} last wrote or called {Then(theirs)}", theirs);

        var from = (mine ?? ours)?.At ?? DateTimeOffset.MinValue;
        foreach (var news in said.Where(s => s.At > from && s != theirs && s != ours && s != mine).Take(News)) yield return Line($"{Name(news)}, {Then(news)}", news);
        foreach (var kept in facts.Promised.Where(p => p.SaidAt > from).Take(News))
            yield return Of($"{(kept.Side == Side.OursToThem ? "We" : kept.WithName)} promised: {kept.Words}", SourceOf(kept));
    }

    private IEnumerable<BriefLine> Promised() =>
        facts.Promised.Select(p => new BriefLine($"{(p.Side == Side.OursToThem ? $"We to {p.WithName}" : $"{p.WithName} to us")}: {p.Words}{By(p)}", null, SourceOf(p), p.IsLate(local.Now)));

    private IEnumerable<BriefLine> Asked() =>
        facts.Unanswered.Select(u => new BriefLine($"{u.Who ?? "They"}, about {u.Subject}, since {HumanTime.Short(u.Since, local)}", u.Words is { } words ? Cut(words) : null,
            new(EvidenceKind.Interaction, Places.Message(u.Conversation, u.Question), $"the question of {HumanTime.Short(u.Since, local)}"), true));

    private IEnumerable<BriefLine> ToFindOut()
    {
        var here = OnRecord(Party.Id, "their page");
        foreach (var question in Party.Questions) yield return Of(question, here);
        if (Party.Who == Customers.Who.Unknown) yield return Of("Who are they to us? Nobody has said yet.", here);
        foreach (var a in Party.Affiliations.Where(a => a.Until is null && a.Proposed).Take(People))
            yield return Of(Party.Kind == PartyKind.Person ? $"Confirm: are they of {a.Name}? Proposed from the mail address." : $"Confirm: is {a.Name} one of theirs? Proposed from the mail address.", OnRecord(Party.Kind == PartyKind.Person ? a.Organization : a.Person, a.Name));
        if (Party.Relationship is { } own)
            foreach (var j in own.Judgements.Where(j => j.Counts && j.Faded && j.Answer != Answer.Unknown))
                yield return Of($"Confirm: {BriefWords.Judged(j)} That was judged {HumanTime.Short(j.At, local)}.", SourceOf(j, own));
    }

    private IEnumerable<BriefLine> Reached()
    {
        var here = OnRecord(Party.Id, "how to reach them");
        if (Party.Prefers is { } asked) yield return Of($"They asked for {BriefWords.Of(asked)}.", here);
        foreach (var point in Party.ContactPoints.Where(p => !p.DoNotUse).Take(People))
            yield return Of($"{BriefWords.Capital(BriefWords.Of(point.Kind))}: {point.Given}{(point.Label is null ? "" : $" ({point.Label})")}{(point.Preferred ? ", preferred" : "")}{(point.BouncedAt is { } back ? $", came back {HumanTime.Short(back, local)}" : "")}", here);
        foreach (var point in Party.ContactPoints.Where(p => p.DoNotUse).Take(People)) yield return Of($"Not by {point.Given}: they asked us not to.", here);
        if (Party.Language is { } language) yield return Of($"Speaks {PartySentence.Language(language)}.", here);
        if (Party.Zone is { } zone) yield return Of($"Is in the time zone {zone}.", here);
        var theirs = facts.Said.Where(s => s.Direction is Direction.Inbound or Direction.Mutual).ToList();
        if (theirs.Count >= 3 && theirs.GroupBy(s => s.Channel).OrderByDescending(g => g.Count()).First() is { } most)
            yield return Of($"{most.Count()} of the last {theirs.Count} times they spoke to us it was by {ChannelWords.Name(most.Key).ToLowerInvariant()}.", SourceOf(most.First()));
    }

    private BriefLine Line(string words, SaidThen said) => new(words, said.Text.Length > 0 ? Cut(said.Text) : Cut(said.Subject), SourceOf(said));

    private static BriefLine Of(string words, BriefSource source) => new(words, null, source);

    private string Then(SaidThen said) => $"{HumanTime.Say(said.At, local)}, {ChannelWords.Name(said.Channel).ToLowerInvariant()}";

    private string Name(SaidThen said) => said.AuthorName.Length > 0 ? said.AuthorName : said.Direction == Direction.Inbound ? Party.Name : "One of us";

    private string By(CommitmentRow p) => p.DueEnd is not { } due ? ", with no date" : p.IsLate(local.Now) ? $", was due {HumanTime.Short(due, local)}" : $", by {HumanTime.Short(due, local)}";

    private BriefSource SourceOf(SaidThen said) => new(EvidenceKind.Interaction, Places.Message(said.Conversation, said.Id), $"{ChannelWords.Name(said.Channel).ToLowerInvariant()} of {HumanTime.Short(said.At, local)}", said.Channel);

    private BriefSource SourceOf(CommitmentRow p) => new(EvidenceKind.Commitment, Places.Commitment(p.Id.Value), $"promise of {HumanTime.Short(p.SaidAt, local)}");

    private BriefSource SourceOf(JudgementRow j, RelationshipRow about) => j.Interaction is { } said
        ? new(EvidenceKind.Judgement, Places.Said(said), $"what was said, judged {HumanTime.Short(j.At, local)}")
        : new(EvidenceKind.Judgement, $"{Places.Party(about.Customer.Value)}#section-standing", $"judgement of {HumanTime.Short(j.At, local)}{(j.ByName is null ? "" : $" by {j.ByName}")}");

    private static BriefSource OnRecord(PartyId party, string title) => new(EvidenceKind.Record, Places.Party(party.Value), title);

    private static string Days(double gap) => gap <= 1 ? "day" : $"{Math.Round(gap).ToString("0", CultureInfo.InvariantCulture)} days";

    private static string Cut(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestQuote ? line : $"{line[..(char.IsHighSurrogate(line[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote)]}…";
    }
}
