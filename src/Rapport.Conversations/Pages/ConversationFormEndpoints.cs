using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Design;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Conversations.Pages;

/// <summary>One-click deeds of the pages of conversations.</summary>
internal static class ConversationFormEndpoints
{
    public static void MapConversationForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/do").ExcludeFromDescription().RequireAuthorization(Policies.Write);
        forms.MapPost("/conversations/{id}/close", CloseAsync);
        forms.MapPost("/conversations/{id}/reopen", ReopenAsync);
        forms.MapPost("/conversations/{id}/snooze", SnoozeAsync);
        forms.MapPost("/conversations/{id}/no-reply-needed", NoReplyAsync);
        forms.MapPost("/conversations/{id}/answered-elsewhere", ElsewhereAsync);
        forms.MapPost("/conversations/{id}/still-waiting", StillAsync);
        forms.MapPost("/conversations/{id}/take", TakeAsync);
        forms.MapPost("/conversations/{id}/assign", AssignAsync);
        routes.MapConversationMarks(forms);
        forms.MapPost("/mailboxes/{id}/share", ShareAsync);
        forms.MapPost("/conversations/{id}/share", ShareConversationAsync);
        forms.MapMoves();

        routes.MapPost("/do/interactions/{id}/remote-images", RemoteImagesAsync).ExcludeFromDescription().RequireAuthorization(Policies.Read);

        var files = routes.MapGroup("").ExcludeFromDescription().RequireAuthorization(Policies.Read);
        files.MapGet("/interactions/{id}/attachments/{position:int}", MailFiles.AttachmentAsync);
        files.MapGet("/interactions/{id}/source", MailFiles.SourceAsync);
        files.MapGet("/interactions/{id}/original", MailFiles.OriginalAsync);
        files.MapGet("/mail/unreadable/{id}/source", MailFiles.UnreadableAsync);
        files.MapGet("/interactions/{id}", FindAsync);
    }

    private static async Task<IResult> CloseAsync(ConversationId id, [FromForm] string? seen, HttpContext http, CloseConversation close, CancellationToken ct) =>
        Back(http, id, await close.RunAsync(id, http.Actor(), ct, ConversationSeen.Read(seen)), "Closed. It opens again when they write.", "reopen");

    private static async Task<IResult> ReopenAsync(ConversationId id, HttpContext http, ReopenConversation reopen, CancellationToken ct) =>
        Back(http, id, await reopen.RunAsync(id, http.Actor(), ct), "Open again.", null);

    // "Later" by itself is the next working morning.
    private static async Task<IResult> SnoozeAsync(ConversationId id, [FromForm] string? until, [FromForm] string? seen, HttpContext http, LocalTime local, ReadSnooze read, SnoozeConversation snooze, CancellationToken ct) =>
        (await read.RunAsync(until ?? "tomorrow", id, ct)).Succeeded(out var at, out var unclear)
            ? Back(http, id, await snooze.RunAsync(id, at, http.Actor(), ct, ConversationSeen.Read(seen)), $"Put away until {HumanTime.Say(at, local)}.", "reopen")
            : Back(http, id, unclear, "", null);

    private static async Task<IResult> NoReplyAsync(ConversationId id, [FromForm] string? seen, HttpContext http, SettleWaiting settle, CancellationToken ct) =>
        Back(http, id, await settle.RunAsync(id, Settlement.NoReplyNeeded, http.Actor(), ct, ConversationSeen.Read(seen)), "No reply needed.", "still-waiting");

    private static async Task<IResult> ElsewhereAsync(ConversationId id, [FromForm] string? seen, HttpContext http, SettleWaiting settle, CancellationToken ct) =>
        Back(http, id, await settle.RunAsync(id, Settlement.AnsweredElsewhere, http.Actor(), ct, ConversationSeen.Read(seen)), "Answered elsewhere.", "still-waiting");

    private static async Task<IResult> StillAsync(ConversationId id, HttpContext http, SettleWaiting settle, CancellationToken ct) =>
        Back(http, id, await settle.UndoAsync(id, http.Actor(), ct), "They still wait.", null);

    private static async Task<IResult> TakeAsync(ConversationId id, [FromForm] string? was, HttpContext http, AssignConversation assign, CancellationToken ct) =>
        Back(http, id, await assign.RunAsync(id, http.Actor().Id, http.Actor(), ct, OwnerSeen.Read(was)), "Yours now.", null);

    // The undo gives it back to whom it was with, whom its address carries.
    private static async Task<IResult> AssignAsync(ConversationId id, [FromForm] string? owner, [FromForm] string? was, [FromQuery] string? again, HttpContext http, RapportDb db, AssignConversation assign, CancellationToken ct)
    {
        MemberId? to = IId<MemberId>.TryParse(again ?? owner, null, out var member) ? member : null;
        var before = await db.ConversationsFor(http.Actor()).Where(c => c.Id == id).Select(c => c.Owner).SingleOrDefaultAsync(ct);
        var refusal = await assign.RunAsync(id, to, http.Actor(), ct, OwnerSeen.Read(was));
        var said = to is null ? "Nobody answers for it now." : $"{(await db.NamesOfMembersAsync([to], ct)).GetValueOrDefault(member, "Somebody")} answers for it now.";
        return Back(http, id, refusal, said, before == to ? null : $"assign?again={before?.ToString() ?? "nobody"}");
    }

    // The undo of a choice is the choice before it, which its address carries.
    private static async Task<IResult> ShareAsync(MailboxId id, [FromForm] string? with, [FromQuery] string? again, HttpContext http, RapportDb db, ShareMailbox share, CancellationToken ct)
    {
        const string page = "/settings/mailboxes";
        if (SharingWords.Parse(again ?? with) is not { } sharing) return ReturnTo.Redirect(http, page, "Choose who shall see it.");
        var before = await db.MailboxesOf(http.Actor()).Where(m => m.Id == id).Select(m => new { m.Visibility, m.Team }).SingleOrDefaultAsync(ct);
        if (await share.RunAsync(id, sharing, http.Actor(), ct) is { } refusal) return ReturnTo.Redirect(http, page, refusal.Message);
        return ReturnTo.Redirect(http, page, await SaidAsync(sharing, db, ct), $"/do/mailboxes/{id}/share?again={SharingWords.Value(new(before!.Visibility, before.Team))}");
    }

    private static async Task<IResult> ShareConversationAsync(ConversationId id, [FromForm] string? with, HttpContext http, RapportDb db, ShareConversation share, CancellationToken ct)
    {
        var page = $"/conversations/{id}/readers";
        var sharing = string.IsNullOrEmpty(with) ? null : SharingWords.Parse(with);
        if (await share.RunAsync(id, sharing, http.Actor(), ct) is { } refusal) return ReturnTo.Redirect(http, page, refusal.Message);
        return ReturnTo.Redirect(http, page, sharing is { } now ? await SaidAsync(now, db, ct) : "It is shared as your mailbox says.");
    }

    private static async Task<string> SaidAsync(Sharing sharing, RapportDb db, CancellationToken ct) =>
        SharingWords.Said(sharing, sharing.Team is { } team ? (await db.NamesOfTeamsAsync([team], ct)).GetValueOrDefault(team) : null);

    private static async Task<IResult> RemoteImagesAsync(InteractionId id, [FromForm] bool? always, HttpContext http, ShowRemoteImages show, CancellationToken ct)
    {
        var said = always == true ? await show.AlwaysAsync(id, http.Actor(), ct) : await show.WhenAskedAsync(id, http.Actor(), ct);
        return ReturnTo.Redirect(http, $"/interactions/{id}/mail", said.Succeeded(out var address, out var refusal) ? always == true ? $"Images from {address} are loaded from now on." : $"Images from {address} wait until you ask." : refusal.Message);
    }

    // Evidence points to an interaction; its page is its conversation's, at the message.
    private static async Task<IResult> FindAsync(InteractionId id, HttpContext http, ConversationDetails details, CancellationToken ct) =>
        await details.MessageAsync(id, http.Actor(), ct) is { } found ? Results.LocalRedirect($"/conversations/{found.Conversation}?at={id}#i{id}") : Results.NotFound();

    internal static IResult Back(HttpContext http, ConversationId id, Refusal? refusal, string said, string? undo) =>
        ReturnTo.Redirect(http, $"/conversations/{id}", refusal?.Message ?? said, refusal is null && undo is not null ? $"/do/conversations/{id}/{undo}" : null);
}
