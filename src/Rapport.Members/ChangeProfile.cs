using System.Globalization;
using Rapport.Kernel.Database;

namespace Rapport.Members;

/// <summary>What a member says about themselves.</summary>
internal sealed record NewProfile(string? Name, string? Zone, Look Theme, string? Language);

/// <summary>Changes a member's own name, clock and look.</summary>
internal sealed class ChangeProfile(RapportDb db, SessionCache cache)
{
    public async Task<Refusal?> RunAsync(Member member, NewProfile wanted, Actor by, CancellationToken ct)
    {
        if (member.Id != by.Id) return MemberRules.NotYours;
        if (member.Rename(wanted.Name) is { } unnamed) return unnamed;
        if (wanted.Zone is { Length: > 0 } && !Zones.IsKnown(wanted.Zone)) return Refusal.Invalid("member.zone", "Choose a time zone from the list.", "zone");
        if (wanted.Language is { Length: > 0 } tag && Languages.Of(tag) is null) return Refusal.Invalid("member.language", "Choose a language from the list.", "language");
        (member.Zone, member.Theme, member.Language) = (NullIfEmpty(wanted.Zone), wanted.Theme, NullIfEmpty(wanted.Language));
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        cache.Forget(member.Id);
        return null;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>The languages and regions in which dates and numbers can be written; the words of the pages are English.</summary>
internal static class Languages
{
    private static readonly Lazy<Dictionary<string, CultureInfo>> Known = new(() =>
        CultureInfo.GetCultures(CultureTypes.SpecificCultures).Where(c => c.Name.Count(letter => letter == '-') == 1).ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase));

    public static IEnumerable<CultureInfo> All => Known.Value.Values.OrderBy(c => c.EnglishName, StringComparer.Ordinal);

    public static CultureInfo? Of(string? tag) => tag is null ? null : Known.Value.GetValueOrDefault(tag);
}
