using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Conversations.Api;

/// <summary>Where a message is moved; null for a new conversation of its own.</summary>
/// <param name="Conversation">The conversation it belongs to.</param>
/// <param name="WithAnswers">The answers to it that are here go along.</param>
public sealed record MoveTo(ConversationId? Conversation, bool WithAnswers = true);

/// <summary>The conversation that this one is to be a part of.</summary>
public sealed record MergeInto(ConversationId Conversation);

internal static class MoveEndpoints
{
    public static void MapMoveEndpoints(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Conversations").RequireAuthorization(Policies.Write);
        api.MapPut("interactions/{id}/conversation", MoveAsync).WithSummary("Moves a message, with the answers to it, to another conversation or to a new one of its own");
        api.MapPut("conversations/{id}/merged", MergeAsync).ChecksVersion().WithSummary("Makes it a part of another conversation");
        api.MapDelete("conversation-moves/{id}", UndoAsync).WithSummary("Undoes that messages were moved, split off or merged; what answered them since goes back with them");
    }

    private static async Task<Results<Ok<Moved>, ProblemHttpResult>> MoveAsync(InteractionId id, MoveTo to, HttpContext http, MoveInteraction move, CancellationToken ct) =>
        (await move.RunAsync(id, to.Conversation, to.WithAnswers, http.Actor(), ct)).Succeeded(out var moved, out var refusal) ? TypedResults.Ok(moved) : refusal.ToProblem();

    private static async Task<Results<Ok<Moved>, ProblemHttpResult>> MergeAsync(ConversationId id, MergeInto into, HttpContext http, RapportDb db, MergeConversations merge, CancellationToken ct)
    {
        if (await db.ConversationAsync(id, http.Actor(), ct) is { } conversation && http.CheckVersion(conversation) is { } stale) return stale.ToProblem();
        return (await merge.RunAsync(id, into.Conversation, http.Actor(), ct)).Succeeded(out var moved, out var refusal) ? TypedResults.Ok(moved) : refusal.ToProblem();
    }

    private static async Task<Results<Ok<Moved>, ProblemHttpResult>> UndoAsync(ConversationMoveId id, HttpContext http, UndoMove undo, CancellationToken ct) =>
        (await undo.RunAsync(id, http.Actor(), ct)).Succeeded(out var moved, out var refusal) ? TypedResults.Ok(moved) : refusal.ToProblem();
}
