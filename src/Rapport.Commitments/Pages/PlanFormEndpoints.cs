using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Conversations;
using Rapport.Design;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Commitments.Pages;

/// <summary>The forms of a commitment's page by which one says what it takes, and writes to them about it.</summary>
internal static class PlanFormEndpoints
{
    public static void MapPlanForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/do/commitments/{id}").ExcludeFromDescription().RequireAuthorization(Policies.Write);
        forms.MapPost("/told", ToldAsync);
        forms.MapPost("/reminded", RemindedAsync);
        forms.MapPost("/confirmed", ConfirmedAsync);
        forms.MapPost("/helper", HelperAsync);
        forms.MapPost("/no-helper", NoHelperAsync);
        forms.MapPost("/steps", StepAsync);
        forms.MapPost("/steps/{place:int}", DoneAsync);
        forms.MapPost("/steps/{place:int}/dropped", DroppedAsync);
        forms.MapPost("/depends", DependsAsync);
        forms.MapPost("/no-longer-depends", NoLongerAsync);
    }

    // What cannot be read as a date goes back to the page with what was typed.
    private static async Task<IResult> ToldAsync(CommitmentId id, [FromForm(Name = "tell.due")] string? newDue, [FromForm] string? why, HttpContext http, WriteAboutCommitment write, CancellationToken ct)
    {
        if ((await write.TellAsync(id, newDue, why, http.Site(), http.Actor(), ct)).Succeeded(out var draft, out var refusal)) return Results.LocalRedirect($"/write/{draft}");
        if (refusal is not { Kind: RefusalKind.Invalid, Field: "due" }) return Back(http, id, refusal, "");
        return Results.LocalRedirect($"/commitments/{id}{QueryString.Create([KeyValuePair.Create<string, string?>("newDue", newDue ?? ""), KeyValuePair.Create<string, string?>("why", why)])}#tell");
    }

    private static async Task<IResult> RemindedAsync(CommitmentId id, HttpContext http, WriteAboutCommitment write, CancellationToken ct) =>
        (await write.RemindAsync(id, http.Actor(), ct)).Succeeded(out var draft, out var refusal) ? Results.LocalRedirect($"/write/{draft}") : Back(http, id, refusal, "");

    private static async Task<IResult> ConfirmedAsync(CommitmentId id, HttpContext http, WriteAboutCommitment write, CancellationToken ct) =>
        (await write.ConfirmAsync(id, http.Site(), http.Actor(), ct)).Succeeded(out var draft, out var refusal) ? Results.LocalRedirect($"/write/{draft}") : Back(http, id, refusal, "");

    private static Task<IResult> HelperAsync(CommitmentId id, [FromForm] string? helper, HttpContext http, SayWhoHelps name, CancellationToken ct) => HelpsAsync(id, helper, true, "They help from now on. It stays with who answers for it.", http, name, ct);

    private static Task<IResult> NoHelperAsync(CommitmentId id, [FromForm] string? helper, HttpContext http, SayWhoHelps name, CancellationToken ct) => HelpsAsync(id, helper, false, "They help no longer.", http, name, ct);

    private static async Task<IResult> HelpsAsync(CommitmentId id, string? helper, bool helps, string said, HttpContext http, SayWhoHelps name, CancellationToken ct) =>
        Back(http, id, IId<MemberId>.TryParse(helper, null, out var member) ? await name.RunAsync(id, member, helps, http.Actor(), ct) : Refusal.Invalid("commitment.helper-missing", "Choose who helps.", "helper"), said);

    private static async Task<IResult> StepAsync(CommitmentId id, [FromForm] string? step, [FromForm] string? stepDue, HttpContext http, PlanCommitment plan, CancellationToken ct) =>
        Back(http, id, await plan.AddStepAsync(id, step, stepDue, http.Actor(), ct), "Added.");

    private static async Task<IResult> DoneAsync(CommitmentId id, int place, [FromForm] bool done, HttpContext http, PlanCommitment plan, CancellationToken ct) =>
        Back(http, id, await plan.DoStepAsync(id, place, done, http.Actor(), ct), done ? "Done." : "It is to be done.");

    private static async Task<IResult> DroppedAsync(CommitmentId id, int place, HttpContext http, PlanCommitment plan, CancellationToken ct) =>
        Back(http, id, await plan.DropStepAsync(id, place, http.Actor(), ct), "Dropped.");

    private static async Task<IResult> DependsAsync(CommitmentId id, [FromForm] string? on, HttpContext http, PlanCommitment plan, CancellationToken ct) =>
        Back(http, id, IId<CommitmentId>.TryParse(on, null, out var other) ? await plan.DependAsync(id, other, http.Actor(), ct) : Refusal.Invalid("dependency.missing", "Choose what it depends on.", "on"), "When that is late, this one is shown as at risk.");

    private static async Task<IResult> NoLongerAsync(CommitmentId id, [FromForm] string? on, HttpContext http, PlanCommitment plan, CancellationToken ct) =>
        Back(http, id, IId<CommitmentId>.TryParse(on, null, out var other) ? await plan.ReleaseAsync(id, other, http.Actor(), ct) : Refusal.Missing("commitment"), "It no longer depends on that.");

    private static IResult Back(HttpContext http, CommitmentId id, Refusal? refusal, string said) => ReturnTo.Redirect(http, $"/commitments/{id}", refusal?.Message ?? said);
}
