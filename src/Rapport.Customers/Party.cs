using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Customers;

/// <summary>A person or an organisation.</summary>
public readonly record struct PartyId(Guid Value) : IId<PartyId>
{
    /// <inheritdoc/>
    public static PartyId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    /// <summary>Made earlier, or by tie-break; lists go on behind an id.</summary>
    public static bool operator <(PartyId left, PartyId right) => left.Value < right.Value;
    /// <summary>Made later, or by tie-break.</summary>
    public static bool operator >(PartyId left, PartyId right) => left.Value > right.Value;
}

/// <summary>The answer to "Who is it?": what a party is to us, in one word. Given by a person, or known from the start for one of us.</summary>
public enum Who
{
    /// <summary>Nobody has said yet: listed under "Who is it?" once they wrote to us.</summary>
    Unknown,
    /// <summary>Buys from us, or uses what somebody buys from us.</summary>
    Customer,
    /// <summary>May buy one day.</summary>
    PotentialCustomer,
    /// <summary>We buy from them.</summary>
    Supplier,
    /// <summary>No business of the organisation's.</summary>
    Private,
    /// <summary>No human: a notification, a newsletter, a ticket system.</summary>
    Robot,
    /// <summary>One of us: a member, a colleague, a unit of ours.</summary>
    OneOfUs,
}

/// <summary>Somebody: a person or an organisation. Names are kept as they were given, in any script.</summary>
public abstract class Party : IVersioned
{
    /// <summary>The longest name that is kept, in UTF-16 code units.</summary>
    public const int LongestName = 300;

    /// <summary>How many former names are remembered.</summary>
    public const int MostFormerNames = 20;

    /// <summary>For every kind of party.</summary>
    public PartyId Id { get; init; }
    /// <summary>As given.</summary>
    public string Name { get; private set; } = "";
    /// <summary>Folded, for sorting and comparing.</summary>
    public string SortName { get; private set; } = "";
    /// <summary>What they are to us.</summary>
    public Who Who { get; set; }
    /// <summary>What we wrote down about them in general.</summary>
    public string? Note { get; set; }
    /// <summary>BCP 47 tag of the language they like to be spoken to; null when unknown.</summary>
    public string? Language { get; set; }
    /// <summary>IANA zone they are in; null for ours.</summary>
    public string? Zone { get; set; }
    /// <summary>Their id in the system they were imported from.</summary>
    public string? ExternalKey { get; set; }
    /// <summary>When they came into Rapport.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>The last human interaction with them, in either direction; null before the first.</summary>
    public DateTimeOffset? LastContactAt { get; set; }
    /// <summary>Set when nobody wants to see them in lists any more.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }
    /// <summary>The party this one was found to be the same as.</summary>
    public PartyId? MergedInto { get; set; }
    /// <summary>Names they had before, newest first: who remembers an old one still finds them.</summary>
    public List<string> FormerNames { get; private set; } = [];
    /// <summary>Standing of their relationship with us; null without one. Like the next four a copy that lists sort and filter by, set by <see cref="Show"/> alone.</summary>
    public Standing? Standing { get; private set; }
    /// <summary>Tier of that relationship.</summary>
    public Tier Tier { get; private set; }
    /// <summary>Who answers for that relationship.</summary>
    public MemberId? Owner { get; private set; }
    /// <summary>Whether they pay.</summary>
    public bool Pays { get; private set; }
    /// <summary>Their place among customers, see <see cref="CustomerRank"/>.</summary>
    public int Rank { get; private set; } = CustomerRank.Last;
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>Gives the name, as it was given to us. The one they had before is remembered.</summary>
    public void Rename(string name)
    {
        if (Name.Length > 0 && Name != name) FormerNames = [Name, .. FormerNames.Where(n => n != Name && n != name).Take(MostFormerNames - 1)];
        Name = name;
        SortName = SortKey(name);
    }

    /// <summary>Gives back the name, and the ones before it, that an import had changed.</summary>
    internal void GiveBack(string name, List<string> former) => (Name, SortName, FormerNames) = (name, SortKey(name), former);

    /// <summary>Gives somebody new their name, of which it is known already what it sorts by.</summary>
    internal void GiveName(string name, string sortName) => (Name, SortName) = (name, sortName);

    /// <summary>Shows the relationship in lists; null when there is none any more.</summary>
    public void Show(Relationship? relationship)
    {
        (Standing, Owner) = (relationship?.Standing, relationship?.Owner);
        (Tier, Pays) = (relationship?.Tier ?? Tier.None, relationship?.Primary ?? false);
        Rank = relationship is null ? CustomerRank.Last : CustomerRank.Of(relationship.Tier, relationship.Primary);
    }

    /// <summary>What a name sorts and compares by.</summary>
    protected virtual string SortKey(string name) => TextFold.Fold(name);
}

/// <summary>A human being, or, until somebody says so, what looks like one.</summary>
public sealed class Person : Party
{
    /// <summary>Given name where it is known apart.</summary>
    public string? GivenName { get; set; }
    /// <summary>Family name where it is known apart.</summary>
    public string? FamilyName { get; set; }
    /// <summary>The member they sign in as, for our own people.</summary>
    public MemberId? Member { get; set; }
    /// <summary>The channel they asked for; null when they never said.</summary>
    public ContactKind? Prefers { get; set; }
    /// <summary>When they first wrote to us, for those who came by mail; null for those entered or imported.</summary>
    public DateTimeOffset? FirstWroteAt { get; set; }
    /// <summary>How many messages of theirs came before anybody said who they are.</summary>
    public int MessagesBeforeJudged { get; set; }

    /// <summary>Gives the name that a mail says. What they were called until then, after their address alone, was no name of theirs.</summary>
    public void Introduce(PersonName name)
    {
        var said = name.Original.Length > LongestName ? name.Original[..LongestName] : name.Original;
        GiveName(said, SortKey(said));
        (GivenName, FamilyName) = (name.Given.Length == 0 ? null : name.Given, name.Family.Length == 0 ? null : name.Family);
    }

    /// <summary>What a person of that name sorts and compares by.</summary>
    internal static string SortNameOf(string name) => PersonNames.Read(name).SortKey is { Length: > 0 } key ? key : TextFold.Fold(name);

    /// <inheritdoc/>
    protected override string SortKey(string name) => SortNameOf(name);
}

/// <summary>A company, agency or household, or a unit inside one.</summary>
public sealed class Organization : Party
{
    /// <summary>The organisation this is a unit of; null for a whole one.</summary>
    public PartyId? Parent { get; set; }
}

/// <summary>A mail domain that is an organisation's. Those of free-mail providers never are; units may share one with the whole.</summary>
public sealed class MailDomain
{
    /// <summary>Lower case, in its ASCII form.</summary>
    public string Domain { get; init; } = "";
    /// <summary>Whose it is.</summary>
    public PartyId Organization { get; set; }
}

/// <summary>Who comes first among customers: the higher tier, and within a tier who pays.</summary>
public static class CustomerRank
{
    /// <summary>The rank of parties without a relationship.</summary>
    public const int Last = 9;

    /// <summary>1 for tier A that pays, 2 for tier A, ... 7 and 8 without a tier.</summary>
    public static int Of(Tier tier, bool pays) => (pays ? 1 : 2) + 2 * tier switch { Tier.A => 0, Tier.B => 1, Tier.C => 2, Tier.None => 3 };
}
