using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Customers.Api;

/// <summary>A relationship to be started.</summary>
/// <param name="Customer">Who is served.</param>
/// <param name="Provider">A unit of ours; null for the whole of us.</param>
/// <param name="Terms">Owner, tier, who pays, since and until when.</param>
public sealed record NewRelationship(PartyId Customer, PartyId? Provider, RelationshipTerms? Terms);

internal static class RelationshipEndpoints
{
    public static void MapRelationshipEndpoints(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/relationships").WithTags("Relationships");
        api.MapPost("", StartAsync).RequireAuthorization(Policies.Write).WithSummary("Says that somebody of ours serves a customer");
        api.MapGet("{id}", FindAsync).RequireAuthorization(Policies.Read).WithSummary("Reads a relationship with its judgements");
        api.MapPut("{id}", ChangeAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Changes owner, tier, payer, since and until; the standing follows");
        api.MapPost("{id}/judgements", JudgeAsync).RequireAuthorization(Policies.Write).WithSummary("Writes down a judgement with its evidence");
        api.MapDelete("{id}/judgements/{judgement}", TakeBackAsync).RequireAuthorization(Policies.Write).WithSummary("Takes a judgement of one's own back, within an hour");
        var links = routes.MapGroup("/api/serves-links").WithTags("Serves-links");
        links.MapPost("", LinkAsync).RequireAuthorization(Policies.Write).WithSummary("Says that one party serves another with something");
        links.MapPut("{id}/ended", EndAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Ends a serves-link");
        routes.MapGet("/api/my-customers", MineAsync).RequireAuthorization(Policies.Read).WithTags("Relationships").WithSummary("Those the signed-in member answers for, by tier, who pays first");
    }

    private static async Task<Results<Created<Made<RelationshipId>>, ProblemHttpResult>> StartAsync(NewRelationship given, HttpContext http, StartRelationship start, CancellationToken ct) =>
        PartyEndpoints.Created(await start.RunAsync(given.Customer, given.Provider, given.Terms ?? new(), http.Actor(), ct), id => $"/api/relationships/{id}");

    private static async Task<Results<Ok<RelationshipRow>, ProblemHttpResult>> FindAsync(RelationshipId id, HttpContext http, RelationshipQueries relationships, CancellationToken ct)
    {
        if (await relationships.FindAsync(id, ct) is not { } row) return Refusal.Missing("relationship").ToProblem();
        http.WriteVersion(row.Version);
        return TypedResults.Ok(row);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(RelationshipId id, RelationshipTerms to, HttpContext http, ChangeRelationship change, CancellationToken ct) =>
        (await change.RunAsync(id, to, http.Actor(), ct, http.CheckVersion)).ToAnswer();

    private static async Task<Results<Created<Made<JudgementId>>, ProblemHttpResult>> JudgeAsync(RelationshipId id, NewJudgement judgement, HttpContext http, Judge judge, CancellationToken ct) =>
        PartyEndpoints.Created(await judge.RunAsync(id, judgement, http.Actor(), ct), made => $"/api/relationships/{id}/judgements/{made}");

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeBackAsync(RelationshipId id, JudgementId judgement, HttpContext http, Judge judge, CancellationToken ct) =>
        (await judge.UndoAsync(id, judgement, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<Created<Made<ServesLinkId>>, ProblemHttpResult>> LinkAsync(NewServesLink link, HttpContext http, LinkServes serves, CancellationToken ct) =>
        PartyEndpoints.Created(await serves.RunAsync(link, http.Actor(), ct), id => $"/api/serves-links/{id}");

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(ServesLinkId id, DateOnly? on, HttpContext http, EndServes end, CancellationToken ct) =>
        (await end.RunAsync(id, on, http.Actor(), ct, http.CheckVersion)).ToAnswer();

    private static async Task<Ok<Page<PartyRow>>> MineAsync(string? after, int? size, HttpContext http, PartyQueries parties, CancellationToken ct) =>
        TypedResults.Ok(await parties.MyCustomersAsync(http.Actor().Id, after, size ?? Page<PartyRow>.Usual, ct));
}
