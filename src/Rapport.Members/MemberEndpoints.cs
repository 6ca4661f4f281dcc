using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;

namespace Rapport.Members;

/// <summary>A member's roles, in the API.</summary>
internal sealed record RolesBody(IReadOnlyList<Roles> Roles);

/// <summary>A member, in the API.</summary>
internal sealed record MemberAnswer(MemberId Id, string Name, string Email, IReadOnlyList<Roles> Roles, DateTimeOffset JoinedAt, DateTimeOffset? LeftAt, DateTimeOffset? LastSeenAt)
{
    public static MemberAnswer Of(MemberRow row) => new(row.Id, row.Name, row.Email, Apart(row.Roles), row.JoinedAt, row.LeftAt, row.LastSeenAt);

    public static MemberAnswer Of(Member member) => new(member.Id, member.Name, member.Email, Apart(member.Roles), member.JoinedAt, member.LeftAt, member.LastSeenAt);

    public static Roles[] Apart(Roles roles) => [.. Enum.GetValues<Roles>().Where(role => role != default && roles.HasFlag(role))];
}

/// <summary>Members in the API.</summary>
internal static class MemberEndpoints
{
    public static void MapMemberApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/members").WithTags("Members");
        api.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Members, by name");
        api.MapGet("/{id}", GetAsync).RequireAuthorization(Policies.Read).WithSummary("One member");
        api.MapPut("/{id}/roles", RolesAsync).RequireAuthorization(Policies.Administer).ChecksVersion().WithSummary("Gives a member these roles and no others");
        api.MapPut("/{id}/left", LeftAsync).RequireAuthorization(Policies.Administer).ChecksVersion().WithSummary("A member has left: sessions and tokens end at once");
        api.MapDelete("/{id}/left", ReturnedAsync).RequireAuthorization(Policies.Administer).ChecksVersion().WithSummary("Lets a member sign in again");
        api.MapPost("/{id}/reset-links", ResetAsync).RequireAuthorization(Policies.Administer).WithSummary("Makes a link by which a member chooses a new password");
    }

    private static async Task<Ok<Page<MemberAnswer>>> ListAsync(RapportDb db, string? after, int? size, CancellationToken ct)
    {
        var page = await db.MembersAsync(after, size ?? Page<MemberRow>.Usual, ct);
        return TypedResults.Ok(new Page<MemberAnswer>([.. page.Items.Select(MemberAnswer.Of)], page.Next));
    }

    private static async Task<Results<Ok<MemberAnswer>, ProblemHttpResult>> GetAsync(MemberId id, HttpContext http, RapportDb db, CancellationToken ct) =>
        await db.MemberAsync(id, ct) is { } member ? Answer(http, member) : Missing;

    private static Task<Results<Ok<MemberAnswer>, ProblemHttpResult>> RolesAsync(MemberId id, RolesBody body, HttpContext http, RapportDb db, ChangeMember change, CancellationToken ct) =>
        ChangeAsync(id, http, db, member => change.RolesAsync(member, body.Roles.Aggregate(Roles.None, (sum, role) => sum | role), http.Actor(), ct), ct);

    private static Task<Results<Ok<MemberAnswer>, ProblemHttpResult>> LeftAsync(MemberId id, HttpContext http, RapportDb db, ChangeMember change, CancellationToken ct) =>
        ChangeAsync(id, http, db, member => change.LeaveAsync(member, http.Actor(), ct), ct);

    private static Task<Results<Ok<MemberAnswer>, ProblemHttpResult>> ReturnedAsync(MemberId id, HttpContext http, RapportDb db, ChangeMember change, CancellationToken ct) =>
        ChangeAsync(id, http, db, member => change.ReturnAsync(member, http.Actor(), ct), ct);

    private static async Task<Results<Created<MadeLink>, ProblemHttpResult>> ResetAsync(MemberId id, HttpContext http, RapportDb db, MakeMemberLink make, CancellationToken ct)
    {
        if (await db.MemberAsync(id, ct) is not { } member) return Missing;
        return (await make.ResetAsync(member, http.Actor(), ct)).Succeeded(out var link, out var refusal) ? TypedResults.Created(link.Path, link) : refusal.ToProblem();
    }

    private static async Task<Results<Ok<MemberAnswer>, ProblemHttpResult>> ChangeAsync(MemberId id, HttpContext http, RapportDb db, Func<Member, Task<Refusal?>> change, CancellationToken ct)
    {
        if (await db.MemberAsync(id, ct) is not { } member) return Missing;
        if ((http.CheckVersion(member) ?? await change(member)) is { } refusal) return refusal.ToProblem();
        return Answer(http, member);
    }

    private static Ok<MemberAnswer> Answer(HttpContext http, Member member)
    {
        http.WriteVersion(member.Version);
        return TypedResults.Ok(MemberAnswer.Of(member));
    }

    private static ProblemHttpResult Missing => Refusal.Missing("member").ToProblem();
}
