using System.Text.Json;

namespace Rapport.Kernel.Journal;

/// <summary>One value that a line of the journal tells of, as text. Null before: it was new; null after: it is gone.</summary>
public sealed record JournalChange(string What, string? Before, string? After)
{
    /// <summary>The values that a line's content tells of, in its order. A note of a deed has no before.</summary>
    public static IReadOnlyList<JournalChange> Of(string? content)
    {
        if (content is null) return [];
        using var read = JsonDocument.Parse(content);
        var (before, after) = (Part(read.RootElement, "before"), Part(read.RootElement, "after"));
        if (before is null && after is null) return [.. Fields(read.RootElement).Select(field => new JournalChange(field.Name, null, Text(field.Value)))];
        var names = Fields(before).Concat(Fields(after)).Select(field => field.Name).Distinct();
        return [.. names.Select(name => new JournalChange(name, Value(before, name), Value(after, name))).Where(change => change.Before != change.After)];
    }

    private static JsonElement? Part(JsonElement content, string name) =>
        content.ValueKind == JsonValueKind.Object && content.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part : null;

    private static JsonProperty[] Fields(JsonElement? part) => part is { ValueKind: JsonValueKind.Object } fields ? [.. fields.EnumerateObject()] : [];

    private static string? Value(JsonElement? part, string name) => part is { } fields && fields.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
