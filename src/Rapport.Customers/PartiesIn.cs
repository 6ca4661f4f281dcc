using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Customers;

#pragma warning disable CA1309 // Both databases compare sort names by their code units; EF translates only the short form.

/// <summary>What a filter of the customers' list means, for the list and for whoever chooses people by it.</summary>
public static class FilteredParties
{
    /// <summary>The parties that a filter of the customers' list holds, in no order.</summary>
    public static IQueryable<Party> PartiesIn(this RapportDb db, PartyFilter filter)
    {
        var parties = filter.Archived ? db.Parties().Where(p => p.ArchivedAt != null) : db.Parties().Where(p => p.ArchivedAt == null);
        if (filter.Kind is { } kind) parties = kind == PartyKind.Person ? parties.Where(p => p is Person) : parties.Where(p => p is Organization);
        if (filter.Standing is { } standing) parties = parties.Where(p => p.Standing == standing);
        if (filter.Tier is { } tier) parties = parties.Where(p => p.Tier == tier && p.Standing != null);
        if (filter.Owner is { } owner) parties = parties.Where(p => p.Owner == owner);
        if (filter.Nobody) parties = parties.Where(p => p.Owner == null && p.Standing != null && p.Standing != Standing.NotACustomer && p.Standing != Standing.Former);
        if (filter.Pays is { } pays) parties = parties.Where(p => p.Pays == pays);
        if (filter.Internal is { } ours) parties = ours ? parties.Where(p => p.Who == Who.OneOfUs) : parties.Where(p => p.Who != Who.OneOfUs);
        if (filter.Who is { } who) parties = parties.Where(p => p.Who == who);
        else if (filter.Internal is null) parties = parties.Where(p => p.Who != Who.Robot && p.Who != Who.Private && (p.Who != Who.OneOfUs || p.Standing != null));
        return string.IsNullOrWhiteSpace(filter.Name) ? parties : Named(parties, filter.Name);
    }

    private static IQueryable<Party> Named(IQueryable<Party> parties, string name)
    {
        var (typed, turned) = (TextFold.Fold(name.Trim()), PersonNames.Read(name).SortKey);
        var (typedEnd, turnedEnd) = (typed + Last, turned + Last);
        return turned.Length == 0 || turned == typed
            ? parties.Where(p => string.Compare(p.SortName, typed) >= 0 && string.Compare(p.SortName, typedEnd) < 0)
            : parties.Where(p => string.Compare(p.SortName, typed) >= 0 && string.Compare(p.SortName, typedEnd) < 0
                || string.Compare(p.SortName, turned) >= 0 && string.Compare(p.SortName, turnedEnd) < 0);
    }

    // The greatest character there is: everything that begins with a prefix sorts before the prefix with it.
    private const string Last = "\U0010FFFF";
}
