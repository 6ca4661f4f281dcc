using System.Globalization;
using Rapport.Kernel.Calendar;

namespace Rapport.Members;

/// <summary>The countries one can choose, and those parts of countries whose holidays are their own.</summary>
internal static class Countries
{
    private static readonly Lazy<SortedDictionary<string, string>> Known = new(Read);

    /// <summary>Codes and names, by name.</summary>
    public static IEnumerable<(string Code, string Name)> All => Known.Value.Select(each => (each.Value, each.Key));

    public static bool IsKnown(string? code) => code is not null && Known.Value.ContainsValue(code.ToUpperInvariant());

    /// <summary>The likeliest for who is asking: the first region among the browser's languages, else the end of their domain, else where the first of the languages is mostly spoken, else none. Never this machine's own.</summary>
    public static string? Guess(string? acceptLanguage, string? domain)
    {
        var tags = (acceptLanguage ?? "").Split(',').Select(part => part.Split(';')[0].Trim()).Where(tag => tag.Length > 0).ToList();
        foreach (var tag in tags)
            if (tag.Split('-') is [_, .., { Length: 2 } region] && IsKnown(region)) return region.ToUpperInvariant();
        var end = domain?[(domain.LastIndexOf('.') + 1)..].ToUpperInvariant();
        if (end == "UK") return "GB";
        return IsKnown(end) ? end : tags.Select(Mostly).FirstOrDefault(IsKnown);
    }

    private static string? Mostly(string language)
    {
        var known = Array.Find(CultureInfo.GetCultures(CultureTypes.NeutralCultures), culture => culture.Name.Equals(language, StringComparison.OrdinalIgnoreCase));
        return known is { Name.Length: > 0 } ? new RegionInfo(CultureInfo.CreateSpecificCulture(known.Name).Name).TwoLetterISORegionName : null;
    }

    private static SortedDictionary<string, string> Read()
    {
        var byName = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
            if (new RegionInfo(culture.Name) is { TwoLetterISORegionName: { Length: 2 } code } region && char.IsAsciiLetterUpper(code[0])) byName[region.EnglishName] = code;
        foreach (var country in Holidays.Countries)
        {
            if (byName.ContainsValue(country.Code)) continue;
            byName[country.Name] = country.Code;
        }
        return byName;
    }
}
