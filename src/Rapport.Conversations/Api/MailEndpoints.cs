using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Channels;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Conversations.Api;

/// <summary>Sending mail in the API, and what became of it.</summary>
internal static class MailEndpoints
{
    private const int LargestBody = 150 * 1024 * 1024;

    public static void MapMailEndpoints(this IEndpointRouteBuilder routes)
    {
        var mails = routes.MapGroup("/api/mails").WithTags("Mail");
        mails.MapPost("", SendAsync).RequireAuthorization(Policies.Write).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).WithSummary("Sends a mail, an answer or a forwarded mail; it leaves some seconds later. Send an Idempotency-Key, so that it is sent once");
        mails.MapPut("{id}/taken-back", TakeBackAsync).RequireAuthorization(Policies.Write).WithSummary("Takes a mail back before it leaves");
        mails.MapGet("{id}/dispatches", OfAsync).RequireAuthorization(Policies.Read).WithSummary("Where a mail stands, for each recipient");
        mails.MapPut("{id}/dispatches/{recipient}/arrived", ArrivedAsync).RequireAuthorization(Policies.Write).WithSummary("Settles one that is in doubt: it arrived");
        mails.MapPut("{id}/dispatches/{recipient}/sent-again", SendAgainAsync).RequireAuthorization(Policies.Write).WithSummary("Settles one that is in doubt, or failed: it is sent to them again");
        mails.MapPut("{id}/dispatches/{recipient}/left", LeaveAsync).RequireAuthorization(Policies.Write).WithSummary("Settles one that is in doubt, or failed: it is left at that");
        routes.MapGet("/api/dispatches", ListAsync).WithTags("Mail").RequireAuthorization(Policies.Read).WithSummary("The ledger of what goes out, the newest first, by state and mailbox");
    }

    // A draft holds the files of what it passes on, so that its writer can leave some out. Here all of them go along.
    private static async Task<Results<Accepted<MailSent>, ProblemHttpResult>> SendAsync(MailToSend mail, HttpContext http, SendMail send, StartDraft start, CancellationToken ct)
    {
        if (mail is { Forward: true, Answers: { } passedOn }) mail = mail with { Files = [.. await start.FilesAsync(passedOn, http.Actor(), ct), .. mail.Files] };
        return (await send.RunAsync(mail, http.Actor(), ct)).Succeeded(out var sent, out var refusal) ? TypedResults.Accepted($"/api/mails/{sent.Interaction}/dispatches", sent) : refusal.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeBackAsync(InteractionId id, HttpContext http, TakeBackMail takeBack, CancellationToken ct) => (await takeBack.RunAsync(id, http.Actor(), ct)).Refusal.ToAnswer();

    private static async Task<Results<Ok<IEnumerable<DispatchRow>>, ProblemHttpResult>> OfAsync(InteractionId id, HttpContext http, DispatchQueries dispatches, CancellationToken ct) =>
        (await dispatches.OfAsync([id], http.Actor(), ct))[id] is var rows && rows.Any() ? TypedResults.Ok(rows) : Refusal.Missing("mail").ToProblem();

    private static async Task<Results<NoContent, ProblemHttpResult>> ArrivedAsync(InteractionId id, string recipient, HttpContext http, SettleDispatch settle, CancellationToken ct) => (await settle.ArrivedAsync(id, recipient, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> SendAgainAsync(InteractionId id, string recipient, HttpContext http, SettleDispatch settle, CancellationToken ct) => (await settle.SendAgainAsync(id, recipient, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> LeaveAsync(InteractionId id, string recipient, HttpContext http, SettleDispatch settle, CancellationToken ct) => (await settle.LeaveAsync(id, recipient, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<Ok<Page<DispatchRow>>, ProblemHttpResult>> ListAsync(string? state, MailboxId? mailbox, string? after, int? size, HttpContext http, DispatchQueries dispatches, CancellationToken ct) =>
        Words.Unknown<DispatchState>(state, "state") is { } refusal ? refusal.ToProblem()
            : TypedResults.Ok(await dispatches.ListAsync(Words.Of<DispatchState>(state), mailbox, after, ConversationEndpoints.Size(size), http.Actor(), ct));
}
