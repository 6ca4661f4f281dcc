using Rapport.Channels.Mail;
using System.Globalization;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Design;
using Side = Rapport.Commitments.Side;

namespace Rapport.Dialogue;

/// <summary>Words the brief from its facts. Every line names its source.</summary>
internal sealed partial class BriefSections(BriefFacts facts, LocalTime local)
{
    private const int People = 6, News = 6, LongestQuote = 240, LongestNews = 110;

    private PartyDetail Party => facts.Party;

    /// <summary>All parts, in the order of the page and as many lines as it holds.</summary>
    public IReadOnlyList<BriefSection> All() => OnePage.Fit(
    [
        (new("Who they are", [.. Who()], "Nothing is on record yet."), 3),
        (new("Where we stand", [.. Standing()], "Nobody has judged yet whether they are a customer."), 3),
        (new("Since you last spoke", [.. Since()], "Nothing has been said with them that you may see."), 4),
        (new("What is promised", [.. Promised()], "Nothing is promised, by us or by them."), 6),
        (new("What they asked and we have not answered", [.. Asked()], "Everything they asked is answered."), 3),
        (new("To find out and to confirm", [.. ToFindOut()], "Nothing is missing and nothing is old."), 3),
        (new("How they like to be reached", [.. Reached()], "They never said, and no address is on record."), 3),
    ]);

    private IEnumerable<BriefLine> Who()
    {
        foreach (var a in Party.Affiliations.Where(a => !a.Ended && !a.Proposed).Take(People))
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
                yield return Of($"{(j.Faded ? $"{BriefWords.Finding(j)} To be confirmed." : BriefWords.Judged(j))}{(j.Opposed ? " Somebody judged otherwise before." : "")}", SourceOf(j, own));
            if (own.NextQuestion is { } next) yield return Of($"Next to find out: {next}", OnRecord(own.Customer, own.CustomerName));
        }
        if (facts.Rhythm is { GapDays: { } gap, LastContactAt: { } last } && facts.Said.Count > 0)
            yield return Of($"In contact about every {Days(gap)}; the last time was {HumanTime.Say(last, local)}.", SourceOf(facts.Said[0]));
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
        foreach (var tie in facts.Ask.Take(2)) yield return Of($"Ask {tie.Name}, who spoke to them {(tie.Times == 1 ? "once" : $"{tie.Times} times")}, last {HumanTime.Say(tie.LastAt, local)}.", new(EvidenceKind.Interaction, Places.Said(tie.Last), $"what {tie.Name} said last"));
        if (Party.Who == Customers.Who.Unknown) yield return Of("Who are they to us? Nobody has said yet.", here);
        foreach (var a in Party.Affiliations.Where(a => !a.Ended && a.Proposed).Take(People))
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

    private BriefLine Line(string words, SaidThen said, int longest = LongestQuote) => new(words, said.Text.Length > 0 ? Cut(Signatures.Without(said.Text), longest) : Cut(said.Subject, longest), SourceOf(said));

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

    private static string Cut(string text, int longest = LongestQuote)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= longest ? line : $"{line[..(char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest)]}…";
    }
}
