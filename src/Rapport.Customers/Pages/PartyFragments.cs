using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Customers.Pages;

/// <summary>Bits of HTML that pages ask for while somebody types.</summary>
internal static class PartyFragments
{
    private const int MostSuggested = 8;

    public static void MapPartyFragments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/parties/suggest", SuggestAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        routes.MapGet("/parties/suggest-duplicates", DuplicatesAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
    }

    private static async Task<IResult> SuggestAsync(string? q, string? kind, HttpContext http, PartyQueries parties, CancellationToken ct)
    {
        var found = await parties.SuggestAsync(q ?? "", Words.Of<PartyKind>(kind), MostSuggested, http.Actor(), ct);
        return Html(string.Concat(found.Select(p => $"<div role=\"option\" data-value=\"{p.Id}\" data-label=\"{Encoded(p.Name)}\">{Encoded(p.Name)} <small>{Encoded(Beside(p))}</small></div>")));
    }

    private static async Task<IResult> DuplicatesAsync(HttpContext http, PossibleDuplicates duplicates, CancellationToken ct)
    {
        IId<PartyId>.TryParse(http.Request.Query["except"], null, out var except);
        var found = await duplicates.FindAsync(Asked(http, "name"), Asked(http, "email"), Asked(http, "phone"), except == default ? null : except, ct);
        if (found.Count == 0) return Html("");
        var items = string.Concat(found.Select(d => $"<li><a href=\"/parties/{d.Party.Id}\">{Encoded(d.Party.Name)}</a> <small>{Encoded(Beside(d.Party))}</small> {Encoded(d.Reason)}</li>"));
        return Html($"<p>Is it one of these?</p><ul>{items}</ul>");
    }

    // Forms post their fields with the name of what they fill in before it: Input.Name.
    private static string? Asked(HttpContext http, string field) =>
        http.Request.Query[field] is [{ Length: > 0 } plain, ..] ? plain : http.Request.Query[$"Input.{field}"] is [{ Length: > 0 } prefixed, ..] ? prefixed : null;

    private static string Beside(PartyRow party) => party.Place?.Name ?? (party.Kind == PartyKind.Organization ? "organisation" : "");

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);

    private static IResult Html(string html) => Results.Content(html, "text/html; charset=utf-8");
}
