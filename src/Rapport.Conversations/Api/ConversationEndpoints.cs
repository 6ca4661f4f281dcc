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

/// <summary>Until when a conversation is put away.</summary>
public sealed record SnoozeUntil(DateTimeOffset Until);

/// <summary>Who answers for it; null for nobody.</summary>
public sealed record ConversationOwner(MemberId? Owner);

/// <summary>Why nobody waits any more.</summary>
public sealed record Settled(Settlement How);

internal static class ConversationEndpoints
{
    public static void MapConversationEndpoints(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/conversations").WithTags("Conversations");
        api.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Lists conversations, by filters, the last spoken in first; with waiting=true the longest waiting first");
        api.MapGet("{id}", FindAsync).RequireAuthorization(Policies.Read).WithSummary("Reads one conversation with its newest messages");
        api.MapPut("{id}/closed", CloseAsync).RequireAuthorization(Policies.Write).WithSummary("Closes it; what was asked counts as answered");
        api.MapDelete("{id}/closed", ReopenAsync).RequireAuthorization(Policies.Write).WithSummary("Takes a closed or snoozed conversation up again");
        api.MapPut("{id}/snoozed", SnoozeAsync).RequireAuthorization(Policies.Write).WithSummary("Puts it away until a time or until they write again");
        api.MapPut("{id}/owner", AssignAsync).RequireAuthorization(Policies.Write).WithSummary("Gives it to the one member who answers for it");
        api.MapPut("{id}/settled", SettleAsync).RequireAuthorization(Policies.Write).WithSummary("Says that no reply is needed, or that they were answered elsewhere");
        api.MapDelete("{id}/settled", UnsettleAsync).RequireAuthorization(Policies.Write).WithSummary("Takes that back: whoever asked waits again");
        api.MapGet("{id}/readers", ReadersAsync).RequireAuthorization(Policies.Read).WithSummary("Who sees it, and why");
        api.MapPut("{id}/sharing", ShareAsync).RequireAuthorization(Policies.Write).WithSummary("Says who sees what is one's own in it: owner, participants, team or everyone");
        api.MapDelete("{id}/sharing", UnshareAsync).RequireAuthorization(Policies.Write).WithSummary("Lets the mailboxes say again who sees it");
        routes.MapGet("/api/parties/{party}/timeline", TimelineAsync).RequireAuthorization(Policies.Read).WithTags("Conversations").WithSummary("What was said with a person or organisation on all channels, newest first");
        routes.MapGet("/api/correspondents", CorrespondentsAsync).RequireAuthorization(Policies.Read).WithTags("Conversations").WithSummary("Who wrote and has not been judged yet, by mail domain, the most frequent first");
    }

    private static async Task<Ok<Page<ConversationRow>>> ListAsync(
        ConversationState? state, MemberId? owner, PartyId? customer, bool? waiting, Channel? channel, ConversationKind? kind, string? after, int? size, HttpContext http, ConversationQueries conversations, CancellationToken ct) =>
        TypedResults.Ok(await conversations.ListAsync(new() { State = state, Owner = owner, Customer = customer, Waiting = waiting == true, Channel = channel, Kind = kind }, after, Size(size), http.Actor(), ct));

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

    private static Task<Results<NoContent, ProblemHttpResult>> SnoozeAsync(ConversationId id, SnoozeUntil to, HttpContext http, RapportDb db, SnoozeConversation snooze, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => snooze.RunAsync(id, to.Until, http.Actor(), ct), ct);

    private static Task<Results<NoContent, ProblemHttpResult>> AssignAsync(ConversationId id, ConversationOwner to, HttpContext http, RapportDb db, AssignConversation assign, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => assign.RunAsync(id, to.Owner, http.Actor(), ct), ct);

    private static Task<Results<NoContent, ProblemHttpResult>> SettleAsync(ConversationId id, Settled settled, HttpContext http, RapportDb db, SettleWaiting settle, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => settle.RunAsync(id, settled.How, http.Actor(), ct), ct);

    private static Task<Results<NoContent, ProblemHttpResult>> UnsettleAsync(ConversationId id, HttpContext http, RapportDb db, SettleWaiting settle, CancellationToken ct) =>
        ChangedAsync(id, http, db, () => settle.UndoAsync(id, http.Actor(), ct), ct);

    private static async Task<Ok<Page<TimelineEntry>>> TimelineAsync(
        PartyId party, Channel? channel, Direction? direction, string? words, bool? automatic, string? after, int? size, HttpContext http, TimelineQueries timeline, CancellationToken ct) =>
        TypedResults.Ok(await timeline.OfAsync(party, new() { Channel = channel, Direction = direction, Words = words, Automatic = automatic == true }, after, Size(size), http.Actor(), ct));

    private static async Task<Ok<IReadOnlyList<NewDomain>>> CorrespondentsAsync(int? size, CorrespondentQueries correspondents, CancellationToken ct) =>
        TypedResults.Ok(await correspondents.NewCorrespondentsAsync(Size(size), ct));

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
