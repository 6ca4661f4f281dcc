using System.Text.Json;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Conversations;

/// <summary>Something that was done with a conversation: given to somebody, put away, closed.</summary>
/// <param name="Deed">As the journal calls it: "assigned", "snoozed", "came back".</param>
/// <param name="Owner">To whom it was given; null when to nobody, and for other deeds.</param>
/// <param name="Until">Until when it was put away.</param>
/// <param name="Tag">Which tag it got or lost.</param>
public sealed record StoryLine(DateTimeOffset At, string By, string Deed, string? Owner, DateTimeOffset? Until, string? Tag);

/// <summary>Tells what was done with a conversation, by whom and when, from the journal.</summary>
public sealed class ConversationStory(RapportDb db, JournalQueries journal)
{
    /// <summary>The newest first; empty for whoever may not read the conversation.</summary>
    public async Task<IReadOnlyList<StoryLine>> OfAsync(ConversationId id, int most, Actor by, CancellationToken ct)
    {
        if (await db.ConversationAsync(id, by, ct) is null) return [];
        var lines = (await journal.ListAsync($"conversations/{id}", null, null, most, ct)).ConvertAll(l => (Line: l, Content: Read(l.Content)));
        var names = await db.NamesOfMembersAsync(lines.Select(l => Member(l.Content)), ct);
        return [.. lines.Select(l => new StoryLine(l.Line.At, l.Line.By, l.Line.Deed, Member(l.Content) is { } owner ? names.GetValueOrDefault(owner, "somebody") : null, Text(l.Content, "until") is { } until && DateTimeOffset.TryParse(until, out var at) ? at : null, Text(l.Content, "tag")))];
    }

    // What was erased from the journal says no more than that it happened.
    private static JsonElement? Read(string? content)
    {
        if (content is null) return null;
        using var document = JsonDocument.Parse(content);
        return document.RootElement.Clone();
    }

    private static string? Text(JsonElement? content, string name) => content is { ValueKind: JsonValueKind.Object } c && c.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static MemberId? Member(JsonElement? content) => IId<MemberId>.TryParse(Text(content, "after"), null, out var member) ? member : null;
}
