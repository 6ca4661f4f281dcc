using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel.Search;

namespace Rapport.Bench;

/// <summary>The records of who there is.</summary>
internal sealed class People
{
    private readonly Plan plan;
    private readonly Society society;
    private readonly Life life;
    private readonly IReadOnlyList<OurMember> members;
    private readonly int[] firstOf, said, wrote;

    public People(Plan plan, Society society, Life life, IReadOnlyList<OurMember> members)
    {
        (this.plan, this.society, this.life, this.members) = (plan, society, life, members);
        (firstOf, said, wrote) = ByParty();
    }

    public Organization Organization(int party)
    {
        var made = new Organization { Id = society.IdOf(party), CreatedAt = society.CreatedAt(party), Who = society.WhoIs(party), LastContactAt = LastContactAt(party) };
        made.Rename(Society.Organization(party).Name);
        if (party < society.Customers) made.Show(Relationship(party));
        return made;
    }

    public Person Person(int party)
    {
        var (given, family, name, tongue, _) = society.Person(party);
        var unknown = society.WhoIs(party) == Who.Unknown && wrote[party] > 0;
        var made = new Person
        {
            Id = society.IdOf(party), CreatedAt = society.CreatedAt(party), Who = society.WhoIs(party), GivenName = given, FamilyName = family, Language = tongue.Language, LastContactAt = LastContactAt(party),
            FirstWroteAt = unknown ? life.At(said[firstOf[party]]) : null, MessagesBeforeJudged = unknown ? wrote[party] : 0,
        };
        made.Rename(name);
        return made;
    }

    public IEnumerable<ContactPoint> Points(int party)
    {
        if (party >= society.Organizations)
        {
            var address = society.Person(party).Address;
            yield return Point(party, 0, ContactKind.Email, address, address);
        }
        if (Chance.Of(Matter.Person, party).Chance(0.6)) yield return Point(party, 1, ContactKind.Telephone, Society.TelephoneOf(party).Replace(" ", "", StringComparison.Ordinal), Society.TelephoneOf(party));
    }

    public MailDomain Domain(int party) => new() { Domain = Society.Organization(party).Domain, Organization = society.IdOf(party) };

    public Affiliation? Place(int party) => society.PlaceOfPerson(party) is >= 0 and var place
        ? new() { Id = new(Chance.Id(Matter.Pool, party, society.CreatedAt(party))), Person = society.IdOf(party), Organization = society.IdOf(place), Title = TitleOf(party), Level = (Level)(1 + (party % 4)) }
        : null;

    public Relationship Relationship(int customer)
    {
        var dice = Chance.Of(Matter.Relationship, customer);
        var owner = Society.OwnerOf(customer);
        return new()
        {
            Id = RelationshipOf(customer), Provider = OurOrganization.Id, Customer = society.IdOf(customer), CreatedAt = society.CreatedAt(customer), Owner = owner < 0 ? null : members[owner].Id,
            Tier = customer < society.Customers / 100 ? Tier.A : customer < society.Customers / 20 ? Tier.B : dice.Chance(0.3) ? Tier.C : Tier.None,
            Primary = dice.Chance(0.5), Standing = dice.Below(10) switch { < 6 => Standing.Customer, < 8 => Standing.PotentialCustomer, 8 => Standing.Unqualified, _ => Standing.Former },
        };
    }

    public IEnumerable<Judgement> Judgements(int customer)
    {
        var relationship = Relationship(customer);
        foreach (var kind in new[] { JudgementKind.Authority, JudgementKind.Means, JudgementKind.Intention })
        {
            if (relationship.Standing == Standing.Unqualified && kind != JudgementKind.Authority) continue;
            var answer = relationship.Standing == Standing.PotentialCustomer && kind == JudgementKind.Intention ? Answer.Unknown : Answer.Yes;
            yield return new() { Id = new(Chance.Id(Matter.Relationship, (4L * customer) + (long)kind, plan.Since.AddMilliseconds(customer))), Relationship = relationship.Id, Kind = kind, Answer = answer, Evidence = "They signed an order.", By = members[0].Id, At = plan.Until.AddDays(-(customer % 700)) };
        }
    }

    public Rhythm? Rhythm(int party)
    {
        var contacts = SaidWith(party);
        if (contacts.Length == 0) return null;
        var rhythm = new Rhythm { Party = society.IdOf(party), Owner = party < society.Customers ? Relationship(party).Owner : null };
        rhythm.BelongTo(party >= society.Organizations && society.PlaceOfPerson(party) >= 0);
        rhythm.Learn(RhythmRule.Of(contacts[^Math.Min(1000, contacts.Length)..].ToArray().Reverse().Select(life.At)));
        return rhythm;
    }

    /// <summary>How a party is found, as the product itself indexes it.</summary>
    public SearchDocument Document(int party)
    {
        if (party < society.Organizations) return PartyDocuments.Of(Organization(party), [.. Points(party)], [], [Society.Organization(party).Domain], null);
        var place = society.PlaceOfPerson(party);
        return PartyDocuments.Of(Person(party), [.. Points(party)], place < 0 ? [] : [(TitleOf(party), Organization(place))], [], null);
    }

    private static string TitleOf(int party) => (party % 7) switch { 0 => "Buyer", 1 => "Head of Purchasing", 2 => "Engineer", 3 => "Managing Director", 4 => "Site Manager", 5 => "Clerk", _ => "Planner" };

    private RelationshipId RelationshipOf(int customer) => new(Chance.Id(Matter.Relationship, customer, society.CreatedAt(customer)));

    private ContactPoint Point(int party, int place, ContactKind kind, string value, string given) => new()
    {
        Id = new(Chance.Id(Matter.Row, (2L * party) + place, society.CreatedAt(party))), Party = society.IdOf(party), Kind = kind, Value = value, Given = given, Domain = kind == ContactKind.Email ? value[(value.IndexOf('@') + 1)..] : null,
    };

    private ReadOnlySpan<int> SaidWith(int party) => said.AsSpan(firstOf[party], firstOf[party + 1] - firstOf[party]);

    private DateTimeOffset? LastContactAt(int party) => SaidWith(party) is { Length: > 0 } all ? life.At(all[^1]) : null;

    // What was said with each party, in the order it was said; robots do not count.
    private (int[] First, int[] Said, int[] Wrote) ByParty()
    {
        var (first, wrote) = (new int[plan.Parties + 1], new int[plan.Parties]);
        foreach (var (party, number) in Contacts())
        {
            first[party + 1]++;
            if (life.Said[number].Direction == Direction.Inbound) wrote[party]++;
        }
        for (var i = 0; i < plan.Parties; i++) first[i + 1] += first[i];
        var (next, all) = (first.AsSpan(0, plan.Parties).ToArray(), new int[first[^1]]);
        foreach (var (party, number) in Contacts()) all[next[party]++] = number;
        return (first, all, wrote);
    }

    private IEnumerable<(int Party, int Number)> Contacts()
    {
        for (var i = 0; i < life.Said.Length; i++)
        {
            var talk = life.Talks[life.Said[i].Conversation];
            if (talk.Automatic) continue;
            yield return (talk.Person, i);
            if (talk.Organization >= 0) yield return (talk.Organization, i);
        }
    }
}
