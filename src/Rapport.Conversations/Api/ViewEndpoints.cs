using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Conversations.Api;

internal static class ViewEndpoints
{
    public static void MapViewEndpoints(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/conversation-views").WithTags("Conversations").RequireAuthorization(Policies.Read);
        api.MapGet("", ListAsync).WithSummary("The saved views of the inbox that are yours, your teams' or everyone's, each with how many conversations are in it, counted up to a hundred");
        api.MapPost("", KeepAsync).WithSummary("Saves filters of the inbox under a name, for you, a team or everyone; readers for themselves alone");
        api.MapPut("{id}", ChangeAsync).ChecksVersion<SavedViewId, SavedView>((db, http, id, ct) => db.SavedViewsFor(http.Actor()).SingleOrDefaultAsync(v => v.Id == id, ct)).WithSummary("Changes a saved view; what is left out stays");
        api.MapDelete("{id}", DiscardAsync).ChecksVersion<SavedViewId, SavedView>((db, http, id, ct) => db.SavedViewsFor(http.Actor()).SingleOrDefaultAsync(v => v.Id == id, ct)).WithSummary("Throws a saved view away");
    }

    private static async Task<Ok<IReadOnlyList<SavedViewRow>>> ListAsync(HttpContext http, SavedViewQueries views, CancellationToken ct) => TypedResults.Ok(await views.ListAsync(http.Actor(), ct));

    private static async Task<Results<Created<SavedViewRow>, ProblemHttpResult>> KeepAsync(NewView view, HttpContext http, KeepView keep, SavedViewQueries views, CancellationToken ct) =>
        !(await keep.RunAsync(view, http.Actor(), ct)).Succeeded(out var id, out var refusal) ? refusal.ToProblem()
            : await views.FindAsync(id, http.Actor(), ct) is { } row ? TypedResults.Created($"/api/conversation-views/{id}", row) : Refusal.Missing("view").ToProblem();

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(SavedViewId id, ViewChange change, HttpContext http, KeepView keep, CancellationToken ct) =>
        (await keep.ChangeAsync(id, change, http.Actor(), ct)).ToAnswer();

    private static async Task<Results<NoContent, ProblemHttpResult>> DiscardAsync(SavedViewId id, HttpContext http, KeepView keep, CancellationToken ct) =>
        (await keep.DiscardAsync(id, http.Actor(), ct)).ToAnswer();
}
