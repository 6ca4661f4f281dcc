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

/// <summary>A proposal put right: what is left out stays as it was read.</summary>
/// <param name="Due">By when, in spoken words; empty for no date, null for what was read.</param>
internal sealed record CorrectedBody(Side? Side, string? Words, PartyId? With, string? Due, Weight? Weight, IReadOnlyList<PartyId>? AlsoTo = null);

/// <summary>Proposals over REST.</summary>
internal static class ProposalEndpoints
{
    public static void MapProposalApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/commitment-proposals").WithTags("Commitments");
        api.MapGet("/", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Sentences that seem to promise something, what was said last first");
        api.MapGet("/{id}", GetAsync).RequireAuthorization(Policies.Read).WithSummary("One proposal");
        api.MapPut("/{id}/accepted", AcceptAsync).RequireAuthorization(Policies.Write).ChecksVersion<ProposalId, Proposal>(StandsAsync).WithSummary("It is a commitment: as it was read, or with what the body puts right");
        api.MapPut("/{id}/dismissed", DismissAsync).RequireAuthorization(Policies.Write).ChecksVersion<ProposalId, Proposal>(StandsAsync).WithSummary("It is none");
        api.MapPut("/{id}/reopened", ReopenAsync).RequireAuthorization(Policies.Write).ChecksVersion<ProposalId, Proposal>(StandsAsync).WithSummary("Takes back what was said of it, with the commitment it became if nothing happened to that since");
    }

    private static Task<Proposal?> StandsAsync(RapportDb db, HttpContext http, ProposalId id, CancellationToken ct) => db.ProposalsFor(http.Actor()).SingleOrDefaultAsync(p => p.Id == id, ct);

    private static async Task<Results<Ok<Page<ProposalRow>>, ProblemHttpResult>> ListAsync(string? side, MemberId? of, string? state, string? after, int? size, HttpContext http, ProposalQueries proposals, CancellationToken ct)
    {
        if ((Words.Unknown<Side>(side, "side") ?? Words.Unknown<ProposalState>(state, "state")) is { } refusal) return refusal.ToProblem();
        var filter = new ProposalFilter(of, Words.Of<Side>(side), Words.Of<ProposalState>(state) ?? ProposalState.Open);
        return TypedResults.Ok(await proposals.ListAsync(filter, after, size ?? Page<ProposalRow>.Usual, http.Actor(), ct));
    }

    private static async Task<Results<Ok<ProposalRow>, ProblemHttpResult>> GetAsync(ProposalId id, HttpContext http, ProposalQueries proposals, CancellationToken ct) =>
        await proposals.OneAsync(id, http.Actor(), ct) is { } found ? TypedResults.Ok(found) : Refusal.Missing("proposal").ToProblem();

    private static async Task<Results<Ok<CommitmentDetail>, ProblemHttpResult>> AcceptAsync(
        ProposalId id, CorrectedBody? body, HttpContext http, ProposalQueries proposals, DecideProposal decide, ReadDue read, CommitmentDetails details, CancellationToken ct)
    {
        if (await proposals.OneAsync(id, http.Actor(), ct) is not { } proposal) return Refusal.Missing("proposal").ToProblem();
        NewCommitment? corrected = null;
        if (body is not null && body != new CorrectedBody(null, null, null, null, null))
        {
            var (side, with) = (body.Side ?? proposal.Side, body.With ?? proposal.With);
            if (!(await read.RunAsync(body.Due ?? proposal.DueWords, side, with, proposal.SaidAt, ct)).Accept().Succeeded(out var due, out var vague)) return vague.ToProblem();
            corrected = new(side, body.Words ?? proposal.Words, with, due, Weight: body.Weight ?? Weight.Normal) { AlsoTo = body.AlsoTo ?? (body.With is null && body.Side is null ? [.. proposal.AlsoTo.Select(t => t.Id)] : []) };
        }
        if (!(await decide.AcceptAsync(id, corrected, http.Actor(), ct)).Succeeded(out var made, out var refusal)) return refusal.ToProblem();
        var commitment = (await details.FindAsync(made, http.Actor(), ct))!;
        http.WriteVersion(commitment.Version);
        return TypedResults.Ok(commitment);
    }

    private static async Task<Results<Ok<ProposalRow>, ProblemHttpResult>> DismissAsync(ProposalId id, HttpContext http, ProposalQueries proposals, DecideProposal decide, CancellationToken ct) =>
        await decide.DismissAsync(id, http.Actor(), ct) is { } refusal ? refusal.ToProblem() : await GetAsync(id, http, proposals, ct);

    private static async Task<Results<Ok<ProposalRow>, ProblemHttpResult>> ReopenAsync(ProposalId id, HttpContext http, ProposalQueries proposals, DecideProposal decide, CancellationToken ct) =>
        await decide.TakeBackAsync(id, http.Actor(), ct) is { } refusal ? refusal.ToProblem() : await GetAsync(id, http, proposals, ct);
}
