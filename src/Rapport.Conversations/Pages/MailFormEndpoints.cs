using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Channels.Mail;
using Rapport.Design;
using Rapport.Members;

namespace Rapport.Conversations.Pages;

/// <summary>One-click deeds on mail that goes out.</summary>
internal static class MailFormEndpoints
{
    public static void MapMailForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/do/mails").ExcludeFromDescription().RequireAuthorization(Policies.Write);
        forms.MapPost("{id}/take-back", TakeBackAsync);
        forms.MapPost("{id}/settle", SettleAsync);
        forms.MapPost("{id}/forward", ForwardAsync);
        forms.MapPost("{id}/invitation", AnswerInvitationAsync);
    }

    private static async Task<IResult> TakeBackAsync(InteractionId id, HttpContext http, TakeBackMail takeBack, CancellationToken ct)
    {
        if (!(await takeBack.RunAsync(id, http.Actor(), ct)).Succeeded(out var draft, out var refusal) && refusal is not null) return ReturnTo.Redirect(http, "/outgoing", refusal.Message);
        Toasts.Leave(http, "Taken back: nobody got it.");
        return Results.LocalRedirect(draft is { } again ? $"/write/{again}" : "/outgoing");
    }

    // A draft from the start, so that each of the files that go along can be left out.
    private static async Task<IResult> ForwardAsync(InteractionId id, HttpContext http, StartDraft start, KeepDraft keep, CancellationToken ct)
    {
        var by = http.Actor();
        if (await start.FromAsync(id, DraftKind.Forward, by, ct) is not { } began) return Results.NotFound();
        var draft = start.NewId();
        if (await keep.RunAsync(draft, began.Words, began.Files, by, ct) is { } tooMuch)
        {
            Toasts.Leave(http, tooMuch.Message);
            if (await keep.RunAsync(draft, began.Words, [], by, ct) is { } refusal) return ReturnTo.Redirect(http, "/outgoing", refusal.Message);
        }
        return Results.LocalRedirect($"/write/{draft}");
    }

    private static async Task<IResult> AnswerInvitationAsync(InteractionId id, [FromForm] string? answer, [FromForm] string? seen, HttpContext http, AnswerInvitation deed, CancellationToken ct)
    {
        var said = Enum.TryParse<Attendance>(answer, ignoreCase: true, out var word) && Enum.IsDefined(word) ? word : Attendance.Unanswered;
        return (await deed.SendAsync(id, said, http.Actor(), ct, ConversationSeen.Read(seen))).Succeeded(out var sent, out var refusal)
            ? ReturnTo.Redirect(http, $"/conversations/{sent.Conversation}", "Answered. It leaves in a few seconds.", $"/do/mails/{sent.Interaction}/take-back")
            : ReturnTo.Redirect(http, "/conversations", refusal.Message);
    }

    private static async Task<IResult> SettleAsync(InteractionId id, [FromForm] string? recipient, [FromForm] string? how, HttpContext http, SettleDispatch settle, CancellationToken ct)
    {
        var (by, to) = (http.Actor(), recipient ?? "");
        var (refusal, done) = how switch
        {
            "again" => (await settle.SendAgainAsync(id, to, by, ct), "It is sent to them again."),
            "left" => (await settle.LeaveAsync(id, to, by, ct), "Left at that."),
            "arrived" => (await settle.ArrivedAsync(id, to, by, ct), "Noted: it arrived."),
            _ => (Refusal.Invalid("dispatch.how", "Say what became of it: it arrived, it is to be sent again, or it is left at that.", "how"), ""),
        };
        return ReturnTo.Redirect(http, "/outgoing", refusal?.Message ?? done);
    }
}
