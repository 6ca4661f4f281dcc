using System.Text.RegularExpressions;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>What every deed on parties checks alike.</summary>
internal static partial class PartyInput
{
    public const int LongestNote = 10_000;

    public static Refusal? CheckName(string? name) =>
        string.IsNullOrWhiteSpace(name) ? Refusal.Invalid("name.missing", "Give a name.", "name")
        : name.Length > Party.LongestName ? Refusal.Invalid("name.long", $"A name has at most {Party.LongestName} characters.", "name")
        : null;

    public static Refusal? CheckDetails(string? note, string? language, string? zone) =>
        note?.Length > LongestNote ? Refusal.Invalid("note.long", $"A note has at most {LongestNote} characters.", "note")
        : !string.IsNullOrWhiteSpace(language) && !LanguageTag().IsMatch(language.Trim()) ? Refusal.Invalid("language.unknown", "Write the language as a tag, like de or pt-BR.", "language")
        : !string.IsNullOrWhiteSpace(zone) && !TimeZoneInfo.TryFindSystemTimeZoneById(zone.Trim(), out _) ? Refusal.Invalid("zone.unknown", "Write the time zone like Europe/Berlin.", "zone")
        : null;

    public static Refusal? CheckDays(DateOnly? from, DateOnly? until) =>
        from is { } first && until is { } last && last < first ? Refusal.Invalid("days.backwards", "The last day is before the first.", "until") : null;

    public static string? Clean(string? text, int longest = int.MaxValue) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim() is var trimmed && trimmed.Length > longest ? trimmed[..longest] : text.Trim();

    /// <summary>Adds what reads as contact points; what is there twice is added once.</summary>
    public static async Task<Refusal?> AddPointsAsync(this RapportDb db, PartyId party, IReadOnlyList<NewContactPoint>? given, TimeProvider clock, CancellationToken ct)
    {
        if (given is null or []) return null;
        var (region, seen) = (await db.RegionAsync(ct), new HashSet<(ContactKind, string)>());
        foreach (var one in given.Where(g => !string.IsNullOrWhiteSpace(g.Given)))
        {
            if (!one.Read(party, region, clock).Succeeded(out var point, out var refusal)) return refusal with { Field = one.Kind.ToString().ToLowerInvariant() };
            if (seen.Add((point.Kind, point.Value))) db.Add(point);
        }
        return null;
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
