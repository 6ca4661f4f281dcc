using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;
using Rapport.Members;

namespace Rapport.Conversations.Pages;

/// <summary>Something that is proposed while a text is written.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Text">What takes the place of what was typed; null where nothing can.</param>
/// <param name="Remark">Its shortcut, or why it cannot be taken.</param>
internal sealed record TextSuggestion(string Name, string? Text, string? Remark = null);

/// <summary>What is proposed while notes and mails are written: members behind "@", saved texts behind their shortcut.</summary>
internal static class WritingFragments
{
    private const int Most = 6;

    public static void MapWritingFragments(this IEndpointRouteBuilder routes)
    {
        var fragments = routes.MapGroup("").ExcludeFromDescription().RequireAuthorization(Policies.Write);
        fragments.MapGet("/conversations/{id}/mentions", MentionsAsync);
        fragments.MapGet("/write/texts", TextsAsync);
    }

    // Only those who may see the conversation can be told.
    private static async Task<RazorComponentResult<TextSuggestions>> MentionsAsync(ConversationId id, string? q, HttpContext http, RapportDb db, CancellationToken ct)
    {
        var typed = TextFold.Fold(q ?? "");
        var members = await db.ConversationAsync(id, http.Actor(), ct) is null || typed.Length == 0 ? [] : await db.MembersWhoReadAsync(id, ct);
        var found = members.Where(m => m.Id != http.Actor().Id && Begins(TextFold.Fold(m.Name), typed)).Take(Most).Select(m => new TextSuggestion(m.Name, $"@{m.Name} "));
        return Fragment(http, found);
    }

    private static async Task<RazorComponentResult<TextSuggestions>> TextsAsync(string? q, string? to, string? conversation, HttpContext http, SavedTexts texts, FillText fill, CancellationToken ct)
    {
        var typed = (q ?? "").Trim().ToLowerInvariant();
        ConversationId? inside = IId<ConversationId>.TryParse(conversation, null, out var id) ? id : null;
        var found = new List<TextSuggestion>();
        foreach (var text in (await texts.ListAsync(ct)).Where(t => t.Shortcut.Length > 0 && t.Shortcut.StartsWith(typed, StringComparison.Ordinal)).OrderBy(t => t.Shortcut.Length).Take(Most))
            found.Add((await fill.IntoAsync(new(DraftKind.Mail, inside, null, null, to, null, null, null, null), text.Id.ToString(), http.Actor(), ct)).Succeeded(out var filled, out var refusal)
                ? new(text.Name, filled.Text, $";{text.Shortcut}") : new(text.Name, null, refusal.Message));
        return Fragment(http, found);
    }

    private static bool Begins(string name, string typed) => name.StartsWith(typed, StringComparison.Ordinal) || name.Contains(' ' + typed, StringComparison.Ordinal);

    private static RazorComponentResult<TextSuggestions> Fragment(HttpContext http, IEnumerable<TextSuggestion> found)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        return new RazorComponentResult<TextSuggestions>(new { Found = found.ToList() });
    }
}
