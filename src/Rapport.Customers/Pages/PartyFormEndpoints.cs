using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Design;
using Rapport.Members;

namespace Rapport.Customers.Pages;

/// <summary>One-click deeds of the pages of customers.</summary>
internal static class PartyFormEndpoints
{
    public static void MapPartyForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/do").ExcludeFromDescription().RequireAuthorization(Policies.Write);
        forms.MapPost("/parties/{id}/archive", ArchiveAsync);
        forms.MapPost("/parties/{id}/restore", RestoreAsync);
        forms.MapPost("/parties/{id}/who", SayWhoAsync);
        forms.MapPost("/mail-domains/{domain}/who", SayWhoOfDomainAsync);
        forms.MapPost("/who-said/{id}/undo", TakeBackAsync);
        forms.MapPost("/parties/{id}/contact-points", AddPointAsync);
        forms.MapPost("/parties/{id}/contact-points/{point}/remove", RemovePointAsync);
        forms.MapPost("/parties/{id}/contact-points/{point}/send-again", SendAgainAsync);
        forms.MapPost("/parties/{id}/contact-points/{point}/send-no-more", SendNoMoreAsync);
        forms.MapPost("/parties/{id}/affiliations/{place}/end", EndPlaceAsync);
        forms.MapPost("/parties/{id}/affiliations/{place}/undo-end", UndoEndPlaceAsync);
        forms.MapPost("/relationships/{id}/judgements", JudgeAsync);
        forms.MapPost("/relationships/{id}/judgements/{judgement}/undo", UndoJudgementAsync);
        forms.MapPost("/parties/{id}/serves", ServesAsync);
        forms.MapPost("/serves-links/{id}/end", EndServesAsync);
        forms.MapPost("/serves-links/{id}/undo-end", UndoEndServesAsync);
    }

    private static async Task<IResult> ArchiveAsync(PartyId id, HttpContext http, ArchiveParty archive, CancellationToken ct) =>
        Back(http, $"/parties/{id}", await archive.RunAsync(id, http.Actor(), ct), "Put away. Lists no longer show them.", $"/do/parties/{id}/restore");

    private static async Task<IResult> RestoreAsync(PartyId id, HttpContext http, RestoreParty restore, CancellationToken ct) =>
        Back(http, $"/parties/{id}", await restore.RunAsync(id, http.Actor(), ct), "Brought back.");

    private static async Task<IResult> SayWhoAsync(PartyId id, [FromForm] Who who, HttpContext http, SayWho say, CancellationToken ct) =>
        Answered(http, $"/parties/{id}", who, await say.RunAsync(id, who, http.Actor(), ct));

    private static async Task<IResult> SayWhoOfDomainAsync(string domain, [FromForm] Who who, HttpContext http, SayWho say, CancellationToken ct) =>
        Answered(http, "/who-is-it", who, await say.OfDomainAsync(domain, who, http.Actor(), ct));

    private static async Task<IResult> TakeBackAsync(WhoSaidId id, HttpContext http, TakeBackWho takeBack, CancellationToken ct) =>
        Back(http, "/who-is-it", await takeBack.RunAsync(id, http.Actor(), ct), "Taken back.");

    private static async Task<IResult> AddPointAsync(PartyId id, [FromForm] ContactKind kind, [FromForm] string? given, [FromForm] string? label, [FromForm] bool? preferred, HttpContext http, AddContactPoint add, CancellationToken ct) =>
        Back(http, $"/parties/{id}/edit", (await add.RunAsync(id, new(kind, given ?? "", label, preferred == true), http.Actor(), ct)).Refusal, "Added.");

    private static async Task<IResult> RemovePointAsync(PartyId id, ContactPointId point, HttpContext http, RemoveContactPoint remove, CancellationToken ct) =>
        Back(http, $"/parties/{id}/edit", await remove.RunAsync(id, point, http.Actor(), ct), "Removed.");

    private static async Task<IResult> SendAgainAsync(PartyId id, ContactPointId point, HttpContext http, LiftSuppression lift, CancellationToken ct) =>
        Back(http, $"/parties/{id}", await lift.RunAsync(id, point, http.Actor(), ct), "Mail is sent there again, until it comes back anew.", $"/do/parties/{id}/contact-points/{point}/send-no-more");

    private static async Task<IResult> SendNoMoreAsync(PartyId id, ContactPointId point, HttpContext http, LiftSuppression lift, CancellationToken ct) =>
        Back(http, $"/parties/{id}", await lift.UndoAsync(id, point, http.Actor(), ct), "Nothing is sent there.");

    private static async Task<IResult> EndPlaceAsync(PartyId id, AffiliationId place, HttpContext http, EndAffiliation end, CancellationToken ct) =>
        Back(http, $"/parties/{id}", await end.RunAsync(id, place, null, http.Actor(), ct), "Today is their last day there. The person and their history stay.", $"/do/parties/{id}/affiliations/{place}/undo-end");

    private static async Task<IResult> UndoEndPlaceAsync(PartyId id, AffiliationId place, HttpContext http, EndAffiliation end, CancellationToken ct) =>
        Back(http, $"/parties/{id}", await end.UndoAsync(id, place, http.Actor(), ct), "They are there again.");

    private static async Task<IResult> JudgeAsync(RelationshipId id, [FromForm] JudgementKind kind, [FromForm] Answer answer, [FromForm] string? evidence, HttpContext http, Judge judge, CancellationToken ct)
    {
        var by = http.Actor();
        var result = await judge.RunAsync(id, new(kind, answer, string.IsNullOrWhiteSpace(evidence) ? $"Said by {by.Name}" : evidence), by, ct);
        return Back(http, "/customers", result.Refusal, "Judged.", $"/do/relationships/{id}/judgements/{result.Value}/undo");
    }

    private static async Task<IResult> UndoJudgementAsync(RelationshipId id, JudgementId judgement, HttpContext http, Judge judge, RelationshipQueries relationships, CancellationToken ct) =>
        Back(http, await relationships.FindAsync(id, ct) is { } about ? $"/parties/{about.Customer}" : "/customers", await judge.UndoAsync(id, judgement, http.Actor(), ct), "Taken back.");

    private static async Task<IResult> ServesAsync(PartyId id, [FromForm] string? customer, [FromForm] string? with, HttpContext http, LinkServes link, CancellationToken ct)
    {
        if (!IId<PartyId>.TryParse(customer, null, out var served)) return Back(http, $"/parties/{id}", Refusal.Invalid("customer.missing", "Choose whom they serve from the list."), "");
        var result = await link.RunAsync(new(id, served, with ?? ""), http.Actor(), ct);
        return Back(http, $"/parties/{id}", result.Refusal, "Added to the chain.", $"/do/serves-links/{result.Value}/end");
    }

    private static async Task<IResult> EndServesAsync(ServesLinkId id, HttpContext http, EndServes end, CancellationToken ct) =>
        Back(http, "/customers", await end.RunAsync(id, null, http.Actor(), ct), "Today is its last day.", $"/do/serves-links/{id}/undo-end");

    private static async Task<IResult> UndoEndServesAsync(ServesLinkId id, HttpContext http, EndServes end, CancellationToken ct) =>
        Back(http, "/customers", await end.UndoAsync(id, http.Actor(), ct), "It goes on.");

    private static IResult Answered(HttpContext http, string otherwise, Who who, Result<WhoAnswered> result) =>
        result.Succeeded(out var answered, out var refusal)
            ? Back(http, otherwise, null, $"Noted: {PartySentence.Word(who)}{(answered.Parties > 1 ? $", {answered.Parties} at once" : "")}.", $"/do/who-said/{answered.Id}/undo")
            : Back(http, otherwise, refusal, "");

    private static IResult Back(HttpContext http, string otherwise, Refusal? refusal, string said, string? undo = null) =>
        ReturnTo.Redirect(http, otherwise, refusal?.Message ?? said, refusal is null ? undo : null);
}
