using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Members;

/// <summary>Whoever asks, in the API.</summary>
internal sealed record MeAnswer(MemberId Id, string Name, string Email, IReadOnlyList<Roles> Roles, string? Zone, Look Theme, string? Language);

/// <summary>An invitation to make, in the API.</summary>
internal sealed record InvitationBody(IReadOnlyList<Roles> Roles, string? Email, string? Name);

/// <summary>The present password and the one wanted, in the API.</summary>
internal sealed record PasswordBody(string Present, string Wanted);

/// <summary>What a member has of their own in the API: themselves, sessions, tokens; and the invitations of administrators.</summary>
internal static class OwnEndpoints
{
    private static readonly Refusal ByPersonsOnly = Refusal.Forbidden("token.by-token", "A token cannot make tokens: sign in, or use 'rapport token create'.");

    public static void MapOwnApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Members");
        api.MapGet("/me", MeAsync).RequireAuthorization(Policies.Read).WithSummary("Who asks");
        api.MapPut("/me", ChangeMeAsync).RequireAuthorization(Policies.Read).ChecksVersion().WithSummary("Changes one's own name, zone, look and language");
        api.MapPut("/me/password", ChangePasswordAsync).RequireAuthorization(Policies.Read).WithSummary("Changes one's own password; every other session ends");
        api.MapGet("/sessions", SessionsAsync).RequireAuthorization(Policies.Read).WithSummary("Where one is signed in");
        api.MapDelete("/sessions/{id}", EndAsync).RequireAuthorization(Policies.Read).WithSummary("Signs out there");
        api.MapDelete("/sessions", EndOthersAsync).RequireAuthorization(Policies.Read).WithSummary("Signs out everywhere but here");
        api.MapGet("/tokens", TokensAsync).RequireAuthorization(Policies.Read).WithSummary("One's own tokens");
        api.MapPost("/tokens", MakeTokenAsync).RequireAuthorization(Policies.Read).WithSummary("Makes a token; its secret is in this answer only");
        api.MapDelete("/tokens/{id}", RevokeAsync).RequireAuthorization(Policies.Read).WithSummary("Makes a token useless");
        api.MapGet("/invitations", InvitationsAsync).RequireAuthorization(Policies.Administer).WithSummary("Invitations not taken up");
        api.MapPost("/invitations", InviteAsync).RequireAuthorization(Policies.Administer).WithSummary("Makes a link by which somebody joins; it is in this answer only");
        api.MapDelete("/invitations/{id}", WithdrawAsync).RequireAuthorization(Policies.Administer).WithSummary("Takes an invitation back");
    }

    private static async Task<Results<Ok<MeAnswer>, ProblemHttpResult>> MeAsync(HttpContext http, RapportDb db, CancellationToken ct) =>
        await db.MemberAsync(http.Actor().Id, ct) is { } member ? Answer(http, member) : Refusal.Missing("member").ToProblem();

    private static async Task<Results<Ok<MeAnswer>, ProblemHttpResult>> ChangeMeAsync(NewProfile body, HttpContext http, RapportDb db, ChangeProfile change, CancellationToken ct)
    {
        if (await db.MemberAsync(http.Actor().Id, ct) is not { } member) return Refusal.Missing("member").ToProblem();
        if ((http.CheckVersion(member) ?? await change.RunAsync(member, body, http.Actor(), ct)) is { } refusal) return refusal.ToProblem();
        return Answer(http, member);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePasswordAsync(PasswordBody body, HttpContext http, RapportDb db, ChangePassword change, CancellationToken ct)
    {
        if (await db.MemberAsync(http.Actor().Id, ct) is not { } member) return Refusal.Missing("member").ToProblem();
        return (await change.RunAsync(member, body.Present, body.Wanted, http.Session(), http.Actor(), ct)).ToAnswer();
    }

    private static async Task<Ok<List<SessionRow>>> SessionsAsync(HttpContext http, EndSessions sessions, CancellationToken ct) =>
        TypedResults.Ok(await sessions.ListAsync(http.Actor(), ct));

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(SessionId id, HttpContext http, EndSessions end, CancellationToken ct) =>
        (await end.RunAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> EndOthersAsync(HttpContext http, EndSessions end, CancellationToken ct) =>
        (await end.AllButAsync(http.Session(), http.Actor(), ct)).ToAnswer();

    private static async Task<Ok<List<TokenRow>>> TokensAsync(HttpContext http, MakeToken tokens, CancellationToken ct) =>
        TypedResults.Ok(await tokens.ListAsync(http.Actor(), ct));

    private static async Task<Results<Created<MadeToken>, ProblemHttpResult>> MakeTokenAsync(NewToken body, HttpContext http, MakeToken tokens, CancellationToken ct)
    {
        if (http.Session() is null) return ByPersonsOnly.ToProblem();
        return (await tokens.RunAsync(body, http.Actor(), ct)).Succeeded(out var made, out var refusal) ? TypedResults.Created($"/api/tokens/{made.Id}", made) : refusal.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(TokenId id, HttpContext http, MakeToken tokens, CancellationToken ct) =>
        (await tokens.RevokeAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Ok<List<InvitationRow>>> InvitationsAsync(InviteMember invite, CancellationToken ct) => TypedResults.Ok(await invite.ListAsync(ct));

    private static async Task<Results<Created<MadeLink>, ProblemHttpResult>> InviteAsync(InvitationBody body, HttpContext http, InviteMember invite, CancellationToken ct)
    {
        var roles = body.Roles.Aggregate(Roles.None, (sum, role) => sum | role);
        return (await invite.RunAsync(new(roles, body.Email, body.Name), http.Actor(), ct)).Succeeded(out var made, out var refusal) ? TypedResults.Created($"/api/invitations/{made.Id}", made) : refusal.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(LinkId id, HttpContext http, InviteMember invite, CancellationToken ct) =>
        (await invite.WithdrawAsync(id, http.Actor(), ct)).ToAnswer();

    private static Ok<MeAnswer> Answer(HttpContext http, Member member)
    {
        http.WriteVersion(member.Version);
        return TypedResults.Ok(new MeAnswer(member.Id, member.Name, member.Email, MemberAnswer.Apart(member.Roles), member.Zone, member.Theme, member.Language));
    }
}
