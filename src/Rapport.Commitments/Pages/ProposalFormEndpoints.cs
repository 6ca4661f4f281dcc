using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Design;
using Rapport.Members;

namespace Rapport.Commitments.Pages;

/// <summary>One-click deeds of the pages of proposals.</summary>
internal static class ProposalFormEndpoints
{
    private const string List = "/commitments/proposed";

    public static void MapProposalForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/do/proposals").ExcludeFromDescription().RequireAuthorization(Policies.Write);
        forms.MapPost("/{id}/accepted", AcceptedAsync);
        forms.MapPost("/{id}/dismissed", DismissedAsync);
        forms.MapPost("/{id}/reopened", ReopenedAsync);
        forms.MapPost("/chosen", ChosenAsync);
        routes.MapPost("/do/promises/links", LinksAsync).ExcludeFromDescription().RequireAuthorization(Policies.Administer);
        routes.MapPost("/do/proposals/forgotten", ForgottenAsync).ExcludeFromDescription().RequireAuthorization(Policies.Administer);
    }

    private static async Task<IResult> AcceptedAsync(ProposalId id, HttpContext http, DecideProposal decide, CancellationToken ct) =>
        Back(http, id, (await decide.AcceptAsync(id, http.Actor(), ct)).Refusal, "It is a commitment now, and yours.");

    private static async Task<IResult> DismissedAsync(ProposalId id, HttpContext http, DecideProposal decide, CancellationToken ct) =>
        Back(http, id, await decide.DismissAsync(id, http.Actor(), ct), "Dismissed.");

    private static async Task<IResult> ReopenedAsync(ProposalId id, HttpContext http, DecideProposal decide, CancellationToken ct) =>
        ReturnTo.Redirect(http, List, (await decide.TakeBackAsync(id, http.Actor(), ct))?.Message ?? "It is proposed again.");

    private static async Task<IResult> ChosenAsync([FromForm] string? deed, HttpContext http, DecideProposal decide, CancellationToken ct)
    {
        if (deed is not ("accept" or "dismiss")) return ReturnTo.Redirect(http, List, "Say what to do with what you chose: accept it, or dismiss it.");
        ProposalId[] ids = [.. http.Request.Form["id"].Select(text => IId<ProposalId>.TryParse(text, null, out var id) ? id : (ProposalId?)null).OfType<ProposalId>()];
        var decided = await decide.SeveralAsync(ids, deed == "accept", http.Actor(), ct);
        if (!decided.Succeeded(out var count, out var refusal)) return ReturnTo.Redirect(http, List, refusal.Message);
        return ReturnTo.Redirect(http, List, count == 0 ? "Choose at least one that nobody has decided." : deed == "accept" ? $"{count} accepted, and yours." : $"{count} dismissed.");
    }

    private static async Task<IResult> LinksAsync([FromForm] bool wanted, HttpContext http, WantLinksInMail links, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/settings/promises", (await links.RunAsync(wanted, http.Actor(), ct))?.Message ?? (wanted ? "Mail about a promise carries the link." : "Mail about a promise carries no link."));

    private static async Task<IResult> ForgottenAsync(HttpContext http, LearnedHere learned, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/settings/promises", (await learned.ForgetAsync(http.Actor(), ct))?.Message ?? "Forgotten.");

    private static IResult Back(HttpContext http, ProposalId id, Refusal? refusal, string said) =>
        ReturnTo.Redirect(http, List, refusal?.Message ?? said, refusal is null ? $"/do/proposals/{id}/reopened" : null);
}
