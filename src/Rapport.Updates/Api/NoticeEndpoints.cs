using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Updates.Api;

/// <summary>Notices in the API.</summary>
internal static class NoticeEndpoints
{
    public static void MapNoticeApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/notices").WithTags("Notices");
        api.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Notices, the newest first: all, those that are running, or those that are over");
        api.MapPost("", SendAsync).RequireAuthorization(Policies.Write).WithSummary("Sends a notice to those it concerns, to each a mail of their own");
        api.MapPost("/preview", PreviewAsync).RequireAuthorization(Policies.Write).WithSummary("Whom a notice would reach, with the reason for each, and whom not and why. Changes nothing");
        api.MapGet("/{id}", GetAsync).RequireAuthorization(Policies.Read).WithSummary("One notice with all that was said of it and how many it reached");
        api.MapGet("/{id}/recipients", RecipientsAsync).RequireAuthorization(Policies.Read).WithSummary("Whom it concerns and why, and what became of the last word to each");
        api.MapPost("/{id}/updates", UpdateAsync).RequireAuthorization(Policies.Write).WithSummary("How it stands now, to everybody it concerns; keeps the promise of a next word and makes another");
        api.MapPost("/{id}/audiences", WidenAsync).RequireAuthorization(Policies.Write).WithSummary("It concerns more people: they are told that it began");
        api.MapPut("/{id}/over", EndAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("It is over: everybody who was told that it began is told so, and what has not left is not sent");
    }

    private static async Task<Results<Ok<Page<NoticeRow>>, ProblemHttpResult>> ListAsync(string? part, string? after, int? size, HttpContext http, NoticeQueries notices, CancellationToken ct) => part switch
    {
        null or "" => TypedResults.Ok(await notices.ListAsync(null, after, size ?? Page<NoticeRow>.Usual, http.Actor(), ct)),
        "running" or "over" => TypedResults.Ok(await notices.ListAsync(part == "running", after, size ?? Page<NoticeRow>.Usual, http.Actor(), ct)),
        _ => Refusal.Invalid("part.unknown", "Write one of running, over.", "part").ToProblem(),
    };

    private static async Task<Results<Created<NoticeDetail>, ProblemHttpResult>> SendAsync(NewNoticeBody body, HttpContext http, SendNotice send, NoticeQueries notices, CancellationToken ct)
    {
        if (!(await send.RunAsync(body.ToNotice(), http.Site(), http.Actor(), ct)).Succeeded(out var id, out var refusal)) return refusal.ToProblem();
        var sent = (await notices.FindAsync(id, http.Actor(), ct))!;
        http.WriteVersion(sent.Version);
        return TypedResults.Created($"/api/notices/{id}", sent);
    }

    private static async Task<Results<Ok<Reach>, ProblemHttpResult>> PreviewAsync(PreviewBody body, PreviewNotice preview, CancellationToken ct) =>
        (await preview.RunAsync(body.Audience ?? new(), body.Kind, ct)).Succeeded(out var reach, out var refusal) ? TypedResults.Ok(reach) : refusal.ToProblem();

    private static async Task<Results<Ok<NoticeDetail>, ProblemHttpResult>> GetAsync(NoticeId id, HttpContext http, NoticeQueries notices, CancellationToken ct)
    {
        if (await notices.FindAsync(id, http.Actor(), ct) is not { } found) return Refusal.Missing("notice").ToProblem();
        http.WriteVersion(found.Version);
        return TypedResults.Ok(found);
    }

    private static async Task<Results<Ok<Page<RecipientRow>>, ProblemHttpResult>> RecipientsAsync(NoticeId id, bool? reached, string? after, int? size, HttpContext http, RapportDb db, RecipientQueries recipients, CancellationToken ct) =>
        await db.NoticesFor(http.Actor()).AnyAsync(n => n.Id == id, ct) ? TypedResults.Ok(await recipients.ListAsync(id, reached, after, size ?? Page<RecipientRow>.Usual, ct)) : Refusal.Missing("notice").ToProblem();

    private static async Task<Results<Ok<NoticeDetail>, ProblemHttpResult>> UpdateAsync(NoticeId id, NoticeUpdate body, HttpContext http, SayNextWord say, NoticeQueries notices, CancellationToken ct) =>
        await say.UpdateAsync(id, body, http.Actor(), ct, http.CheckVersion) is { } refusal ? refusal.ToProblem() : await GetAsync(id, http, notices, ct);

    private static async Task<Results<Ok<NoticeDetail>, ProblemHttpResult>> WidenAsync(NoticeId id, WiderAudience body, HttpContext http, SayNextWord say, NoticeQueries notices, CancellationToken ct) =>
        await say.WidenAsync(id, body, http.Actor(), ct, http.CheckVersion, body.Mailbox) is { } refusal ? refusal.ToProblem() : await GetAsync(id, http, notices, ct);

    private static async Task<Results<Ok<NoticeDetail>, ProblemHttpResult>> EndAsync(NoticeId id, AllClearBody? body, HttpContext http, SayNextWord say, NoticeQueries notices, CancellationToken ct) =>
        await say.EndAsync(id, body?.Words, http.Actor(), ct, http.CheckVersion, body?.Mailbox) is { } refusal ? refusal.ToProblem() : await GetAsync(id, http, notices, ct);
}
