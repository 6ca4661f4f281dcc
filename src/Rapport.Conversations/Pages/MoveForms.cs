using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Design;
using Rapport.Members;

namespace Rapport.Conversations.Pages;

/// <summary>Putting messages where they belong, from the pages.</summary>
internal static class MoveForms
{
    public static void MapMoves(this RouteGroupBuilder forms)
    {
        forms.MapPost("/conversations/{id}/merge", MergeAsync);
        forms.MapPost("/interactions/{id}/move", MoveAsync);
        forms.MapPost("/conversation-moves/{id}/undo", UndoAsync);
    }

    private static async Task<IResult> MergeAsync(ConversationId id, [FromForm] string? conversation, HttpContext http, MergeConversations merge, CancellationToken ct)
    {
        if (!IId<ConversationId>.TryParse(conversation, null, out var into)) return ReturnTo.Redirect(http, $"/conversations/{id}/merge", "Choose the conversation that it belongs to.");
        return (await merge.RunAsync(id, into, http.Actor(), ct)).Succeeded(out var moved, out var refusal)
            ? ReturnTo.Redirect(http, $"/conversations/{into}", "They are one conversation now.", Undo(moved))
            : ReturnTo.Redirect(http, $"/conversations/{id}/merge", refusal.Message);
    }

    // No conversation chosen: one of its own.
    private static async Task<IResult> MoveAsync(InteractionId id, [FromForm] string? conversation, [FromForm] bool? answers, HttpContext http, MoveInteraction move, CancellationToken ct)
    {
        var to = IId<ConversationId>.TryParse(conversation, null, out var chosen) ? chosen : (ConversationId?)null;
        if (!(await move.RunAsync(id, to, answers == true, http.Actor(), ct)).Succeeded(out var moved, out var refusal)) return ReturnTo.Redirect(http, $"/interactions/{id}/move", refusal.Message);
        var what = moved.Messages == 1 ? "The message" : $"{moved.Messages} messages";
        return ReturnTo.Redirect(http, $"/conversations/{moved.Conversation}", to is null ? $"{what} {(moved.Messages == 1 ? "has" : "have")} a conversation of {(moved.Messages == 1 ? "its" : "their")} own now." : $"{what} {(moved.Messages == 1 ? "is" : "are")} here now.", Undo(moved));
    }

    private static async Task<IResult> UndoAsync(ConversationMoveId id, HttpContext http, UndoMove undo, CancellationToken ct) =>
        (await undo.RunAsync(id, http.Actor(), ct)).Succeeded(out var moved, out var refusal)
            ? Results.LocalRedirect($"/conversations/{Said(http, moved)}")
            : ReturnTo.Redirect(http, "/conversations", refusal.Message);

    // It leads to where the messages are, not to the page that the click was on: that conversation may be none any more.
    private static ConversationId Said(HttpContext http, Moved moved)
    {
        Toasts.Leave(http, "It is as it was.", null);
        return moved.Conversation;
    }

    private static string Undo(Moved moved) => $"/do/conversation-moves/{moved.Move}/undo";
}
