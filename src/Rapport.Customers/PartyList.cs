using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Customers;

#pragma warning disable CA1309 // Both databases compare sort names by their code units; EF translates only the short form.

/// <summary>What kind of party.</summary>
public enum PartyKind
{
    /// <summary>A human being.</summary>
    Person,
    /// <summary>A company, agency, household, or a unit of one.</summary>
    Organization,
}

/// <summary>What a list of parties is sorted by. Where two would tie, who pays comes first.</summary>
public enum PartySort
{
    /// <summary>A to Z, people by family name.</summary>
    Name,
    /// <summary>The latest contact first, those never met last.</summary>
    LastContact,
    /// <summary>Tier A first, within a tier who pays.</summary>
    Tier,
}

/// <summary>Which parties a list holds. Nothing set: everybody but robots, private people and those of us whom nobody serves.</summary>
/// <param name="Kind">Only persons or only organisations.</param>
/// <param name="Standing">Only of this standing.</param>
/// <param name="Tier">Only of this tier.</param>
/// <param name="Owner">Only those this member answers for.</param>
/// <param name="Nobody">Only those in a relationship that nobody answers for.</param>
/// <param name="Pays">Only those who pay, or only those who do not.</param>
/// <param name="Internal">Only ours, or only others.</param>
/// <param name="Who">Only those somebody said this of.</param>
/// <param name="Archived">Only those put away, instead of all others.</param>
/// <param name="Name">Only those whose name begins so, given or family name first.</param>
public sealed record PartyFilter(
    PartyKind? Kind = null, Standing? Standing = null, Tier? Tier = null, MemberId? Owner = null, bool Nobody = false, bool? Pays = null, bool? Internal = null,
    Who? Who = null, bool Archived = false, string? Name = null);

/// <summary>The list of customers, a stretch at a time over an index, as fast at its end as at its beginning.</summary>
public sealed class PartyList(RapportDb db, PartyRows rows)
{
    /// <summary>The stretch behind a cursor; a cursor of another order begins anew.</summary>
    public async Task<Page<PartyRow>> ListAsync(PartyFilter filter, PartySort sort, string? after, int size, CancellationToken ct)
    {
        size = Math.Clamp(size, 1, Page<PartyRow>.Most);
        var from = Cursor.Parse(after, 4) is { } cursor && cursor.Values[0] == sort.ToString() ? Place.Read(cursor) : null;
        var found = new List<Party>();
        foreach (var stage in Stages(db.PartiesIn(filter), filter, sort, from))
        {
            found.AddRange(await stage.Take(size + 1 - found.Count).AsNoTracking().ToListAsync(ct));
            if (found.Count > size) break;
        }
        var next = found.Count > size ? Place.Of(found[size - 1], sort).ToString() : null;
        return new(await rows.OfAsync(found.Take(size), ct), next);
    }

    /// <summary>The list in one or several runs over an index, of which each can begin behind a place.</summary>
    private static IEnumerable<IQueryable<Party>> Stages(IQueryable<Party> parties, PartyFilter filter, PartySort sort, Place? from) => sort switch
    {
        PartySort.Name => [ByName(parties, from)],
        PartySort.LastContact => ByLastContact(parties, from),
        PartySort.Tier => Ranks(filter).Where(rank => from is null || rank >= from.Rank).Select(rank => ByNameWithin(parties.Where(p => p.Rank == rank), from?.Rank == rank ? from : null)),
    };

    private static IEnumerable<int> Ranks(PartyFilter filter) =>
        filter.Tier is { } tier ? [CustomerRank.Of(tier, true), CustomerRank.Of(tier, false)] : Enumerable.Range(1, CustomerRank.Last);

    // The first condition alone lets the database begin in the middle of the index; the others are for ties.
    private static IQueryable<Party> ByName(IQueryable<Party> parties, Place? from)
    {
        if (from is { Name: var name, Rank: var rank, Id: var id })
            parties = parties.Where(p => string.Compare(p.SortName, name) >= 0 && (string.Compare(p.SortName, name) > 0 || p.Rank > rank || p.Rank == rank && p.Id > id));
        return parties.OrderBy(p => p.SortName).ThenBy(p => p.Rank).ThenBy(p => p.Id);
    }

    private static IQueryable<Party> ByNameWithin(IQueryable<Party> parties, Place? from)
    {
        if (from is { Name: var name, Id: var id })
            parties = parties.Where(p => string.Compare(p.SortName, name) >= 0 && (string.Compare(p.SortName, name) > 0 || p.Id > id));
        return parties.OrderBy(p => p.SortName).ThenBy(p => p.Id);
    }

    private static IEnumerable<IQueryable<Party>> ByLastContact(IQueryable<Party> parties, Place? from)
    {
        if (from is null or { At: not null })
        {
            var met = parties.Where(p => p.LastContactAt != null);
            if (from is { At: { } at, Rank: var rank, Id: var id })
                met = met.Where(p => p.LastContactAt <= at && (p.LastContactAt < at || p.Rank > rank || p.Rank == rank && p.Id > id));
            yield return met.OrderByDescending(p => p.LastContactAt).ThenBy(p => p.Rank).ThenBy(p => p.Id);
        }
        // Null sorts first in one database and last in the other, so those never met are a run of their own.
        var never = parties.Where(p => p.LastContactAt == null);
        if (from is { At: null, Rank: var last, Id: var behind }) never = never.Where(p => p.Rank >= last && (p.Rank > last || p.Id > behind));
        yield return never.OrderBy(p => p.Rank).ThenBy(p => p.Id);
    }

    private sealed record Place(PartySort Sort, string Name, DateTimeOffset? At, int Rank, PartyId Id)
    {
        public static Place Of(Party party, PartySort sort) => new(sort, party.SortName, party.LastContactAt, party.Rank, party.Id);

        public override string ToString() => new Cursor(
            Sort.ToString(), Sort == PartySort.LastContact ? At?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "" : Name, Rank.ToString(CultureInfo.InvariantCulture), Id.ToString()).ToString();

        public static Place? Read(Cursor cursor)
        {
            var sort = Enum.Parse<PartySort>(cursor.Values[0]);
            if (!int.TryParse(cursor.Values[2], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) || !IId<PartyId>.TryParse(cursor.Values[3], null, out var id)) return null;
            if (sort != PartySort.LastContact) return new(sort, cursor.Values[1], null, rank, id);
            if (cursor.Values[1].Length == 0) return new(sort, "", null, rank, id);
            return long.TryParse(cursor.Values[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
                ? new(sort, "", new DateTimeOffset(ticks, TimeSpan.Zero), rank, id) : null;
        }
    }
}
