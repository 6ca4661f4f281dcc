using Rapport.Conversations;
using Rapport.Demo;

namespace Rapport.Bench;

/// <summary>Something said: numbers only, so that ten million of them fit into memory; the words are imagined when they are written.</summary>
internal readonly record struct Utterance(long Key, int Conversation, Direction Direction, Channel Channel, bool Asks);

/// <summary>A conversation as it stands in the end.</summary>
/// <param name="Organization">The customer it is with; -1 for a person on their own.</param>
/// <param name="Member">Who speaks for us.</param>
/// <param name="Private">It lies in a mailbox that this member never shared.</param>
internal sealed record Talk(int Number, DateTimeOffset OpenedAt, int Person, int Organization, int Member, bool Private, bool Automatic, bool Nobodys)
{
    public int First { get; set; } = -1;
    public int Last { get; set; } = -1;
    public int Count { get; set; }
    public ConversationId Id => new(Chance.Id(Matter.Conversation, Number, OpenedAt));
}

/// <summary>What was said with whom, in the order it was said: several conversations at any time, most short, most of them with a few customers.</summary>
internal sealed class Life
{
    private readonly Plan plan;
    private readonly Society society;
    private readonly Dice dice = Chance.Of(Matter.Life, 0);

    public Life(Plan plan, Society society)
    {
        (this.plan, this.society) = (plan, society);
        Said = new Utterance[plan.Interactions];
        var (open, atOnce) = (new List<(Talk Talk, int Left)>(), Math.Max(8, plan.Interactions / 1500));
        for (var i = 0; i < Said.Length; i++)
        {
            var slot = open.Count < atOnce ? Begin(open, At(i)) : dice.Below(open.Count);
            var (talk, left) = open[slot];
            Said[i] = Say(talk, i);
            if (left > 1) open[slot] = (talk, left - 1);
            else (open[slot], _) = (open[^1], 0);
            if (left <= 1) open.RemoveAt(open.Count - 1);
        }
    }

    public Utterance[] Said { get; }

    public List<Talk> Talks { get; } = [];

    /// <summary>The moment of the utterance of a number: business grows.</summary>
    public DateTimeOffset At(int number) => plan.Since + TimeSpan.FromMicroseconds((plan.Until - plan.Since).TotalMicroseconds * Math.Pow((number + 1.0) / Said.Length, 0.75));

    /// <summary>Whether somebody waits for our answer at the end of a conversation: often while it is fresh, rarely later.</summary>
    public bool Waits(Talk talk)
    {
        var last = Said[talk.Last];
        return !talk.Automatic && last is { Direction: Direction.Inbound, Asks: true }
            && Chance.Of(Matter.Ask, talk.Number).Chance(At(talk.Last) > plan.Until.AddDays(-30) ? 0.6 : 0.02);
    }

    private int Begin(List<(Talk, int)> open, DateTimeOffset at)
    {
        var organization = dice.Chance(0.95) ? dice.Skewed(society.Organizations, 10) : -1;
        var people = organization < 0 ? [] : society.PeopleOf(organization);
        var person = organization < 0 ? society.Organizations + dice.Below(society.Persons) : people[dice.Skewed(people.Length, 8)];
        if (organization < 0) organization = society.PlaceOfPerson(person);
        var owner = organization >= 0 && organization < society.Customers ? Society.OwnerOf(organization) : -1;
        var talk = new Talk(Talks.Count, at, person, organization, owner >= 0 && dice.Chance(0.8) ? owner : dice.Below(Cast.Members), dice.Chance(0.1), dice.Chance(0.03), owner < 0 && dice.Chance(0.2));
        Talks.Add(talk);
        open.Add((talk, 1 + Math.Min(40, (int)(-plan.Length * Math.Log(1 - dice.Fraction())))));
        return open.Count - 1;
    }

    private Utterance Say(Talk talk, int number)
    {
        var channel = talk.Automatic ? Channel.Email : dice.Below(100) switch { < 80 => Channel.Email, < 90 => Channel.Telephone, < 94 => Channel.Meeting, < 97 => Channel.Visit, _ => Channel.Chat };
        var spoken = channel is Channel.Telephone or Channel.Meeting or Channel.Visit;
        var theirs = talk.Count == 0 ? dice.Chance(0.6) : Said[talk.Last].Direction != Direction.Inbound ? dice.Chance(0.75) : dice.Chance(0.25);
        var direction = spoken ? Direction.Mutual : theirs || talk.Automatic ? Direction.Inbound : Direction.Outbound;
        if (talk.First < 0) talk.First = number;
        (talk.Last, talk.Count) = (number, talk.Count + 1);
        return new(Kernel.Moments.Key(At(number), number), talk.Number, direction, channel, !spoken && !talk.Automatic && dice.Chance(0.4));
    }
}
