using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Customers.Api;

/// <summary>Made; here is its id.</summary>
public sealed record Made<TId>(TId Id);

/// <summary>The answer to "Who is it?".</summary>
public sealed record WhoAnswer(Who Who);

internal static class PartyEndpoints
{
    private const int MostAddresses = 200;

    public static void MapPartyEndpoints(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/parties").WithTags("Parties");
        api.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Lists persons and organisations, by filters, in pages");
        api.MapGet("{id}", FindAsync).RequireAuthorization(Policies.Read).WithSummary("Reads one person or organisation, with contact points, places, relationships and open questions");
        api.MapPost("persons", AddPersonAsync).RequireAuthorization(Policies.Write).WithSummary("Adds a person");
        api.MapPost("organizations", AddOrganizationAsync).RequireAuthorization(Policies.Write).WithSummary("Adds an organisation, or a unit of one");
        api.MapPut("{id}", ChangeAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Changes what is known of a party; If-Match with the ETag that was read keeps others' changes");
        api.MapPut("{id}/archived", ArchiveAsync).RequireAuthorization(Policies.Write).ChecksVersion<PartyId, Party>((db, _, id, ct) => db.Parties().SingleOrDefaultAsync(p => p.Id == id, ct)).WithSummary("Puts a party away");
        api.MapDelete("{id}/archived", RestoreAsync).RequireAuthorization(Policies.Write).ChecksVersion<PartyId, Party>((db, _, id, ct) => db.Parties().SingleOrDefaultAsync(p => p.Id == id, ct)).WithSummary("Brings a party back");
        api.MapPut("{id}/who", SayWhoAsync).RequireAuthorization(Policies.Write).ChecksVersion<PartyId, Party>((db, _, id, ct) => db.Parties().SingleOrDefaultAsync(p => p.Id == id, ct)).WithSummary("Answers 'Who is it?'");
        api.MapGet("{id}/serves-chain", ChainAsync).RequireAuthorization(Policies.Read).WithSummary("Follows whom a party finally serves, to the paying customers");
        api.MapPost("{id}/contact-points", AddPointAsync).RequireAuthorization(Policies.Write).WithSummary("Adds an address or number");
        api.MapPut("{id}/contact-points/{point}", ChangePointAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Changes what an address or number is for");
        api.MapDelete("{id}/contact-points/{point}", RemovePointAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Removes an address or number");
        api.MapDelete("{id}/contact-points/{point}/suppression", SendAgainAsync).RequireAuthorization(Policies.Write).ChecksVersion<ContactPointId, ContactPoint>((db, _, id, ct) => db.Set<ContactPoint>().SingleOrDefaultAsync(c => c.Id == id, ct), "point").WithSummary("Sends mail to an address again after it came back for good, or somebody complained");
        api.MapPut("{id}/contact-points/{point}/suppression", SendNoMoreAsync).RequireAuthorization(Policies.Write).ChecksVersion<ContactPointId, ContactPoint>((db, _, id, ct) => db.Set<ContactPoint>().SingleOrDefaultAsync(c => c.Id == id, ct), "point").WithSummary("Takes that back");
        api.MapPost("{id}/affiliations", AffiliateAsync).RequireAuthorization(Policies.Write).WithSummary("Gives a person a place in an organisation");
        api.MapPut("{id}/affiliations/{place}", ChangePlaceAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Changes a place");
        api.MapPut("{id}/affiliations/{place}/ended", EndPlaceAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Ends a place; it starts nothing else");
        api.MapGet("possible-duplicates", DuplicatesAsync).RequireAuthorization(Policies.Read).WithSummary("Who may be meant by a name, an address or a number, and why");
        api.MapGet("by-contact-point", ByPointAsync).RequireAuthorization(Policies.Read).WithSummary("Who is reached at an address or number, however it is written");
        routes.MapGet("/api/suppressions", SuppressedAsync).RequireAuthorization(Policies.Read).WithTags("Parties").WithSummary("To which of these addresses nothing is sent, and why");
        routes.MapGet("/api/policy-refusals", RefusedAsync).RequireAuthorization(Policies.Administer).WithTags("Parties").WithSummary("Whether mail servers refuse what we send as not welcome; nothing when none did within a week");
        routes.MapPut("/api/mail-domains/{domain}/who", SayWhoOfDomainAsync).RequireAuthorization(Policies.Write).WithTags("Parties").WithSummary("Answers 'Who is it?' for everybody of a mail domain");
        routes.MapDelete("/api/who-said/{id}", TakeBackAsync).RequireAuthorization(Policies.Write).WithTags("Parties").WithSummary("Takes an answer to 'Who is it?' back");
    }

    private static async Task<Results<Ok<Page<PartyRow>>, ProblemHttpResult>> ListAsync([AsParameters] PartyListQuery query, HttpContext http, PartyList list, CancellationToken ct) =>
        query.Filter(http.Actor()).Succeeded(out var filter, out var refusal)
            ? TypedResults.Ok(await list.ListAsync(filter, query.Order, query.After, query.Size ?? Page<PartyRow>.Usual, ct))
            : refusal.ToProblem();

    private static async Task<Results<Ok<PartyDetail>, ProblemHttpResult>> FindAsync(PartyId id, HttpContext http, PartyDetails details, CancellationToken ct)
    {
        if (await details.FindAsync(id, ct) is not { } party) return Refusal.Missing("party").ToProblem();
        http.WriteVersion(party.Version);
        return TypedResults.Ok(party);
    }

    private static async Task<Results<Created<Made<PartyId>>, ProblemHttpResult>> AddPersonAsync(NewPerson person, HttpContext http, AddPerson add, CancellationToken ct) =>
        Created(await add.RunAsync(person, http.Actor(), ct), id => $"/api/parties/{id}");

    private static async Task<Results<Created<Made<PartyId>>, ProblemHttpResult>> AddOrganizationAsync(NewOrganization organization, HttpContext http, AddOrganization add, CancellationToken ct) =>
        Created(await add.RunAsync(organization, http.Actor(), ct), id => $"/api/parties/{id}");

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(PartyId id, PartyChange to, HttpContext http, ChangeParty change, CancellationToken ct) =>
        (await change.RunAsync(id, to, http.Actor(), ct, http.CheckVersion)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> ArchiveAsync(PartyId id, HttpContext http, ArchiveParty archive, CancellationToken ct) => (await archive.RunAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> RestoreAsync(PartyId id, HttpContext http, RestoreParty restore, CancellationToken ct) => (await restore.RunAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<Ok<WhoAnswered>, ProblemHttpResult>> SayWhoAsync(PartyId id, WhoAnswer answer, HttpContext http, SayWho say, CancellationToken ct) => Answered(await say.RunAsync(id, answer.Who, http.Actor(), ct));

    private static async Task<Results<Ok<WhoAnswered>, ProblemHttpResult>> SayWhoOfDomainAsync(string domain, WhoAnswer answer, HttpContext http, SayWho say, CancellationToken ct) => Answered(await say.OfDomainAsync(domain, answer.Who, http.Actor(), ct));

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeBackAsync(WhoSaidId id, HttpContext http, TakeBackWho takeBack, CancellationToken ct) => (await takeBack.RunAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Ok<ChainReached>> ChainAsync(PartyId id, ServesChain chain, CancellationToken ct) => TypedResults.Ok(await chain.FromAsync(id, ct));

    private static async Task<Results<Created<Made<ContactPointId>>, ProblemHttpResult>> AddPointAsync(PartyId id, NewContactPoint point, HttpContext http, AddContactPoint add, CancellationToken ct) =>
        Created(await add.RunAsync(id, point, http.Actor(), ct), made => $"/api/parties/{id}/contact-points/{made}");

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePointAsync(PartyId id, ContactPointId point, ContactPointChange to, HttpContext http, ChangeContactPoint change, CancellationToken ct) =>
        (await change.RunAsync(id, point, to, http.Actor(), ct, http.CheckVersion)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> RemovePointAsync(PartyId id, ContactPointId point, HttpContext http, RemoveContactPoint remove, CancellationToken ct) =>
        (await remove.RunAsync(id, point, http.Actor(), ct, http.CheckVersion)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> SendAgainAsync(PartyId id, ContactPointId point, HttpContext http, LiftSuppression lift, CancellationToken ct) =>
        (await lift.RunAsync(id, point, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> SendNoMoreAsync(PartyId id, ContactPointId point, HttpContext http, LiftSuppression lift, CancellationToken ct) =>
        (await lift.UndoAsync(id, point, http.Actor(), ct)).ToAnswer();

    private static async Task<Ok<IReadOnlyList<Suppression>>> SuppressedAsync(string[] address, RapportDb db, CancellationToken ct) =>
        TypedResults.Ok<IReadOnlyList<Suppression>>([.. (await db.SuppressedAsync([.. address.Take(MostAddresses)], ct)).Values.OrderBy(s => s.Address, StringComparer.Ordinal)]);

    private static async Task<Results<Ok<PolicyRefusals>, NoContent>> RefusedAsync(RapportDb db, TimeProvider clock, CancellationToken ct) =>
        await db.PolicyRefusalsAsync(clock, ct) is { } refused ? TypedResults.Ok(refused) : TypedResults.NoContent();

    private static async Task<Results<Created<Made<AffiliationId>>, ProblemHttpResult>> AffiliateAsync(PartyId id, NewAffiliation place, HttpContext http, Affiliate affiliate, CancellationToken ct) =>
        Created(await affiliate.RunAsync(id, place, http.Actor(), ct), made => $"/api/parties/{id}/affiliations/{made}");

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePlaceAsync(PartyId id, AffiliationId place, NewAffiliation to, HttpContext http, ChangeAffiliation change, CancellationToken ct) =>
        (await change.RunAsync(id, place, to, http.Actor(), ct, http.CheckVersion)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> EndPlaceAsync(PartyId id, AffiliationId place, DateOnly? on, HttpContext http, EndAffiliation end, CancellationToken ct) =>
        (await end.RunAsync(id, place, on, http.Actor(), ct, http.CheckVersion)).ToAnswer();

    private static async Task<Ok<IReadOnlyList<PossibleDuplicate>>> DuplicatesAsync(string? name, string? email, string? phone, PartyId? except, PossibleDuplicates duplicates, CancellationToken ct) =>
        TypedResults.Ok(await duplicates.FindAsync(name, email, phone, except, ct));

    private static async Task<Ok<IReadOnlyList<PartyRow>>> ByPointAsync(string value, PartyQueries parties, CancellationToken ct) => TypedResults.Ok(await parties.FindByContactPointAsync(value, ct));

    internal static Results<Created<Made<TId>>, ProblemHttpResult> Created<TId>(Result<TId> result, Func<TId, string> path) =>
        result.Succeeded(out var id, out var refusal) ? TypedResults.Created(path(id), new Made<TId>(id)) : refusal.ToProblem();

    private static Results<Ok<WhoAnswered>, ProblemHttpResult> Answered(Result<WhoAnswered> result) => result.Succeeded(out var answered, out var refusal) ? TypedResults.Ok(answered) : refusal.ToProblem();
}
