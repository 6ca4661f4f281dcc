using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Demo;
using Rapport.Kernel;
using Rapport.Kernel.Search;
using Rapport.Members;
using Side = Rapport.Commitments.Side;
using Step = Rapport.Commitments.Step;
using Voice = Rapport.Conversations.Voice;

namespace Rapport.Bench;

/// <summary>The records of what was said and promised.</summary>
internal sealed class Sayings(Plan plan, Society society, Life life, IReadOnlyList<OurMember> members, IReadOnlyList<TeamId> teams)
{
    public Conversation Conversation(Talk talk)
    {
        var (last, waits) = (life.Said[talk.Last], life.Waits(talk));
        var closed = !waits && life.At(talk.Last) < plan.Until.AddDays(-20) && talk.Number % 10 < 7;
        // Put away was what is young; until when lies ahead, however long after it was made the database is measured.
        var away = !waits && !closed && life.At(talk.Last) > plan.Until.AddDays(-60) && talk.Number % 12 == 0;
        return new()
        {
            Id = talk.Id, Subject = SubjectOf(talk), Customer = society.IdOf(talk.Organization >= 0 ? talk.Organization : talk.Person), Owner = talk.Nobodys ? null : members[talk.Member].Id,
            First = new(life.Said[talk.First].Key), Last = new(last.Key), LastAt = life.At(talk.Last), Count = talk.Count, Automatic = talk.Automatic, OnlyFor = OnlyFor(talk),
            Team = talk.Number % 3 == 0 ? teams[talk.Number / 3 % teams.Count] : null, SnoozedUntil = away ? plan.Until.AddDays(300 + talk.Number % 30).AddMinutes(talk.Number % 1440) : null,
            State = closed ? ConversationState.Closed : away ? ConversationState.Snoozed : last is { Direction: Direction.Outbound, Asks: true } ? ConversationState.Waiting : ConversationState.Open, StateAt = closed || away ? life.At(talk.Last).AddDays(closed ? 10 : 0) : null,
            WaitingSince = waits ? life.At(talk.Last) : null, WaitingFor = waits ? new(last.Key) : null, WaitingPerson = waits ? society.IdOf(talk.Person) : null,
        };
    }

    public static IReadOnlyList<Tag> Tags { get; } = [.. new[] { "complaint", "invoice", "offer", "repair", "transport", "warranty" }.Select(t => new Tag { Key = t, Name = t })];

    /// <summary>Every seventh has one.</summary>
    public static IEnumerable<ConversationTag> TagsOf(Talk talk)
    {
        if (talk.Number % 7 == 0) yield return new() { Conversation = talk.Id, Tag = Tags[talk.Number / 7 % Tags.Count].Key };
    }

    public Interaction Interaction(int number)
    {
        var said = life.Said[number];
        var talk = life.Talks[said.Conversation];
        var person = society.Person(talk.Person);
        var ours = said.Direction != Direction.Inbound;
        return new()
        {
            Id = new(said.Key), Conversation = talk.Id, Channel = said.Channel, Direction = said.Direction, Voice = talk.Automatic ? Voice.Automatic : Voice.Human, At = Moments.At(said.Key),
            Minutes = said.Direction == Direction.Mutual ? 5 + (number % 55) : null, Subject = talk.First == number ? SubjectOf(talk) : $"Re: {SubjectOf(talk)}",
            Text = Prose.Message(Chance.Of(Matter.Message, number), person.Tongue.Language, said.Asks), Author = ours ? members[talk.Member].Person : society.IdOf(talk.Person),
            AuthorName = ours ? members[talk.Member].Name : person.Name, Member = ours ? members[talk.Member].Id : null, Asks = said.Asks, HasMore = talk.First != number, OnlyFor = OnlyFor(talk),
        };
    }

    /// <summary>Every party's in turn, as the table is ordered: a timeline is one range of it.</summary>
    public IEnumerable<Participant> Participants()
    {
        var theirs = new List<long>(life.Said.Length * 2);
        for (var i = 0; i < life.Said.Length; i++)
        {
            var talk = life.Talks[life.Said[i].Conversation];
            theirs.Add(((long)talk.Person << 32) | (uint)i);
            if (talk.Organization >= 0) theirs.Add(((long)talk.Organization << 32) | (uint)i);
        }
        theirs.Sort();
        foreach (var one in theirs)
        {
            var (party, number) = ((int)(one >> 32), (int)one);
            var part = party < society.Organizations ? Part.Organization : life.Said[number].Direction == Direction.Inbound ? Part.From : Part.To;
            yield return Took(society.IdOf(party), number, part);
        }
        var byMember = Enumerable.Range(0, life.Said.Length).ToLookup(i => life.Talks[life.Said[i].Conversation].Member);
        foreach (var member in Enumerable.Range(0, members.Count).OrderBy(m => members[m].Person.Value))
            foreach (var number in byMember[member]) yield return Took(members[member].Person, number, life.Said[number].Direction == Direction.Inbound ? Part.To : Part.From);
    }

    /// <summary>One promise in so many things said; those still open are the young ones.</summary>
    public IEnumerable<Commitment> Commitments()
    {
        for (var number = Math.Min(7, plan.PromiseEvery - 1); number < life.Said.Length; number += plan.PromiseEvery)
            if (life.Talks[life.Said[number].Conversation] is { Automatic: false } talk) yield return Commitment(number, talk);
    }

    public static IEnumerable<CommitmentEvent> Story(Commitment of)
    {
        yield return new() { Commitment = of.Id, Place = 1, Deed = CommitmentDeed.Made, At = of.SaidAt, By = of.Owner, DueEnd = of.DueEnd };
        if (of.ClosedAt is { } closed) yield return new() { Commitment = of.Id, Place = 2, Deed = of.State == CommitmentState.Broken ? CommitmentDeed.Broken : CommitmentDeed.Kept, At = closed, By = of.Owner, DueEnd = of.DueEnd };
    }

    /// <summary>One in eight of those that stand takes two steps, the first of which is late in half of them.</summary>
    public static IEnumerable<Step> Steps(Commitment of)
    {
        var dice = Chance.Of(Matter.Step, of.SaidIn!.Value.Value);
        if (!of.IsOpen || !dice.Chance(0.125)) yield break;
        yield return new() { Commitment = of.Id, Place = 1, Words = "Ask the workshop", DueEnd = of.SaidAt.AddDays(dice.Chance(0.5) ? 1 : 20), DueWords = "in a few days" };
        yield return new() { Commitment = of.Id, Place = 2, Words = "Write it up" };
    }

    public SearchDocument Document(Talk talk) => new(new(SearchKind.Conversation, talk.Id.Value), SubjectOf(talk), "", [], 0, OnlyFor(talk));

    public static SearchDocument Document(Commitment commitment) => new(new(SearchKind.Commitment, commitment.Id.Value), commitment.Words, "", []);

    private Commitment Commitment(int number, Talk talk)
    {
        var (dice, at) = (Chance.Of(Matter.Commitment, number), life.At(number));
        var due = at.AddDays(dice.Between(1, 14));
        var dated = dice.Chance(0.95);
        var (with, customer) = (society.IdOf(talk.Person), society.IdOf(talk.Organization >= 0 ? talk.Organization : talk.Person));
        var side = dice.Chance(0.75) ? Side.OursToThem : Side.TheirsToUs;
        var made = Rapport.Commitments.Commitment.Make(new(Chance.Id(Matter.Commitment, number, at)), new(side, Prose.Promise(dice), with, dated ? new Due(due, due, DuePrecision.Day, "in a few days") : null, new InteractionId(life.Said[number].Key)), customer, members[talk.Member].Id, at);
        if (dice.Chance(0.05)) made.NameForEscalation(members[(talk.Member + 1) % members.Count].Id);
        // Past due by five working days and more, the product would break it itself.
        if (due > plan.Until || due > plan.Until.AddDays(-6) && dice.Chance(0.3)) return made;
        _ = dice.Below(20) switch
        {
            < 15 => made.Keep(Proof.OnMyWord, due.AddHours(-dice.Between(1, 20))),
            < 18 => made.Keep(Proof.OnMyWord, due.AddHours(dice.Between(1, 90))),
            18 => made.Break(due.AddDays(7)),
            _ => made.Release(due),
        };
        return made;
    }

    private Participant Took(PartyId party, int number, Part part) =>
        new() { Party = party, Interaction = new(life.Said[number].Key), Part = part, Counts = !life.Talks[life.Said[number].Conversation].Automatic };

    private static string SubjectOf(Talk talk) => Prose.Subject(Chance.Of(Matter.Conversation, talk.Number));

    private MemberId? OnlyFor(Talk talk) => talk.Private ? members[talk.Member].Id : null;
}
