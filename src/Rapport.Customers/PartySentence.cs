using System.Globalization;

namespace Rapport.Customers;

/// <summary>What a party is to us, in one sentence.</summary>
public static class PartySentence
{
    /// <summary>"External customer since 2023, pays, tier A, looked after by Ada Example."</summary>
    public static string Of(PartyDetail party)
    {
        if (party.Id == OurOrganization.Id) return "This is us.";
        var own = party.Relationship;
        var place = party.Kind == PartyKind.Person ? party.Affiliations.FirstOrDefault(a => !a.Ended) : null;
        var at = place is null ? null : place.Title is null ? place.Name : $"{place.Title}, {place.Name}";
        if (own is null) return Sentence(at is null ? [Plain(party)] : [at, Plain(party)]);
        return own.Customer == party.Id ? Sentence([.. at is null ? [] : new[] { at }, .. Words(own)]) : Sentence([at ?? own.CustomerName, .. Words(own)]);
    }

    /// <summary>"German" for de; the tag itself where it names no language known here.</summary>
    public static string Language(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }

    /// <summary>The standing as people say it.</summary>
    public static string Word(Standing standing) => standing switch
    {
        Standing.Customer => "customer",
        Standing.PotentialCustomer => "potential customer",
        Standing.Unqualified => "not yet qualified",
        Standing.NotACustomer => "not a customer",
        Standing.Former => "former customer",
    };

    /// <summary>What somebody is to us, as people say it.</summary>
    public static string Word(Who who) => who switch
    {
        Who.Unknown => "nobody has said who they are",
        Who.Customer => "customer",
        Who.PotentialCustomer => "potential customer",
        Who.Supplier => "supplier",
        Who.Private => "private",
        Who.Robot => "a robot",
        Who.OneOfUs => "one of us",
    };

    private static string Plain(PartyDetail party) =>
        party.Who == Who.OneOfUs && party.Kind == PartyKind.Organization ? party.Parent is { } parent ? $"unit of {parent.Name}" : "one of us" : Word(party.Who);

    private static IEnumerable<string> Words(RelationshipRow r)
    {
        var side = r.Standing is Standing.NotACustomer ? "" : r.Internal ? "internal " : "external ";
        var since = (r.Since, r.Until) switch
        {
            ({ } from, { } until) => $" {from.Year.ToString(CultureInfo.InvariantCulture)}–{until.Year.ToString(CultureInfo.InvariantCulture)}",
            ({ } from, null) => $" since {from.Year.ToString(CultureInfo.InvariantCulture)}",
            (null, { } until) => $" until {until.Year.ToString(CultureInfo.InvariantCulture)}",
            (null, null) => "",
        };
        yield return (r.Standing == Standing.Unqualified ? $"{side}contact{since}, not yet qualified" : side + Word(r.Standing) + since);
        if (r.Primary) yield return "pays";
        else if (r.PayerName is not null) yield return $"{r.PayerName} pays";
        if (r.Tier != Tier.None) yield return $"tier {r.Tier}";
        if (r.OwnerName is not null) yield return $"looked after by {r.OwnerName}";
        else if (r.Standing is Standing.Customer or Standing.PotentialCustomer) yield return "looked after by nobody yet";
        if (r.Provider != OurOrganization.Id) yield return $"served by {r.ProviderName}";
    }

    private static string Sentence(IEnumerable<string> parts)
    {
        var text = string.Join(", ", parts);
        return text.Length == 0 ? "" : char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..] + ".";
    }
}
