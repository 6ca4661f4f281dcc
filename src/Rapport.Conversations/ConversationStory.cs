using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;

namespace Rapport.Conversations;

/// <summary>Something that was done with a conversation: given to somebody, put away, closed.</summary>
/// <param name="Deed">As the journal calls it: "assigned", "snoozed", "came back".</param>
/// <param name="Owner">To whom it was given, or who left; null when to nobody, and for other deeds.</param>
/// <param name="Until">Until when it was put away.</param>
/// <param name="Tag">Which tag it got or lost.</param>
public sealed record StoryLine(DateTimeOffset At, string By, string Deed, string? Owner, DateTimeOffset? Until, string? Tag)
{
    /// <summary>The move that it was, while it can be undone.</summary>
    public ConversationMoveId? Move { get; init; }
    /// <summary>The other conversation that it concerned.</summary>
    public ConversationId? Other { get; init; }
}

/// <summary>Tells what was done with a conversation, by whom and when, from the journal.</summary>
public sealed class ConversationStory(RapportDb db, JournalQueries journal)
{
    /// <summary>What the journal calls it when a closed or snoozed conversation opens by what a human being wrote.</summary>
    internal const string Answered = "opened by a reply";

    /// <summary>The newest first; empty for whoever may not read the conversation.</summary>
    public async Task<IReadOnlyList<StoryLine>> OfAsync(ConversationId id, int most, Actor by, CancellationToken ct)
    {
        if (await db.ConversationAsync(id, by, ct) is null) return [];
        var lines = (await journal.ListAsync($"conversations/{id}", null, null, most, ct)).ConvertAll(l => (Line: l, Content: Read(l.Content)));
        var names = await db.NamesOfMembersAsync(lines.Select(l => Member(l.Content)), ct);
        var moves = lines.Select(l => Id<ConversationMoveId>(l.Content, "move")).OfType<ConversationMoveId>().ToList();
        var done = moves.Count == 0 ? [] : await db.Set<ConversationMove>().Where(m => EF.Parameter(moves).Contains(m.Id) && m.UndoneAt == null).Select(m => m.Id).ToHashSetAsync(ct);
        return [.. lines.Select(l => Of(l.Line, l.Content, names, done))];
    }

    private static StoryLine Of(JournalLine line, JsonElement? content, Dictionary<MemberId, string> names, HashSet<ConversationMoveId> done) =>
        new(line.At, line.By, line.Deed, Member(content) is { } owner ? names.GetValueOrDefault(owner, "somebody") : null, Text(content, "until") is { } until && DateTimeOffset.TryParse(until, out var at) ? at : null, Text(content, "tag"))
        {
            Move = Id<ConversationMoveId>(content, "move") is { } move && done.Contains(move) ? move : null,
            Other = Id<ConversationId>(content, "other"),
        };

    // What was erased from the journal says no more than that it happened.
    private static JsonElement? Read(string? content)
    {
        if (content is null) return null;
        using var document = JsonDocument.Parse(content);
        return document.RootElement.Clone();
    }

    private static string? Text(JsonElement? content, string name) => content is { ValueKind: JsonValueKind.Object } c && c.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static MemberId? Member(JsonElement? content) => Id<MemberId>(content, "after") ?? Id<MemberId>(content, "left");

    private static TId? Id<TId>(JsonElement? content, string name) where TId : struct, IId<TId> => IId<TId>.TryParse(Text(content, name), null, out var id) ? id : null;
}

internal static class StoryNotes
{
    /// <summary>Writes down that they wrote again.</summary>
    public static void NoteAnswered(this RapportDb db, ConversationId id, DateTimeOffset now, Actor by)
    {
        db.Note(ConversationStory.Answered, $"conversations/{id}", new { });
        db.Happened(new ConversationTurned(id, Turn.Reopened, now), by);
    }
}
