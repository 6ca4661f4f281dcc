using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Commitments.Api;

/// <summary>A step, by when in spoken words.</summary>
internal sealed record StepBody(string? Words, string? Due);

/// <summary>A new date in spoken words, and why, as they will read it.</summary>
internal sealed record TellBody(string? Due, string? Why);

/// <summary>What a commitment takes.</summary>
internal sealed record Plan(IReadOnlyList<StepRow> Steps, IReadOnlyList<DependsOn> DependsOn);

/// <summary>A mail that was begun and waits for a person.</summary>
internal sealed record Begun(DraftId Draft);

/// <summary>What commitments take, and mails about them, over REST.</summary>
internal static class PlanEndpoints
{
    public static void MapPlanApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/commitments/{id}").WithTags("Commitments");
        api.MapGet("/plan", PlanAsync).RequireAuthorization(Policies.Read).WithSummary("The steps of a commitment and what it depends on; when one of them is late, it is at risk");
        api.MapPost("/steps", AddAsync).RequireAuthorization(Policies.Write).WithSummary("Adds a step");
        api.MapPut("/steps/{place:int}/done", DoAsync).RequireAuthorization(Policies.Write).ChecksVersion<CommitmentId, Commitment>(StandsAsync).WithSummary("A step is done");
        api.MapDelete("/steps/{place:int}/done", UndoAsync).RequireAuthorization(Policies.Write).ChecksVersion<CommitmentId, Commitment>(StandsAsync).WithSummary("A step is not done after all");
        api.MapDelete("/steps/{place:int}", DropAsync).RequireAuthorization(Policies.Write).ChecksVersion<CommitmentId, Commitment>(StandsAsync).WithSummary("Takes a step out that is not needed");
        api.MapPut("/depends-on/{on}", DependAsync).RequireAuthorization(Policies.Write).ChecksVersion<CommitmentId, Commitment>(StandsAsync).WithSummary("It depends on another commitment, theirs to us included");
        api.MapDelete("/depends-on/{on}", NoLongerAsync).RequireAuthorization(Policies.Write).ChecksVersion<CommitmentId, Commitment>(StandsAsync).WithSummary("It no longer depends on that one");
        api.MapPut("/helpers/{member}", HelpAsync).RequireAuthorization(Policies.Write).ChecksVersion<CommitmentId, Commitment>(StandsAsync).WithSummary("A member helps with it; its owner alone answers for it");
        api.MapDelete("/helpers/{member}", NoHelpAsync).RequireAuthorization(Policies.Write).ChecksVersion<CommitmentId, Commitment>(StandsAsync).WithSummary("A member helps with it no longer");
        api.MapPost("/confirmation-mails", ConfirmAsync).RequireAuthorization(Policies.Write).WithSummary("Begins the mail that gives them in writing what was promised; a person sends it");
        api.MapPost("/new-date-mails", TellAsync).RequireAuthorization(Policies.Write).WithSummary("Begins the mail that tells them of a new date; sending that draft records the date with the mail as its evidence");
        api.MapPost("/reminder-mails", RemindAsync).RequireAuthorization(Policies.Write).WithSummary("Begins a courteous mail that reminds them of what they promised; a person sends it");
    }

    private static Task<Commitment?> StandsAsync(RapportDb db, HttpContext http, CommitmentId id, CancellationToken ct) => db.CommitmentsFor(http.Actor()).SingleOrDefaultAsync(c => c.Id == id, ct);

    private static async Task<Results<Ok<Plan>, ProblemHttpResult>> PlanAsync(CommitmentId id, HttpContext http, RapportDb db, CommitmentQueries commitments, CancellationToken ct) =>
        await commitments.OneAsync(id, http.Actor(), ct) is null ? Refusal.Missing("commitment").ToProblem() : TypedResults.Ok(new Plan(await db.StepsOfAsync(id, ct), await db.DependsOnAsync(id, ct)));

    private static async Task<Results<Ok<Plan>, ProblemHttpResult>> AddAsync(CommitmentId id, StepBody body, HttpContext http, RapportDb db, PlanCommitment plan, CommitmentQueries commitments, CancellationToken ct) =>
        await plan.AddStepAsync(id, body.Words, body.Due, http.Actor(), ct) is { } refusal ? refusal.ToProblem() : await PlanAsync(id, http, db, commitments, ct);

    private static async Task<Results<Ok<Plan>, ProblemHttpResult>> DoAsync(CommitmentId id, int place, HttpContext http, RapportDb db, PlanCommitment plan, CommitmentQueries commitments, CancellationToken ct) =>
        await plan.DoStepAsync(id, place, true, http.Actor(), ct) is { } refusal ? refusal.ToProblem() : await PlanAsync(id, http, db, commitments, ct);

    private static async Task<Results<Ok<Plan>, ProblemHttpResult>> UndoAsync(CommitmentId id, int place, HttpContext http, RapportDb db, PlanCommitment plan, CommitmentQueries commitments, CancellationToken ct) =>
        await plan.DoStepAsync(id, place, false, http.Actor(), ct) is { } refusal ? refusal.ToProblem() : await PlanAsync(id, http, db, commitments, ct);

    private static async Task<Results<Ok<Plan>, ProblemHttpResult>> DropAsync(CommitmentId id, int place, HttpContext http, RapportDb db, PlanCommitment plan, CommitmentQueries commitments, CancellationToken ct) =>
        await plan.DropStepAsync(id, place, http.Actor(), ct) is { } refusal ? refusal.ToProblem() : await PlanAsync(id, http, db, commitments, ct);

    private static async Task<Results<Ok<Plan>, ProblemHttpResult>> DependAsync(CommitmentId id, CommitmentId on, HttpContext http, RapportDb db, PlanCommitment plan, CommitmentQueries commitments, CancellationToken ct) =>
        await plan.DependAsync(id, on, http.Actor(), ct) is { } refusal ? refusal.ToProblem() : await PlanAsync(id, http, db, commitments, ct);

    private static async Task<Results<Ok<Plan>, ProblemHttpResult>> NoLongerAsync(CommitmentId id, CommitmentId on, HttpContext http, RapportDb db, PlanCommitment plan, CommitmentQueries commitments, CancellationToken ct) =>
        await plan.ReleaseAsync(id, on, http.Actor(), ct) is { } refusal ? refusal.ToProblem() : await PlanAsync(id, http, db, commitments, ct);

    private static async Task<Results<Created<Begun>, ProblemHttpResult>> TellAsync(CommitmentId id, TellBody body, HttpContext http, WriteAboutCommitment write, CancellationToken ct) =>
        Of(await write.TellAsync(id, body.Due, body.Why, http.Site(), http.Actor(), ct));

    private static async Task<Results<Created<Begun>, ProblemHttpResult>> ConfirmAsync(CommitmentId id, HttpContext http, WriteAboutCommitment write, CancellationToken ct) => Of(await write.ConfirmAsync(id, http.Site(), http.Actor(), ct));

    private static Task<Results<Ok<CommitmentRow>, ProblemHttpResult>> HelpAsync(CommitmentId id, MemberId member, HttpContext http, SayWhoHelps name, CommitmentQueries commitments, CancellationToken ct) => HelpedAsync(id, member, true, http, name, commitments, ct);

    private static Task<Results<Ok<CommitmentRow>, ProblemHttpResult>> NoHelpAsync(CommitmentId id, MemberId member, HttpContext http, SayWhoHelps name, CommitmentQueries commitments, CancellationToken ct) => HelpedAsync(id, member, false, http, name, commitments, ct);

    private static async Task<Results<Ok<CommitmentRow>, ProblemHttpResult>> HelpedAsync(CommitmentId id, MemberId member, bool helps, HttpContext http, SayWhoHelps name, CommitmentQueries commitments, CancellationToken ct) =>
        await name.RunAsync(id, member, helps, http.Actor(), ct) is { } refusal ? refusal.ToProblem() : TypedResults.Ok((await commitments.OneAsync(id, http.Actor(), ct))!);

    private static async Task<Results<Created<Begun>, ProblemHttpResult>> RemindAsync(CommitmentId id, HttpContext http, WriteAboutCommitment write, CancellationToken ct) => Of(await write.RemindAsync(id, http.Actor(), ct));

    private static Results<Created<Begun>, ProblemHttpResult> Of(Result<DraftId> began) =>
        began.Succeeded(out var draft, out var refusal) ? TypedResults.Created($"/api/drafts/{draft}", new Begun(draft)) : refusal.ToProblem();
}
