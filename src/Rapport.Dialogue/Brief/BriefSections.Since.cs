using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Design;
using Side = Rapport.Commitments.Side;

namespace Rapport.Dialogue;

/// <summary>What was last said on each side, and what changed since the reader last spoke.</summary>
internal sealed partial class BriefSections
{
    private IEnumerable<BriefLine> Since()
    {
        var said = facts.Said;
        var mine = said.FirstOrDefault(s => s.Member == facts.Reader && s.IsOurs);
        var ours = said.FirstOrDefault(s => s.IsOurs);
        var theirs = said.FirstOrDefault(s => s.Direction == Direction.Inbound);
        if (mine is not null) yield return Line($"You last spoke {Then(mine)}", mine);
        if (ours is not null && ours != mine) yield return Line($"{(ours.AuthorName.Length > 0 ? ours.AuthorName : "One of us")} last spoke to them {Then(ours)}", ours);
        if (theirs is not null) yield return Line($"{Name(theirs)} last wrote or called {Then(theirs)}", theirs);

        var from = (mine ?? ours)?.At ?? DateTimeOffset.MinValue;
        foreach (var made in facts.Promised.Where(p => p.SaidAt > from).Take(News))
            yield return Of($"{(made.Side == Side.OursToThem ? "We" : made.WithName)} promised: {made.Words}", SourceOf(made));
        if (facts.Changed is { } changed)
            foreach (var line in Changed(changed)) yield return line;
        foreach (var news in said.Where(s => s.At > from && s != theirs && s != ours && s != mine).Take(News)) yield return Line($"{Name(news)}, {Then(news)}", news, LongestNews);
    }

    private IEnumerable<BriefLine> Changed(Changes changed)
    {
        foreach (var settled in changed.Settled) yield return Of($"{Became(settled)}: {settled.Words}", SourceOf(settled));
        foreach (var moved in changed.Moved) yield return Of($"Another date was agreed for: {moved.Words}{By(moved)}", SourceOf(moved));
        foreach (var line in Moves(changed)) yield return line;
        if (Party.Relationship is not { } own) yield break;
        foreach (var judged in own.Judgements.Where(j => j.Counts && j.At > changed.Since && j.Answer != Answer.Unknown)) yield return Of($"Judged since: {BriefWords.Judged(judged)}", SourceOf(judged, own));
        if (own.Until is { } end && end >= Day(changed.Since)) yield return Of($"They are a customer until {HumanTime.SayDay(end, local)}.", OnRecord(own.Customer, own.CustomerName));
    }

    // New people, places taken and places left.
    private IEnumerable<BriefLine> Moves(Changes changed)
    {
        var (since, person) = (Day(changed.Since), Party.Kind == PartyKind.Person);
        foreach (var a in Party.Affiliations)
        {
            var at = OnRecord(person ? a.Organization : a.Person, a.Name);
            var title = a.Title is null ? "" : $", {a.Title}";
            if (a is { Ended: true, Until: { } left } && left >= since) yield return Of(person ? $"Left {a.Name} {HumanTime.SayDay(left, local)}{title}." : $"{a.Name}{title}, left {HumanTime.SayDay(left, local)}.", at);
            else if (!a.Ended && a.From >= since) yield return Of(person ? $"Now at {a.Name}{title}." : $"{a.Name}{title}, is there since {HumanTime.SayDay(a.From.Value, local)}.", at);
            else if (changed.NewPeople.Contains(a.Person)) yield return Of($"{a.Name}{title}, is new to us: the first contact was after that.", at);
        }
    }

    private static string Became(CommitmentRow settled)
    {
        var who = settled.Side == Side.OursToThem ? "We" : settled.WithName;
        return settled.State switch
        {
            CommitmentState.Kept => $"{who} kept",
            CommitmentState.KeptLate => $"{who} kept late",
            CommitmentState.Broken => $"{who} did not keep",
            CommitmentState.Released => settled.Side == Side.OursToThem ? "They let go" : "We let go",
            CommitmentState.Replaced => $"{who} did not keep in time, and agreed anew",
            CommitmentState.Open or CommitmentState.Proposed => throw new ArgumentOutOfRangeException(nameof(settled)),
        };
    }

    private DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(local.At(at).DateTime);
}
