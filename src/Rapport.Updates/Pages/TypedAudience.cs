using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Rapport.Commitments;
using Rapport.Commitments.Pages;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Updates.Pages;

/// <summary>Whom a notice is for, as its form says it: a filter, those chosen so far, and one more by name.</summary>
public sealed class TypedAudience
{
    /// <summary>A tier; empty for any.</summary>
    public string? Tier { get; set; }
    /// <summary>A standing; empty for any.</summary>
    public string? Standing { get; set; }
    /// <summary>A member; empty for anybody.</summary>
    public string? Owner { get; set; }
    /// <summary>"true" for those who pay, "false" for those who do not.</summary>
    public string? Pays { get; set; }
    /// <summary>An organisation; empty for any.</summary>
    public string? At { get; set; }

    internal string? AtName { get; private set; }
    internal Picked? AtPicked { get; private set; }
    internal Picked? With { get; private set; }
    internal IReadOnlyList<(PartyId Id, string Name)> Chosen { get; private set; } = [];

    internal Audience Audience => new()
    {
        Tier = Words.Of<Tier>(Tier), Standing = Words.Of<Standing>(Standing), Owner = IId<MemberId>.TryParse(Owner, null, out var owner) ? owner : null,
        Pays = bool.TryParse(Pays, out var pays) ? pays : null, Organization = IId<PartyId>.TryParse(At, null, out var organization) ? organization : null, People = [.. Chosen.Select(c => c.Id)],
    };

    /// <summary>What was sent, with the names that belong to it; who was typed one by one is chosen when it is clear who is meant.</summary>
    internal async Task ReadAsync(HttpContext http, RapportDb db, PickParty pick, Actor by, CancellationToken ct)
    {
        var posted = HttpMethods.IsPost(http.Request.Method);
        var ids = (posted ? http.Request.Form["Input.People"] : http.Request.Query["party"]).Select(text => IId<PartyId>.TryParse(text, null, out var id) ? id : default).Where(id => id != default).ToList();
        if (posted)
        {
            With = await SentAsync(http, "Input.With", null, pick, by, ct);
            if (With?.Party is { } one && !ids.Contains(one)) ids.Add(one);
            AtPicked = await SentAsync(http, "Input.Who.At", PartyKind.Organization, pick, by, ct);
            At = AtPicked?.Party?.ToString();
        }
        Chosen = [.. (await db.Parties().Where(p => EF.Parameter(ids).Contains(p.Id)).OrderBy(p => p.SortName).Select(p => new { p.Id, p.Name }).ToListAsync(ct)).Select(p => (p.Id, p.Name))];
        if (IId<PartyId>.TryParse(At, null, out var at)) AtName = await db.Organizations().Where(o => o.Id == at).Select(o => o.Name).SingleOrDefaultAsync(ct);
    }

    /// <summary>What is not clear of whom was typed; null when all is.</summary>
    internal Refusal? Unclear => With?.Refusal ?? AtPicked?.Refusal;

    private static async Task<Picked?> SentAsync(HttpContext http, string name, PartyKind? only, PickParty pick, Actor by, CancellationToken ct)
    {
        var (id, words) = WithField.Sent(http, name);
        return string.IsNullOrWhiteSpace(id) && string.IsNullOrWhiteSpace(words) ? null : await pick.RunAsync(id, words, "audience", by, ct, only);
    }
}
