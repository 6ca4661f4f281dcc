using Microsoft.AspNetCore.Mvc;

namespace Rapport.Customers.Api;

/// <summary>A list of parties as a URL says it, the same on the page and in the API.</summary>
internal sealed class PartyListQuery
{
    [FromQuery(Name = "kind")] public PartyKind? Kind { get; init; }
    [FromQuery(Name = "standing")] public Standing? Standing { get; init; }
    [FromQuery(Name = "tier")] public Tier? Tier { get; init; }
    /// <summary>An id, <c>me</c> or <c>nobody</c>.</summary>
    [FromQuery(Name = "owner")] public string? Owner { get; init; }
    [FromQuery(Name = "pays")] public bool? Pays { get; init; }
    [FromQuery(Name = "internal")] public bool? Internal { get; init; }
    [FromQuery(Name = "who")] public Who? Who { get; init; }
    [FromQuery(Name = "archived")] public bool? Archived { get; init; }
    [FromQuery(Name = "name")] public string? Name { get; init; }
    [FromQuery(Name = "sort")] public PartySort? Sort { get; init; }
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
        return new PartyFilter(Kind, Standing, Tier, owner, Owner == "nobody", Pays, Internal, Who, Archived == true, Name?.Length > Party.LongestName ? Name[..Party.LongestName] : Name);
    }
}
