using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rapport.Design;
using Rapport.Members;

namespace Rapport.Channels.Pages;

/// <summary>One-click deeds of a connected mailbox's page.</summary>
internal static class ConnectionFormEndpoints
{
    public static void MapConnectionForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/do/mailboxes/{id}").ExcludeFromDescription().RequireAuthorization(Policies.Write);
        forms.MapPost("/pause", PauseAsync);
        forms.MapPost("/resume", ResumeAsync);
        forms.MapPost("/again", AgainAsync);
        forms.MapPost("/disconnect", DisconnectAsync);
    }

    private static async Task<IResult> PauseAsync(MailboxId id, HttpContext http, PauseMailbox deed, CancellationToken ct) =>
        Back(http, id, await deed.RunAsync(id, http.Actor(), ct), "Paused. What arrives meanwhile is read when you go on.", "resume");

    private static async Task<IResult> ResumeAsync(MailboxId id, HttpContext http, PauseMailbox deed, CancellationToken ct) =>
        Back(http, id, await deed.ResumeAsync(id, http.Actor(), ct), "It is read again, from where it stopped.", null);

    private static async Task<IResult> AgainAsync(MailboxId id, HttpContext http, TryMailboxAgain deed, CancellationToken ct) =>
        Back(http, id, await deed.RunAsync(id, http.Actor(), ct), "It is tried again now.", null);

    private static async Task<IResult> DisconnectAsync(MailboxId id, HttpContext http, DisconnectMailbox deed, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/settings/mailboxes", (await deed.RunAsync(id, http.Actor(), ct))?.Message ?? "Disconnected. Its mail stays here.");

    private static IResult Back(HttpContext http, MailboxId id, Refusal? refusal, string said, string? undo) =>
        ReturnTo.Redirect(http, $"/settings/mailboxes/{id}", refusal?.Message ?? said, refusal is null && undo is not null ? $"/do/mailboxes/{id}/{undo}" : null);
}
