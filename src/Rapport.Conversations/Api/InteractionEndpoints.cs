using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Channels.Mail;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Conversations.Api;

/// <summary>A message with the conversation it is in.</summary>
public sealed record InteractionAnswer(ConversationId Conversation, MessageDetail Message);

internal static class InteractionEndpoints
{
    public static void MapInteractionEndpoints(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/interactions").WithTags("Interactions");
        api.MapPost("", RecordAsync).RequireAuthorization(Policies.Write).WithSummary("Records a call, a visit, a meeting, a chat, a letter or a note");
        api.MapGet("{id}", FindAsync).RequireAuthorization(Policies.Read).WithSummary("Reads one message");
        api.MapGet("{id}/source", MailFiles.SourceAsync).RequireAuthorization(Policies.Read).WithSummary("The mail as it came, byte by byte").Produces(200, contentType: "application/octet-stream").ProducesProblem(404);
        api.MapPut("{id}/remote-images", AlwaysAsync).RequireAuthorization(Policies.Read).WithSummary("Always loads, for whoever says so, what lies elsewhere in the mails of this one's sender");
        api.MapDelete("{id}/remote-images", WhenAskedAsync).RequireAuthorization(Policies.Read).WithSummary("Loads it only when asked");
        api.MapGet("{id}/invitation/answers/{answer}", AnswerAsync).RequireAuthorization(Policies.Write).WithSummary("The file (text/calendar, METHOD:REPLY) that accepts or declines an invitation, for sending to whoever invites").Produces(200, contentType: "text/calendar").ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("{id}/invitation/answers/{answer}", SendAnswerAsync).RequireAuthorization(Policies.Write).WithSummary("Accepts, accepts perhaps or declines an invitation: a mail to whoever invites, which their calendar reads");
        api.MapGet("{id}/attachments/{position:int}", MailFiles.AttachmentAsync).RequireAuthorization(Policies.Read).WithSummary("A file that came with it").Produces(200, contentType: "application/octet-stream").ProducesProblem(404);
    }

    private static async Task<Results<Created<Recorded>, ProblemHttpResult>> RecordAsync(NewInteraction given, HttpContext http, RecordInteraction record, CancellationToken ct) =>
        (await record.RunAsync(given, http.Actor(), ct)).Succeeded(out var recorded, out var refusal)
            ? TypedResults.Created($"/api/interactions/{recorded.Interaction}", recorded)
            : refusal.ToProblem();

    private static async Task<Results<Ok<InteractionAnswer>, ProblemHttpResult>> FindAsync(InteractionId id, HttpContext http, ConversationDetails details, CancellationToken ct) =>
        await details.MessageAsync(id, http.Actor(), ct) is { } found ? TypedResults.Ok(new InteractionAnswer(found.Conversation, found.Message)) : Refusal.Missing("interaction").ToProblem();

    private static async Task<Results<NoContent, ProblemHttpResult>> AlwaysAsync(InteractionId id, HttpContext http, ShowRemoteImages show, CancellationToken ct) =>
        (await show.AlwaysAsync(id, http.Actor(), ct)).Refusal.ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> WhenAskedAsync(InteractionId id, HttpContext http, ShowRemoteImages show, CancellationToken ct) =>
        (await show.WhenAskedAsync(id, http.Actor(), ct)).Refusal.ToAnswer();

    private static async Task<Results<Created<MailSent>, ProblemHttpResult>> SendAnswerAsync(InteractionId id, string answer, HttpContext http, AnswerInvitation invitation, CancellationToken ct) =>
        (await invitation.SendAsync(id, Enum.TryParse<Attendance>(answer, ignoreCase: true, out var said) ? said : Attendance.Unanswered, http.Actor(), ct)).Succeeded(out var sent, out var refusal) ? TypedResults.Created($"/api/interactions/{sent.Interaction}", sent) : refusal.ToProblem();

    private static async Task<IResult> AnswerAsync(InteractionId id, string answer, HttpContext http, AnswerInvitation invitation, CancellationToken ct)
    {
        var said = Enum.TryParse<Attendance>(answer, ignoreCase: true, out var word) ? word : Attendance.Unanswered;
        return (await invitation.WriteAsync(id, said, http.Actor(), ct)).Succeeded(out var file, out var refusal) ? Results.Text(file, "text/calendar; method=REPLY", System.Text.Encoding.UTF8) : refusal.ToProblem();
    }
}
