using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Conversations.Api;

/// <summary>When a draft is to be sent.</summary>
public sealed record SendAt(DateTimeOffset At);

/// <summary>Drafts, saved texts and how mailboxes send, in the API.</summary>
internal static class WritingEndpoints
{
    private const int MostDrafts = 200;

    public static void MapWritingEndpoints(this IEndpointRouteBuilder routes)
    {
        var drafts = routes.MapGroup("/api/drafts").WithTags("Mail").RequireAuthorization(Policies.Write);
        drafts.MapGet("", DraftsAsync).WithSummary("Your drafts, the one changed last first");
        drafts.MapPut("{id}", KeepAsync).ChecksVersion<DraftId, Draft>((db, http, id, ct) => db.DraftsOf(http.Actor()).SingleOrDefaultAsync(d => d.Id == id, ct)).WithSummary("Keeps a mail as far as it is written, under an id of yours");
        drafts.MapPut("{id}/sent", SendAsync).ChecksVersion<DraftId, Draft>((db, http, id, ct) => db.DraftsOf(http.Actor()).SingleOrDefaultAsync(d => d.Id == id, ct)).WithSummary("Sends a draft; however often, it is sent once");
        drafts.MapPut("{id}/due", LaterAsync).ChecksVersion<DraftId, Draft>((db, http, id, ct) => db.DraftsOf(http.Actor()).SingleOrDefaultAsync(d => d.Id == id, ct)).WithSummary("Sends a draft at a time, unless something is said in its conversation before");
        drafts.MapDelete("{id}", DiscardAsync).ChecksVersion<DraftId, Draft>((db, http, id, ct) => db.DraftsOf(http.Actor()).SingleOrDefaultAsync(d => d.Id == id, ct)).WithSummary("Throws a draft away");

        var texts = routes.MapGroup("/api/texts").WithTags("Mail");
        texts.MapGet("", TextsAsync).RequireAuthorization(Policies.Read).WithSummary("The saved texts, by name");
        texts.MapPost("", KeepTextAsync).RequireAuthorization(Policies.Write).WithSummary("Saves a text with fields");
        texts.MapPut("{id}", ChangeTextAsync).RequireAuthorization(Policies.Write).ChecksVersion<SavedTextId, SavedText>((db, _, id, ct) => db.Set<SavedText>().SingleOrDefaultAsync(t => t.Id == id, ct)).WithSummary("Changes a saved text");
        texts.MapDelete("{id}", DiscardTextAsync).RequireAuthorization(Policies.Write).ChecksVersion<SavedTextId, SavedText>((db, _, id, ct) => db.Set<SavedText>().SingleOrDefaultAsync(t => t.Id == id, ct)).WithSummary("Throws a saved text away");

        routes.MapGet("/api/mailboxes/{id}/outbox", OutboxAsync).WithTags("Mailboxes").RequireAuthorization(Policies.Write).WithSummary("How a mailbox sends");
        routes.MapPut("/api/mailboxes/{id}/outbox", ChangeOutboxAsync).WithTags("Mailboxes").RequireAuthorization(Policies.Write).ChecksVersion<MailboxId, Outbox>(StandsAsync).WithSummary("Changes how a mailbox sends: name, signature, pace, reply address, copies, bounces, a mark in the text");
        routes.MapGet("/api/mailboxes/{id}/acknowledging", AcknowledgingAsync).WithTags("Mailboxes").RequireAuthorization(Policies.Write).WithSummary("Whether and how a mailbox acknowledges mail");
        routes.MapPut("/api/mailboxes/{id}/acknowledging", ChangeAcknowledgingAsync).WithTags("Mailboxes").RequireAuthorization(Policies.Write).ChecksVersion<MailboxId, Outbox>(StandsAsync).WithSummary("Changes that; with promise=mine you accept that each acknowledgement names a time, and each time is a commitment of yours");
        routes.MapGet("/api/mailboxes/{id}/held-answers", HeldAsync).WithTags("Mailboxes").RequireAuthorization(Policies.Read).WithSummary("Mails that had no automatic answer because the brake held, the newest first");
    }

    private static async Task<Outbox?> StandsAsync(RapportDb db, HttpContext http, MailboxId id, CancellationToken ct) =>
        await db.MailboxAsync(id, http.Actor(), ct) is null ? null : await db.Set<Outbox>().SingleOrDefaultAsync(o => o.Mailbox == id, ct);

    private static async Task<Results<Ok<Acknowledging>, ProblemHttpResult>> AcknowledgingAsync(MailboxId id, HttpContext http, RapportDb db, ChangeOutbox outboxes, ChangeAcknowledgement change, CancellationToken ct)
    {
        if (await db.MailboxAsync(id, http.Actor(), ct) is null) return Refusal.Missing("mailbox").ToProblem();
        http.WriteVersion((await outboxes.OfAsync(id, ct)).Version);
        return TypedResults.Ok(await change.OfAsync(id, ct));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAcknowledgingAsync(MailboxId id, NewAcknowledgement body, HttpContext http, ChangeAcknowledgement change, CancellationToken ct) => (await change.RunAsync(id, body, http.Actor(), ct)).ToAnswer();

    private static async Task<Ok<List<HeldAnswer>>> HeldAsync(MailboxId id, HttpContext http, HeldAnswers held, CancellationToken ct) => TypedResults.Ok(await held.LastAsync(id, MostDrafts, http.Actor(), ct));

    private static async Task<Ok<List<DraftRow>>> DraftsAsync(HttpContext http, RapportDb db, CancellationToken ct) => TypedResults.Ok((await db.DraftsOf(http.Actor()).AsNoTracking().OrderByDescending(d => d.ChangedAt).Take(MostDrafts).ToListAsync(ct)).ConvertAll(DraftRow.Of));

    private static async Task<Results<NoContent, ProblemHttpResult>> KeepAsync(DraftId id, DraftWords words, HttpContext http, KeepDraft keep, CancellationToken ct) => (await keep.RunAsync(id, words, [], http.Actor(), ct)).ToAnswer();

    private static async Task<Results<Ok<MailSent>, ProblemHttpResult>> SendAsync(DraftId id, HttpContext http, SendDraft send, CancellationToken ct) =>
        (await send.RunAsync(id, http.Actor(), ct)).Succeeded(out var sent, out var refusal) ? TypedResults.Ok(sent) : refusal.ToProblem();

    private static async Task<Results<NoContent, ProblemHttpResult>> LaterAsync(DraftId id, SendAt at, HttpContext http, SendDraft send, CancellationToken ct) => (await send.LaterAsync(id, at.At, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> DiscardAsync(DraftId id, HttpContext http, KeepDraft keep, CancellationToken ct) => (await keep.DiscardAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Ok<IReadOnlyList<SavedTextRow>>> TextsAsync(SavedTexts texts, CancellationToken ct) => TypedResults.Ok(await texts.ListAsync(ct));

    private static async Task<Results<Created<SavedTextRow>, ProblemHttpResult>> KeepTextAsync(NewText text, HttpContext http, SavedTexts texts, CancellationToken ct) =>
        (await texts.KeepAsync(null, text, http.Actor(), ct)).Succeeded(out var id, out var refusal) ? TypedResults.Created($"/api/texts/{id}", SavedTextRow.Of((await texts.FindAsync(id, ct))!)) : refusal.ToProblem();

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeTextAsync(SavedTextId id, NewText text, HttpContext http, SavedTexts texts, CancellationToken ct) => (await texts.KeepAsync(id, text, http.Actor(), ct)).Refusal.ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> DiscardTextAsync(SavedTextId id, HttpContext http, SavedTexts texts, CancellationToken ct) => (await texts.DiscardAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<Ok<NewOutbox>, ProblemHttpResult>> OutboxAsync(MailboxId id, HttpContext http, RapportDb db, ChangeOutbox outboxes, CancellationToken ct)
    {
        if (await db.MailboxAsync(id, http.Actor(), ct) is null) return Refusal.Missing("mailbox").ToProblem();
        var outbox = await outboxes.OfAsync(id, ct);
        http.WriteVersion(outbox.Version);
        return TypedResults.Ok(NewOutbox.Of(outbox));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeOutboxAsync(MailboxId id, NewOutbox outbox, HttpContext http, ChangeOutbox change, CancellationToken ct) => (await change.RunAsync(id, outbox, http.Actor(), ct)).ToAnswer();
}
