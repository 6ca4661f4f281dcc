using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Commitments.Api;

/// <summary>Commitments in the API.</summary>
internal static class CommitmentEndpoints
{
    public static void MapCommitmentApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/commitments").WithTags("Commitments");
        api.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Commitments by filters: what stands, soonest due first and undated last; or with part=settled the latest settled first");
        api.MapPost("", MakeAsync).RequireAuthorization(Policies.Write).WithSummary("Writes a commitment down, with its exact words and by when in spoken words");
        api.MapGet("/{id}", GetAsync).RequireAuthorization(Policies.Read).WithSummary("One commitment with its story");
        api.MapPut("/{id}/kept", KeepAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("It was done: with the interaction that shows it, or on the word of who says so");
        api.MapPut("/{id}/renegotiated", RenegotiateAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("A new date was agreed: before due it moves, after due a new commitment takes its place");
        api.MapPut("/{id}/broken", BreakAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("It was not done, with why");
        api.MapPut("/{id}/explained", ExplainAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Why it was late or not kept");
        api.MapPut("/{id}/released", ReleaseAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("They let it go");
        api.MapPut("/{id}/reopened", ReopenAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Takes a settling back, within a day");
        api.MapPut("/{id}/offer", OfferAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Asks another member to take it; it stays its owner's until they accept");
        api.MapPut("/{id}/accepted", AcceptAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Takes what was offered");
        api.MapPut("/{id}/declined", DeclineAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Does not take what was offered, or takes the offer back");
        api.MapPut("/{id}/reassigned", ReassignAsync).RequireAuthorization(Policies.Manage).ChecksVersion().WithSummary("Gives it to another member without asking, for an owner who is absent");
        api.MapPut("/{id}/heard", HearAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Its owner has heard that whom it was promised to disagrees");
        api.MapPost("/{id}/verdict-requests", AskAsync).RequireAuthorization(Policies.Write).WithSummary("Asks whom it was promised to whether it was kept, by a mail with their link; at most once a person a month");
        api.MapGet("/{id}/recipient-link", LinkAsync).RequireAuthorization(Policies.Write).WithSummary("The link by which whom it was promised to sees it and says whether it was kept, without an account");
        routes.MapPost("/api/due/understood", UnderstandAsync).RequireAuthorization(Policies.Read).WithTags("Commitments").WithSummary("Reads by when, in spoken words, and changes nothing");
        routes.MapPost("/api/due/outlook", OutlookAsync).RequireAuthorization(Policies.Read).WithTags("Commitments").WithSummary("What is known before something is promised by then: what else is due, how often promises like it were kept, and the first date that looks safe; changes nothing");
    }

    private static async Task<Results<Ok<Page<CommitmentRow>>, ProblemHttpResult>> ListAsync(
        string? side, MemberId? owner, PartyId? customer, PartyId? with, string? part, DateTimeOffset? dueBefore, DateTimeOffset? dueFrom, MemberId? helper, string? after, int? size, HttpContext http, CommitmentQueries commitments, CancellationToken ct)
    {
        if ((Words.Unknown<Side>(side, "side") ?? Words.Unknown<CommitmentPart>(part, "part")) is { } refusal) return refusal.ToProblem();
        var filter = new CommitmentFilter(Words.Of<CommitmentPart>(part) ?? CommitmentPart.Open, Words.Of<Side>(side), owner, customer, with, dueBefore, dueFrom, helper);
        return TypedResults.Ok(await commitments.ListAsync(filter, after, size ?? Page<CommitmentRow>.Usual, http.Actor(), ct));
    }

    private static async Task<Results<Created<CommitmentDetail>, ProblemHttpResult>> MakeAsync(NewCommitmentBody body, HttpContext http, ReadDue read, MakeCommitment make, CommitmentDetails details, CancellationToken ct)
    {
        var saidIn = body.SaidIn is { } i ? await details.WhereAsync(i, http.Actor(), ct) : null;
        if (!(await read.RunAsync(body.Due, body.Side, body.With, saidIn?.At, ct)).Accept().Succeeded(out var due, out var vague)) return vague.ToProblem();
        var of = new NewCommitment(body.Side, body.Words ?? "", body.With, due, body.SaidIn, body.Owner, body.Weight ?? Weight.Normal, body.Kind) { AlsoTo = body.AlsoTo ?? [] };
        if (!(await make.RunAsync(of, http.Actor(), ct)).Succeeded(out var id, out var refusal)) return refusal.ToProblem();
        var made = await details.FindAsync(id, http.Actor(), ct);
        http.WriteVersion(made!.Version);
        return TypedResults.Created($"/api/commitments/{id}", made);
    }

    private static async Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> GetAsync(CommitmentId id, HttpContext http, CommitmentDetails details, CancellationToken ct)
    {
        if (await details.FindAsync(id, http.Actor(), ct) is not { } found) return Refusal.Missing("commitment").ToProblem();
        http.WriteVersion(found.Version);
        return TypedResults.Ok(found);
    }

    private static Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> KeepAsync(CommitmentId id, ProofBody? body, HttpContext http, RapportDb db, SettleCommitment settle, CommitmentDetails details, CancellationToken ct) =>
        ChangeAsync(id, http, db, details, () => settle.KeepAsync(id, new(body?.Interaction, body?.Words), http.Actor(), ct), ct);

    private static Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> BreakAsync(CommitmentId id, CauseBody? body, HttpContext http, RapportDb db, SettleCommitment settle, CommitmentDetails details, CancellationToken ct) =>
        ChangeAsync(id, http, db, details, () => settle.BreakAsync(id, body?.Why, http.Actor(), ct, body?.Cause), ct);

    private static Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> ExplainAsync(CommitmentId id, CauseBody body, HttpContext http, RapportDb db, ExplainCommitment explain, CommitmentDetails details, CancellationToken ct) =>
        ChangeAsync(id, http, db, details, () => explain.RunAsync(id, body.Cause, body.Why, http.Actor(), ct), ct);

    private static Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> ReleaseAsync(CommitmentId id, WhyBody? body, HttpContext http, RapportDb db, SettleCommitment settle, CommitmentDetails details, CancellationToken ct) =>
        ChangeAsync(id, http, db, details, () => settle.ReleaseAsync(id, body?.Why, http.Actor(), ct), ct);

    private static Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> ReopenAsync(CommitmentId id, HttpContext http, RapportDb db, SettleCommitment settle, CommitmentDetails details, CancellationToken ct) =>
        ChangeAsync(id, http, db, details, () => settle.ReopenAsync(id, http.Actor(), ct), ct);

    private static Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> OfferAsync(CommitmentId id, HandOverBody body, HttpContext http, RapportDb db, HandOverCommitment hand, CommitmentDetails details, CancellationToken ct) =>
        ChangeAsync(id, http, db, details, () => hand.OfferAsync(id, body.To, body.Note, http.Actor(), ct), ct);

    private static Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> AcceptAsync(CommitmentId id, HttpContext http, RapportDb db, HandOverCommitment hand, CommitmentDetails details, CancellationToken ct) =>
        ChangeAsync(id, http, db, details, () => hand.AcceptAsync(id, http.Actor(), ct), ct);

    private static Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> DeclineAsync(CommitmentId id, WhyBody? body, HttpContext http, RapportDb db, HandOverCommitment hand, CommitmentDetails details, CancellationToken ct) =>
        ChangeAsync(id, http, db, details, () => hand.DeclineAsync(id, body?.Why, http.Actor(), ct), ct);

    private static Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> ReassignAsync(CommitmentId id, HandOverBody body, HttpContext http, RapportDb db, HandOverCommitment hand, CommitmentDetails details, CancellationToken ct) =>
        ChangeAsync(id, http, db, details, () => hand.ReassignAsync(id, body.To, body.Note, http.Actor(), ct), ct);

    private static async Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> RenegotiateAsync(CommitmentId id, NewDateBody body, HttpContext http, RapportDb db, AgreeNewDate agree, CommitmentDetails details, CancellationToken ct)
    {
        if (await StandsAsync(id, http, db, ct) is { } refusal) return refusal.ToProblem();
        return (await agree.RunAsync(id, body.Due, body.Agreement, http.Actor(), ct)).Succeeded(out var standing, out var why) ? await GetAsync(standing.Standing, http, details, ct) : why.ToProblem();
    }

    private static Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> HearAsync(CommitmentId id, HttpContext http, RapportDb db, JudgeCommitment judge, CommitmentDetails details, CancellationToken ct) =>
        ChangeAsync(id, http, db, details, () => judge.HearAsync(id, http.Actor(), ct), ct);

    private static Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> AskAsync(CommitmentId id, HttpContext http, RapportDb db, AskForVerdict ask, CommitmentDetails details, CancellationToken ct) =>
        ChangeAsync(id, http, db, details, () => ask.RunAsync(id, http.Site(), http.Actor(), ct), ct);

    private static async Task<Results<Ok<RecipientLinkAnswer>, ProblemHttpResult>> LinkAsync(CommitmentId id, HttpContext http, ShowPromise show, CancellationToken ct) =>
        await show.LinksAsync(id, http.Actor(), ct) is { Count: > 0 } links ? TypedResults.Ok(new RecipientLinkAnswer($"{http.Site()}{links[0].Path}", [.. links.Skip(1).Select(o => new OtherLink(o.Party, o.Name, $"{http.Site()}{o.Path}"))])) : Refusal.Missing("commitment").ToProblem();

    private static async Task<Ok<UnderstoodDue>> UnderstandAsync(DueQuestion body, ReadDue read, CancellationToken ct) =>
        TypedResults.Ok(await read.RunAsync(body.Due, body.Side ?? Side.OursToThem, body.With, body.SaidAt, ct));

    private static async Task<Results<Ok<Outlook>, ProblemHttpResult>> OutlookAsync(OutlookQuestion body, HttpContext http, RapportDb db, ReadDue read, BeforePromising before, CancellationToken ct)
    {
        if (!(await read.RunAsync(body.Due, Side.OursToThem, body.With, body.SaidAt, ct)).Accept().Succeeded(out var due, out var vague)) return vague.ToProblem();
        if (due is not { } date) return Refusal.Invalid("commitment.due-missing", "Write by when it is to be done.", "due").ToProblem();
        if (body.Owner is { } owner && owner != http.Actor().Id && await db.MayOwnAsync(owner, ct) is { } nobody) return nobody.ToProblem();
        return TypedResults.Ok(await before.RunAsync(new(date, body.Words, body.Owner), http.Actor(), ct));
    }

    private static async Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> ChangeAsync(CommitmentId id, HttpContext http, RapportDb db, CommitmentDetails details, Func<Task<Refusal?>> change, CancellationToken ct)
    {
        if ((await StandsAsync(id, http, db, ct) ?? await change()) is { } refusal) return refusal.ToProblem();
        return await GetAsync(id, http, details, ct);
    }

    // The record that is checked is the one the deed changes: one context, one instance.
    private static async Task<Refusal?> StandsAsync(CommitmentId id, HttpContext http, RapportDb db, CancellationToken ct) =>
        await db.CommitmentsFor(http.Actor()).SingleOrDefaultAsync(c => c.Id == id, ct) is { } commitment ? http.CheckVersion(commitment) : Refusal.Missing("commitment");
}
