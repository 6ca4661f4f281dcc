using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Rapport.Kernel.Calendar;

/// <summary>The table <c>holidays.txt</c> beside this file, read once.</summary>
internal static partial class HolidayTable
{
    private static readonly Lazy<(HolidayCountry[] Countries, FrozenDictionary<string, HolidayRule[]> Rules)> Table = new(Read);

    public static IReadOnlyList<HolidayCountry> Countries => Table.Value.Countries;

    public static HolidayRule[]? Rules(string country) => Table.Value.Rules.GetValueOrDefault(country.Trim());

    private static (HolidayCountry[], FrozenDictionary<string, HolidayRule[]>) Read()
    {
        var countries = new List<HolidayCountry>();
        var rules = new Dictionary<string, List<HolidayRule>>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Lines())
        {
            if (Heading().Match(line) is not { Success: true } heading)
            {
                rules[countries[^1].Code].Add(new HolidayRule(line));
                continue;
            }
            var (from, until) = (heading.Groups["from"], heading.Groups["until"]);
            var code = heading.Groups["code"].Value;
            countries.Add(new HolidayCountry(code, heading.Groups["name"].Value, from.Success ? Year(from.Value) : 2000, until.Success ? Year(until.Value) : 9998));
            rules[code] = heading.Groups["like"].Success ? [.. rules[heading.Groups["like"].Value]] : [];
        }
        return ([.. countries.OrderBy(each => each.Code, StringComparer.Ordinal)],
            rules.ToFrozenDictionary(each => each.Key, each => each.Value.ToArray(), StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Lines()
    {
        var type = typeof(HolidayTable);
        using var text = new StreamReader(type.Assembly.GetManifestResourceStream(type, "holidays.txt")
            ?? throw new InvalidOperationException("The table of holidays is not in the program."));
        while (text.ReadLine() is { } line)
            if (!string.IsNullOrWhiteSpace(line) && line[0] != '#') yield return line.Trim();
    }

    private static int Year(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\[(?<code>[A-Z-]+)\] (?<name>.+?)( \((?<from>\d{4})-(?<until>\d{4})\))?( < (?<like>[A-Z-]+))?$")]
    private static partial Regex Heading();
}
