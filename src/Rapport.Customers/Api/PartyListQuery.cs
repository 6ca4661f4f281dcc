using Microsoft.AspNetCore.Mvc;
using Rapport.Kernel.Web;

namespace Rapport.Customers.Api;

/// <summary>A list of parties as a URL says it, the same on the page and in the API.</summary>
internal sealed class PartyListQuery
{
    [FromQuery(Name = "kind")] public string? Kind { get; init; }
    [FromQuery(Name = "standing")] public string? Standing { get; init; }
    [FromQuery(Name = "tier")] public string? Tier { get; init; }
    /// <summary>An id, <c>me</c> or <c>nobody</c>.</summary>
    [FromQuery(Name = "owner")] public string? Owner { get; init; }
    [FromQuery(Name = "pays")] public bool? Pays { get; init; }
    [FromQuery(Name = "internal")] public bool? Internal { get; init; }
    [FromQuery(Name = "who")] public string? Who { get; init; }
    [FromQuery(Name = "archived")] public bool? Archived { get; init; }
    [FromQuery(Name = "name")] public string? Name { get; init; }
    [FromQuery(Name = "sort")] public string? Sort { get; init; }
    [FromQuery(Name = "after")] public string? After { get; init; }
    [FromQuery(Name = "size")] public int? Size { get; init; }

    public Result<PartyFilter> Filter(Actor by)
    {
        MemberId? owner = null;
        if (Owner == "me") owner = by.Id;
        else if (!string.IsNullOrEmpty(Owner) && Owner != "nobody")
        {
            if (!IId<MemberId>.TryParse(Owner, null, out var id)) return Refusal.Invalid("owner.unreadable", "Write me, nobody or the id of a member.", "owner");
            owner = id;
        }
        if ((Words.Unknown<PartyKind>(Kind, "kind") ?? Words.Unknown<Standing>(Standing, "standing") ?? Words.Unknown<Tier>(Tier, "tier") ?? Words.Unknown<Who>(Who, "who") ?? Words.Unknown<PartySort>(Sort, "sort")) is { } refusal) return refusal;
        var name = string.IsNullOrWhiteSpace(Name) ? null : Name.Length > Party.LongestName ? Name[..Party.LongestName] : Name;
        return new PartyFilter(Words.Of<PartyKind>(Kind), Words.Of<Standing>(Standing), Words.Of<Tier>(Tier), owner, Owner == "nobody", Pays, Internal, Words.Of<Who>(Who), Archived == true, name);
    }

    /// <summary>The order; by name when none is given.</summary>
    public PartySort Order => Words.Of<PartySort>(Sort) ?? PartySort.Name;
}
