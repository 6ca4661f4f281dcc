using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Design;
using Rapport.Members;

namespace Rapport.Conversations.Pages;

/// <summary>What members put on conversations among themselves: notes, tags, and deeds with several at once.</summary>
internal static class ConversationMarkForms
{
    public static void MapConversationMarks(this IEndpointRouteBuilder routes, RouteGroupBuilder forms)
    {
        forms.MapPost("/conversations/{id}/note", NoteAsync);
        forms.MapPost("/conversations/{id}/tag", TagAsync);
        forms.MapPost("/conversations/{id}/untag", UntagAsync);
        forms.MapPost("/conversations/chosen", ChosenAsync);
        // Readers are mentioned too; the forms of the group are for those who write.
        routes.MapPost("/do/nudges/{id}/seen", TickOffAsync).ExcludeFromDescription().RequireAuthorization(Policies.Read);
    }

    private static async Task<IResult> NoteAsync(ConversationId id, [FromForm] string? text, HttpContext http, WriteNote write, CancellationToken ct)
    {
        if (!(await write.RunAsync(id, text, http.Actor(), ct)).Succeeded(out var written, out var refusal)) return ConversationFormEndpoints.Back(http, id, refusal, "", null);
        var said = written.NotTold.Count == 0
            ? written.Told.Count switch { 0 => "Noted.", 1 => "Noted. One member is told.", _ => $"Noted. {written.Told.Count} members are told." }
            : $"Noted. {string.Join(", ", written.NotTold)} cannot see this conversation and {(written.NotTold.Count == 1 ? "was" : "were")} not told: share it with them first.";
        return ReturnTo.Redirect(http, $"/conversations/{id}#i{written.Interaction}", said);
    }

    private static async Task<IResult> TagAsync(ConversationId id, [FromForm] string? tag, HttpContext http, TagConversation tags, CancellationToken ct) =>
        ConversationFormEndpoints.Back(http, id, await tags.AddAsync(id, tag, http.Actor(), ct), $"Tagged {tag?.Trim()}.", null);

    private static async Task<IResult> UntagAsync(ConversationId id, [FromForm] string? tag, HttpContext http, TagConversation tags, CancellationToken ct) =>
        ConversationFormEndpoints.Back(http, id, await tags.RemoveAsync(id, tag, http.Actor(), ct), $"The tag {tag?.Trim()} is gone.", null);

    private static async Task<IResult> TickOffAsync(NudgeId id, HttpContext http, Nudges nudges, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/", (await nudges.TickOffAsync(id, http.Actor(), ct))?.Message ?? "Ticked off.");

    // One form, several buttons: which was pressed says what is done; the fields of the others are not looked at.
    private static async Task<IResult> ChosenAsync([FromForm] string? deed, [FromForm] string? owner, [FromForm] string? until, [FromForm] string? tag, HttpContext http, ChangeConversations change, CancellationToken ct)
    {
        var chosen = http.Request.Form["id"].Select(Chosen).OfType<(ConversationId Id, ConversationAsSeen? Seen)>().ToList();
        var to = IId<MemberId>.TryParse(owner, null, out var member) ? member : (MemberId?)null;
        var (changes, done) = deed switch
        {
            "close" => (new ConversationChanges { Close = true }, "closed"),
            "take" => (new ConversationChanges { Owner = http.Actor().Id }, "yours now"),
            "give" => (new ConversationChanges { Owner = to, Unassign = to is null }, to is null ? "left to nobody" : "given"),
            "later" => (new ConversationChanges { Snooze = string.IsNullOrWhiteSpace(until) ? "tomorrow" : until }, "put away"),
            "tag" => (new ConversationChanges { Tag = tag ?? "" }, "tagged"),
            _ => (new ConversationChanges(), ""),
        };
        if (done.Length == 0) return ReturnTo.Redirect(http, "/conversations", "Say what shall be done with them.");
        if (!(await change.RunAsync(changes with { Ids = [.. chosen.Select(c => c.Id)], Seen = [.. chosen.Select(c => c.Seen).OfType<ConversationAsSeen>()] }, http.Actor(), ct)).Succeeded(out var changed, out var refusal)) return ReturnTo.Redirect(http, "/conversations", refusal.Message);
        var why = changed.NotChanged.Count == 0 ? "" : $" {changed.NotChanged.Count} {(changed.NotChanged.Count == 1 ? "was" : "were")} not: {changed.NotChanged[0].Why}";
        return ReturnTo.Redirect(http, "/conversations", $"{changed.Changed} {done}.{why}");
    }

    // A tick carries what its row showed of the conversation: the newest message, how many, who answers for it.
    private static (ConversationId, ConversationAsSeen?)? Chosen(string? text)
    {
        if (text?.Split('/') is not { } parts || !IId<ConversationId>.TryParse(parts[0], null, out var id)) return null;
        return (id, parts is [_, var last, var count, var owner] && ConversationSeen.Read($"{last}/{count}") is { } seen ? new(id, seen.Last, seen.Count, OwnerSeen.Read(owner)?.Owner) : null);
    }
}
