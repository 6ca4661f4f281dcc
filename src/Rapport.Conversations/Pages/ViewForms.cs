using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Design;
using Rapport.Members;

namespace Rapport.Conversations.Pages;

/// <summary>The forms by which the inbox saves, renames and discards its views.</summary>
internal static class ViewForms
{
    public static void MapViewForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/do/conversation-views").ExcludeFromDescription().RequireAuthorization(Policies.Read);
        forms.MapPost("", KeepAsync);
        forms.MapPost("{id}/change", ChangeAsync);
        forms.MapPost("{id}/discard", DiscardAsync);
        forms.MapPost("{id}/restore", RestoreAsync);
    }

    private static async Task<IResult> KeepAsync([FromForm] string? name, [FromForm] string? query, [FromForm] string? sharing, HttpContext http, KeepView keep, CancellationToken ct) =>
        (await keep.RunAsync(new(name, query, SharingWords.Parse(sharing)), http.Actor(), ct)).Succeeded(out var id, out var refusal)
            ? ReturnTo.Redirect(http, "/conversations", $"Saved as {name?.Trim()}.", $"/do/conversation-views/{id}/discard") : ReturnTo.Redirect(http, "/conversations", refusal.Message);

    private static async Task<IResult> ChangeAsync(SavedViewId id, [FromForm] string? name, [FromForm] string? sharing, HttpContext http, KeepView keep, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/conversations", (await keep.ChangeAsync(id, new(name ?? "", Sharing: SharingWords.Parse(sharing)), http.Actor(), ct))?.Message ?? $"It is called {name?.Trim()} now.");

    private static async Task<IResult> DiscardAsync(SavedViewId id, HttpContext http, KeepView keep, CancellationToken ct) =>
        await keep.DiscardAsync(id, http.Actor(), ct) is { } refusal ? ReturnTo.Redirect(http, "/conversations", refusal.Message)
            : ReturnTo.Redirect(http, "/conversations", "The view is gone; its conversations are not.", $"/do/conversation-views/{id}/restore");

    private static async Task<IResult> RestoreAsync(SavedViewId id, HttpContext http, KeepView keep, CancellationToken ct) =>
        ReturnTo.Redirect(http, "/conversations", (await keep.RestoreAsync(id, http.Actor(), ct))?.Message ?? "It is back.");
}
