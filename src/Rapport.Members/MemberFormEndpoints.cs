using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Database;
using Rapport.Design;

namespace Rapport.Members;

/// <summary>One-click deeds of the members' pages.</summary>
internal static class MemberFormEndpoints
{
    public static void MapMemberForms(this IEndpointRouteBuilder routes)
    {
        // A link is followed by GET; that it works once, and only with its secret, is what guards it.
        routes.MapGet("/enter/{token}", EnterAsync).AllowAnonymous().ExcludeFromDescription();
        var forms = routes.MapGroup("/do").ExcludeFromDescription();
        forms.MapPost("/sign-out", SignOutAsync).RequireAuthorization(Policies.Read);
        forms.MapPost("/sessions/{id}/end", EndSessionAsync).RequireAuthorization(Policies.Read);
        forms.MapPost("/sessions/end-others", EndOthersAsync).RequireAuthorization(Policies.Read);
        forms.MapPost("/tokens/{id}/revoke", RevokeAsync).RequireAuthorization(Policies.Read);
        forms.MapPost("/members/{id}/left", LeftAsync).RequireAuthorization(Policies.Administer);
        forms.MapPost("/members/{id}/returned", ReturnedAsync).RequireAuthorization(Policies.Administer);
        forms.MapPost("/teams/{id}/disband", DisbandAsync).RequireAuthorization(Policies.Administer);
        forms.MapPost("/invitations/{id}/withdraw", WithdrawAsync).RequireAuthorization(Policies.Administer);
    }

    private static async Task<IResult> EnterAsync(string token, HttpContext http, EnterByLink enter, SignIn signIn, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!(await enter.RunAsync(token, ct)).Succeeded(out var member, out var refusal)) return ReturnTo.Redirect(http, "/sign-in", refusal.Message);
        await signIn.BeginAsync(member);
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, SignIn signIn)
    {
        await signIn.EndAsync();
        // What this browser keeps of unsent text and of pages that were visited goes with its member.
        http.Response.Headers["Clear-Site-Data"] = "\"storage\"";
        return Results.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> EndSessionAsync(SessionId id, HttpContext http, EndSessions end, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/settings/sessions", Said(await end.RunAsync(id, http.Actor(), ct), "Signed out there."));

    private static async Task<IResult> EndOthersAsync(HttpContext http, EndSessions end, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/settings/sessions", Said(await end.AllButAsync(http.Session(), http.Actor(), ct), "Signed out everywhere else."));

    private static async Task<IResult> RevokeAsync(TokenId id, HttpContext http, MakeToken tokens, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/settings/tokens", Said(await tokens.RevokeAsync(id, http.Actor(), ct), "The token no longer works."));

    private static async Task<IResult> LeftAsync(MemberId id, HttpContext http, RapportDb db, ChangeMember change, CancellationToken ct)
    {
        if (await db.MemberAsync(id, ct) is not { } member) return Results.NotFound();
        var refusal = await change.LeaveAsync(member, http.Actor(), ct);
        return ReturnTo.Redirect(http, $"/members/{id}", Said(refusal, $"{member.Name} can no longer sign in."), refusal is null ? $"/do/members/{id}/returned" : null);
    }

    private static async Task<IResult> ReturnedAsync(MemberId id, HttpContext http, RapportDb db, ChangeMember change, CancellationToken ct) =>
        await db.MemberAsync(id, ct) is { } member
            ? ReturnTo.Redirect(http, $"/members/{id}", Said(await change.ReturnAsync(member, http.Actor(), ct), $"{member.Name} can sign in again."))
            : Results.NotFound();

    private static async Task<IResult> DisbandAsync(TeamId id, HttpContext http, FormTeam form, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/teams", Said(await form.DisbandAsync(id, http.Actor(), ct), "The team is no more. What was shared with it is its owners' alone."));

    private static async Task<IResult> WithdrawAsync(LinkId id, HttpContext http, InviteMember invite, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/members", Said(await invite.WithdrawAsync(id, http.Actor(), ct), "The invitation no longer works."));

    private static string Said(Refusal? refusal, string otherwise) => refusal?.Message ?? otherwise;
}
