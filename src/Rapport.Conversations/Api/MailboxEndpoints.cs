using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Conversations.Api;

/// <summary>A mailbox to import into, or to connect.</summary>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Ours">Further mail domains, or single addresses, that are ours.</param>
/// <param name="Shared">The team whose it is, or everyone; yours when left out. Only an administrator opens one that is nobody's own.</param>
public sealed record NewMailbox(string Name, IReadOnlyList<string>? Ours = null, Sharing? Shared = null);

/// <summary>A mailbox.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Owner">Whose it is; null where it is nobody's own.</param>
/// <param name="Visibility">Who sees its mail.</param>
/// <param name="Team">Which team, when one does.</param>
/// <param name="LastTakenAt">When mail last came in.</param>
/// <param name="Version">Its version, for <c>If-Match</c>.</param>
public sealed record MailboxAnswer(MailboxId Id, string Name, MemberId? Owner, Visibility Visibility, TeamId? Team, DateTimeOffset? LastTakenAt, int Version);

internal static class MailboxEndpoints
{
    private const long LargestMail = 100 * 1024 * 1024;

    public static void MapMailboxEndpoints(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/mailboxes").WithTags("Mailboxes");
        api.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Your mailboxes and those that others shared");
        api.MapPost("", OpenAsync).RequireAuthorization(Policies.Write).WithSummary("Opens a mailbox of yours, or one for a team; the same name leads to the same one");
        api.MapPost("{id}/mails", TakeAsync).RequireAuthorization(Policies.Write).WithMetadata(new RequestSizeLimitAttribute(LargestMail)).Accepts<byte[]>("message/rfc822").WithSummary("Takes one raw mail: stored first, then read");
        api.MapPut("{id}/sharing", ShareAsync).RequireAuthorization(Policies.Write).ChecksVersion<MailboxId, Mailbox>((db, http, id, ct) => db.MailboxAsync(id, http.Actor(), ct)).WithSummary("Says who sees its mail: owner, participants, team or everyone");
        api.MapGet("unreadable", UnreadableAsync).RequireAuthorization(Policies.Read).WithSummary("Mails that could not be read, with the reason");
    }

    private static async Task<Ok<List<MailboxAnswer>>> ListAsync(HttpContext http, RapportDb db, CancellationToken ct) =>
        TypedResults.Ok(await db.MailboxesFor(http.Actor()).Select(m => new MailboxAnswer(m.Id, m.Name, m.Owner == Mailbox.Nobody ? null : m.Owner, m.Visibility, m.Team, m.LastTakenAt, m.Version)).ToListAsync(ct));

    private static async Task<Results<Ok<MailboxAnswer>, ProblemHttpResult>> OpenAsync(NewMailbox given, HttpContext http, RapportDb db, OpenMailbox open, ExtendOurs extend, CancellationToken ct)
    {
        var by = http.Actor();
        if (given.Ours is { Count: > 0 } && !by.May(Roles.Administrator)) return Refusal.Forbidden("ours.administrator", "Only an administrator says what else is ours.").ToProblem();
        if (given.Ours is { Count: > 0 } ours && await extend.RunAsync(ours, by, ct) is { } notOurs) return notOurs.ToProblem();
        var opened = given.Shared is { } with ? await open.SharedAsync(given.Name ?? "", with, by, ct) : await open.RunAsync(given.Name ?? "", by, ct);
        if (!opened.Succeeded(out var id, out var refusal)) return refusal.ToProblem();
        return TypedResults.Ok(await db.MailboxesOf(by).Where(m => m.Id == id).Select(m => new MailboxAnswer(m.Id, m.Name, m.Owner == Mailbox.Nobody ? null : m.Owner, m.Visibility, m.Team, m.LastTakenAt, m.Version)).SingleAsync(ct));
    }

    private static async Task<Results<Ok<MailTaken>, ProblemHttpResult>> TakeAsync(MailboxId id, HttpContext http, TakeMail take, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, ct);
        if (bytes.Length == 0) return Refusal.Invalid("mail.empty", "Send the mail as the body of the request.").ToProblem();
        return (await take.RunAsync(id, [new("api", bytes.ToArray())], http.Actor(), ct)).Succeeded(out var taken, out var refusal) ? TypedResults.Ok(taken) : refusal.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ShareAsync(MailboxId id, Sharing body, HttpContext http, ShareMailbox share, CancellationToken ct) =>
        (await share.RunAsync(id, body, http.Actor(), ct)).ToAnswer();

    private static async Task<Ok<IReadOnlyList<UnreadableMail>>> UnreadableAsync(HttpContext http, UnreadableMails mails, CancellationToken ct) =>
        TypedResults.Ok(await mails.ListAsync(Page<UnreadableMail>.Most, http.Actor(), ct));
}
