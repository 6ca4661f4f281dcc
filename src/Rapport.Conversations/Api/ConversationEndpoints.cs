using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Conversations.Api;

/// <summary>Until when a conversation is put away: a moment, or words such as "tomorrow" and "in two weeks".</summary>
public sealed record SnoozeUntil(DateTimeOffset? Until, string? Words = null);

/// <summary>How many conversations are in each part of the inbox, counted up to a hundred.</summary>
public sealed record InboxCounts(int NeedsUs, int Mine, int Teams, int Unassigned, int WaitingForThem, int Snoozed);

/// <summary>A note among ourselves.</summary>
public sealed record NewNote(string? Text);

/// <summary>Who answers for it; null for nobody.</summary>
public sealed record ConversationOwner(MemberId? Owner);

/// <summary>Why nobody waits any more.</summary>
public sealed record Settled(Settlement How);

internal static class ConversationEndpoints
{
    public static void MapConversationEndpoints(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/conversations").WithTags("Conversations");
        api.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Lists conversations, by filters, the last spoken in first; with view=needsUs or waiting=true the longest waiting first, with due=late, soon or any the next due first");
        api.MapGet("counts", CountAsync).RequireAuthorization(Policies.Read).WithSummary("How many conversations are in each part of the inbox, counted up to a hundred");
        api.MapGet("{id}/story", StoryAsync).RequireAuthorization(Policies.Read).WithSummary("What was done with it, by whom and when, the newest first");
        api.MapGet("{id}", FindAsync).RequireAuthorization(Policies.Read).WithSummary("Reads one conversation with its newest messages");
        api.MapPut("{id}/closed", CloseAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Closes it; what was asked counts as answered");
        api.MapDelete("{id}/closed", ReopenAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Takes a closed or snoozed conversation up again");
        api.MapPut("{id}/snoozed", SnoozeAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Puts it away until a time, given as a moment or in words, or until they write again");
        api.MapPut("{id}/owner", AssignAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Gives it to the one member who answers for it, or to nobody");
        api.MapPut("{id}/settled", SettleAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Says that no reply is needed, or that they were answered elsewhere");
        api.MapDelete("{id}/settled", UnsettleAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Takes that back: whoever asked waits again");
        api.MapPut("{id}/tags/{tag}", TagAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Gives it a tag");
        api.MapDelete("{id}/tags/{tag}", UntagAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Takes a tag away");
        api.MapPost("{id}/notes", NoteAsync).RequireAuthorization(Policies.Write).WithSummary("Writes a note among ourselves; whom it mentions (@name) finds it on their Today");
        api.MapPost("changes", ChangeManyAsync).RequireAuthorization(Policies.Write).WithSummary("Does the same with several: close, give, put away, tag; says which were left as they were, and why");
        routes.MapGet("/api/tags", TagsAsync).RequireAuthorization(Policies.Read).WithTags("Conversations").WithSummary("The tags there are, by name");
        routes.MapPut("/api/nudges/{id}/seen", TickOffAsync).RequireAuthorization(Policies.Read).WithTags("Conversations").WithSummary("Ticks off what was for oneself: a mention, something that came back");
        api.MapGet("{id}/readers", ReadersAsync).RequireAuthorization(Policies.Read).WithSummary("Who sees it, and why");
        api.MapPut("{id}/sharing", ShareAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Says who sees what is one's own in it: owner, participants, team or everyone");
        api.MapDelete("{id}/sharing", UnshareAsync).RequireAuthorization(Policies.Write).ChecksVersion().WithSummary("Lets the mailboxes say again who sees it");
        routes.MapGet("/api/parties/{party}/timeline", TimelineAsync).RequireAuthorization(Policies.Read).WithTags("Conversations").WithSummary("What was said with a person or organisation on all channels, newest first");
        routes.MapGet("/api/correspondents", CorrespondentsAsync).RequireAuthorization(Policies.Read).WithTags("Conversations").WithSummary("Who wrote and has not been judged yet, by mail domain, the most frequent first");
    }

    private static async Task<Results<Ok<Page<ConversationRow>>, ProblemHttpResult>> ListAsync(
        string? view, string? state, MemberId? owner, PartyId? customer, bool? waiting, string? channel, string? kind, string? tag, string? due, string? after, int? size, HttpContext http, ConversationQueries conversations, CancellationToken ct)
    {
        if ((Words.Unknown<ConversationView>(view, "view") ?? Words.Unknown<ConversationState>(state, "state") ?? Words.Unknown<Channel>(channel, "channel") ?? Words.Unknown<ConversationKind>(kind, "kind") ?? Words.Unknown<ConversationDue>(due, "due")) is { } refusal) return refusal.ToProblem();
        var filter = new ConversationFilter
        {
            View = Words.Of<ConversationView>(view), State = Words.Of<ConversationState>(state), Owner = owner, Customer = customer, Waiting = waiting == true,
            Channel = Words.Of<Channel>(channel), Kind = Words.Of<ConversationKind>(kind), Tag = tag, Due = Words.Of<ConversationDue>(due),
        };
        return TypedResults.Ok(await conversations.ListAsync(filter, after, Size(size), http.Actor(), ct));
    }

    private static async Task<Results<Ok<ConversationDetail>, ProblemHttpResult>> FindAsync(ConversationId id, string? before, int? size, HttpContext http, ConversationDetails details, CancellationToken ct)
    {
        if (await details.FindAsync(id, before, Size(size), http.Actor(), ct) is not { } found) return Refusal.Missing("conversation").ToProblem();
        http.WriteVersion(found.Version);
        return TypedResults.Ok(found);
    }

    private static async Task<Results<Ok<ConversationSight>, ProblemHttpResult>> ReadersAsync(ConversationId id, HttpContext http, WhoSees sees, CancellationToken ct) =>
        await sees.OfAsync(id, http.Actor(), ct) is { } sight ? TypedResults.Ok(sight) : Refusal.Missing("conversation").ToProblem();

    private static Task<Results<NoContent, ProblemHttpResult>> ShareAsync(ConversationId id, Sharing body, HttpContext http, RapportDb db, ShareConversation share, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => share.RunAsync(id, body, http.Actor(), ct), ct);

    private static Task<Results<NoContent, ProblemHttpResult>> UnshareAsync(ConversationId id, HttpContext http, RapportDb db, ShareConversation share, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => share.RunAsync(id, null, http.Actor(), ct), ct);

    private static Task<Results<NoContent, ProblemHttpResult>> CloseAsync(ConversationId id, HttpContext http, RapportDb db, CloseConversation close, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => close.RunAsync(id, http.Actor(), ct), ct);

    private static Task<Results<NoContent, ProblemHttpResult>> ReopenAsync(ConversationId id, HttpContext http, RapportDb db, ReopenConversation reopen, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => reopen.RunAsync(id, http.Actor(), ct), ct);

    private static Task<Results<NoContent, ProblemHttpResult>> SnoozeAsync(ConversationId id, SnoozeUntil to, HttpContext http, RapportDb db, ReadSnooze read, SnoozeConversation snooze, CancellationToken ct) =>
        ChangedAsync(id, http, db, async () =>
        {
            var at = to.Until is { } until ? until : await read.RunAsync(to.Words, id, ct);
            return at.Succeeded(out var moment, out var unclear) ? await snooze.RunAsync(id, moment, http.Actor(), ct) : unclear;
        }, ct);

    private static async Task<Ok<InboxCounts>> CountAsync(HttpContext http, ConversationQueries conversations, CancellationToken ct)
    {
        var of = await conversations.CountAsync([ConversationView.NeedsUs, ConversationView.Mine, ConversationView.Teams, ConversationView.Unassigned, ConversationView.WaitingForThem, ConversationView.Snoozed], 100, http.Actor(), ct);
        return TypedResults.Ok(new InboxCounts(of[ConversationView.NeedsUs], of[ConversationView.Mine], of[ConversationView.Teams], of[ConversationView.Unassigned], of[ConversationView.WaitingForThem], of[ConversationView.Snoozed]));
    }

    private static async Task<Ok<IReadOnlyList<StoryLine>>> StoryAsync(ConversationId id, HttpContext http, ConversationStory story, CancellationToken ct) =>
        TypedResults.Ok(await story.OfAsync(id, Page<StoryLine>.Most, http.Actor(), ct));

    private static Task<Results<NoContent, ProblemHttpResult>> AssignAsync(ConversationId id, ConversationOwner to, HttpContext http, RapportDb db, AssignConversation assign, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => assign.RunAsync(id, to.Owner, http.Actor(), ct), ct);

    private static Task<Results<NoContent, ProblemHttpResult>> SettleAsync(ConversationId id, Settled settled, HttpContext http, RapportDb db, SettleWaiting settle, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => settle.RunAsync(id, settled.How, http.Actor(), ct), ct);

    private static Task<Results<NoContent, ProblemHttpResult>> UnsettleAsync(ConversationId id, HttpContext http, RapportDb db, SettleWaiting settle, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => settle.UndoAsync(id, http.Actor(), ct), ct);

    private static async Task<Results<Ok<Page<TimelineEntry>>, ProblemHttpResult>> TimelineAsync(
        PartyId party, string? channel, string? direction, string? words, bool? automatic, string? after, int? size, HttpContext http, TimelineQueries timeline, CancellationToken ct)
    {
        if ((Words.Unknown<Channel>(channel, "channel") ?? Words.Unknown<Direction>(direction, "direction")) is { } refusal) return refusal.ToProblem();
        var filter = new TimelineFilter { Channel = Words.Of<Channel>(channel), Direction = Words.Of<Direction>(direction), Words = words, Automatic = automatic == true };
        return TypedResults.Ok(await timeline.OfAsync(party, filter, after, Size(size), http.Actor(), ct));
    }

    private static async Task<Ok<IReadOnlyList<NewDomain>>> CorrespondentsAsync(int? size, HttpContext http, CorrespondentQueries correspondents, CancellationToken ct) =>
        TypedResults.Ok(await correspondents.NewCorrespondentsAsync(Size(size), http.Actor(), ct));

    private static Task<Results<NoContent, ProblemHttpResult>> TagAsync(ConversationId id, string tag, HttpContext http, RapportDb db, TagConversation tags, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => tags.AddAsync(id, tag, http.Actor(), ct), ct);

    private static Task<Results<NoContent, ProblemHttpResult>> UntagAsync(ConversationId id, string tag, HttpContext http, RapportDb db, TagConversation tags, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => tags.RemoveAsync(id, tag, http.Actor(), ct), ct);

    private static async Task<Results<Created<NoteWritten>, ProblemHttpResult>> NoteAsync(ConversationId id, NewNote note, HttpContext http, WriteNote write, CancellationToken ct) =>
        (await write.RunAsync(id, note.Text, http.Actor(), ct)).Succeeded(out var written, out var refusal) ? TypedResults.Created($"/api/interactions/{written.Interaction}", written) : refusal.ToProblem();

    private static async Task<Results<Ok<ConversationsChanged>, ProblemHttpResult>> ChangeManyAsync(ConversationChanges changes, HttpContext http, ChangeConversations change, CancellationToken ct) =>
        (await change.RunAsync(changes, http.Actor(), ct)).Succeeded(out var changed, out var refusal) ? TypedResults.Ok(changed) : refusal.ToProblem();

    private static async Task<Ok<List<TagRow>>> TagsAsync(RapportDb db, CancellationToken ct) => TypedResults.Ok(await db.TagsAsync(ct));

    private static async Task<Results<NoContent, ProblemHttpResult>> TickOffAsync(NudgeId id, HttpContext http, Nudges nudges, CancellationToken ct) =>
        (await nudges.TickOffAsync(id, http.Actor(), ct)).ToAnswer();

    internal static int Size(int? size) => Math.Clamp(size ?? Page<ConversationRow>.Usual, 1, Page<ConversationRow>.Most);

    // The record that is checked is the one the deed changes: one context, one instance.
    private static async Task<Results<NoContent, ProblemHttpResult>> ChangedAsync(ConversationId id, HttpContext http, RapportDb db, Func<Task<Refusal?>> change, CancellationToken ct)
    {
        if (await db.ConversationAsync(id, http.Actor(), ct) is not { } conversation) return Refusal.Missing("conversation").ToProblem();
        if (http.CheckVersion(conversation) is { } stale) return stale.ToProblem();
        if (await change() is { } refusal) return refusal.ToProblem();
        http.WriteVersion(conversation.Version);
        return TypedResults.NoContent();
    }
}
