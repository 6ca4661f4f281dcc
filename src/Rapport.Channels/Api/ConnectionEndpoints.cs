using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Channels.Api;

/// <summary>Connected mailboxes in the API. Passwords go in and never come out.</summary>
internal static class ConnectionEndpoints
{
    public static void MapConnectionEndpoints(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Mailboxes");
        api.MapGet("/mailbox-connections", ListAsync).RequireAuthorization(Policies.Write).WithSummary("How the connected mailboxes stand that you look after: folders, what is missing, alarms");
        api.MapPost("/mailbox-checks", TryAsync).RequireAuthorization(Policies.Write).WithSummary("Tries mail servers in both directions, and stores nothing");
        api.MapGet("/mailboxes/{id}/connection", FindAsync).RequireAuthorization(Policies.Write).WithSummary("How one of them stands");
        api.MapPut("/mailboxes/{id}/connection", ConnectAsync).RequireAuthorization(Policies.Write).ChecksVersion<MailboxId, MailboxConnection>(StandsAsync).WithSummary("Connects a mailbox to its mail server, or changes how; a password that is left out stays");
        api.MapDelete("/mailboxes/{id}/connection", DisconnectAsync).RequireAuthorization(Policies.Write).ChecksVersion<MailboxId, MailboxConnection>(StandsAsync).WithSummary("Disconnects it: passwords and progress go, its mail stays");
        api.MapPut("/mailboxes/{id}/connection/paused", PauseAsync).RequireAuthorization(Policies.Write).ChecksVersion<MailboxId, MailboxConnection>(StandsAsync).WithSummary("Stops reading it for a while");
        api.MapDelete("/mailboxes/{id}/connection/paused", ResumeAsync).RequireAuthorization(Policies.Write).ChecksVersion<MailboxId, MailboxConnection>(StandsAsync).WithSummary("Goes on reading it where it stopped");
        api.MapPut("/mailboxes/{id}/connection/retried", RetryAsync).RequireAuthorization(Policies.Write).ChecksVersion<MailboxId, MailboxConnection>(StandsAsync).WithSummary("Tries it again now, also what it did not give");
        api.MapGet("/mailboxes/{id}/left", LeftAsync).RequireAuthorization(Policies.Write).WithSummary("Mails that were left on its server, and why");
    }

    private static async Task<MailboxConnection?> StandsAsync(RapportDb db, HttpContext http, MailboxId id, CancellationToken ct) =>
        await db.MailboxAsync(id, http.Actor(), ct) is null ? null : await db.ConnectionAsync(id, ct);

    private static async Task<Ok<IReadOnlyList<MailboxState>>> ListAsync(HttpContext http, MailboxStates states, CancellationToken ct) => TypedResults.Ok(await states.ListAsync(http.Actor(), ct));

    private static async Task<Results<Ok<MailboxState>, ProblemHttpResult>> FindAsync(MailboxId id, HttpContext http, MailboxStates states, CancellationToken ct)
    {
        if (await states.FindAsync(id, http.Actor(), ct) is not { } state) return Refusal.Missing("connection").ToProblem();
        http.WriteVersion(state.Version);
        return TypedResults.Ok(state);
    }

    private static async Task<Results<Ok<BothTried>, ProblemHttpResult>> TryAsync(NewConnection body, HttpContext http, TryServers deed, CancellationToken ct) =>
        (await deed.RunAsync(body, null, http.Actor(), ct)).Succeeded(out var tried, out var refusal) ? TypedResults.Ok(tried) : refusal.ToProblem();

    private static async Task<Results<Ok<MailboxState>, ProblemHttpResult>> ConnectAsync(MailboxId id, NewConnection body, HttpContext http, ConnectMailbox deed, MailboxStates states, CancellationToken ct)
    {
        if (await deed.RunAsync(id, body, http.Actor(), ct) is { } refusal) return refusal.ToProblem();
        return await FindAsync(id, http, states, ct);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DisconnectAsync(MailboxId id, HttpContext http, DisconnectMailbox deed, CancellationToken ct) => (await deed.RunAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> PauseAsync(MailboxId id, HttpContext http, PauseMailbox deed, CancellationToken ct) => (await deed.RunAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> ResumeAsync(MailboxId id, HttpContext http, PauseMailbox deed, CancellationToken ct) => (await deed.ResumeAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> RetryAsync(MailboxId id, HttpContext http, TryMailboxAgain deed, CancellationToken ct) => (await deed.RunAsync(id, http.Actor(), ct)).ToAnswer();

    private static async Task<Ok<IReadOnlyList<LeftMail>>> LeftAsync(MailboxId id, HttpContext http, MailboxStates states, CancellationToken ct) => TypedResults.Ok(await states.LeftAsync(id, http.Actor(), ct));
}
