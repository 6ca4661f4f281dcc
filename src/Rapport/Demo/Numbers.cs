namespace Rapport.Demo;

/// <summary>
/// Hands out telephone numbers that regulators keep free for fiction: Ofcom (GB), Bundesnetzagentur (DE), Arcep (FR), PTS (SE), NANPA 555-01 (US, CA), ACMA (AU).
/// Countries without such a range get a British mobile of that kind, or none.
/// </summary>
internal sealed class Numbers
{
    private readonly Dictionary<string, int> used = [];

    public string? Landline(string country) => country switch
    {
        "DE" => $"+49 40 66969 {Take("de", 100):000}",
        "GB" => $"+44 161 496 0{Take("gb", 100):000}",
        "FR" => $"+33 2 61 91 {Take("fr", 1000) / 100 + 10:00} {Last("fr") % 100:00}",
        "SE" => $"+46 31 390 06 {Take("se", 10):00}",
        "US" => $"+1 212 555 {Take("us", 110):0000}",
        "CA" => $"+1 613 555 {Take("ca", 110):0000}",
        "AU" => $"+61 7 7010 {Take("au", 100):0000}",
        _ => null,
    };

    public string? Mobile(string country) => country switch
    {
        "DE" => $"+49 171 39200{Take("dem", 10):00}",
        "FR" => $"+33 6 39 98 {Take("frm", 1000) / 100 + 10:00} {Last("frm") % 100:00}",
        "SE" => $"+46 70 174 06 {Take("sem", 10):00}",
        "US" or "CA" or "AU" => null,
        _ => $"+44 7700 900{Take("gbm", 100):000}",
    };

    private int Take(string range, int from) => used[range] = used.TryGetValue(range, out var last) ? last + 1 : from;
    private int Last(string range) => used[range];
}
