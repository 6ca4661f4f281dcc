using System.Collections.Frozen;
using System.Globalization;
using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>Reads the days that people write in tables: ISO, numbers in either order, months by name in five languages, a month or a year alone (its first day).</summary>
internal static class DateWords
{
    private static readonly FrozenDictionary<string, int> Months = new[]
    {
        "jan january januar janvier enero ene januari", "feb february februar fevrier fev febrero februari", "mar march marz mrz mars marzo maart mrt",
        "apr april avril avr abril abr", "may mai mayo mei", "jun june juni juin junio", "jul july juli juillet juil julio", "aug august aout agosto ago augustus",
        "sep sept september septembre septiembre", "oct october oktober okt octobre octubre", "nov november novembre noviembre", "dec december dezember dez decembre diciembre dic",
    }.SelectMany((names, i) => names.Split(' ').Select(name => (name, Month: i + 1))).ToFrozenDictionary(pair => pair.name, pair => pair.Month);

    /// <summary>The day; null where it is none between 1900 and 2100.</summary>
    public static DateOnly? Read(string text, DateOrder order)
    {
        if (text.Length is < 4 or > 40) return null;
        if (DateOnly.TryParseExact(text.AsSpan(0, Math.Min(10, text.Length)), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso)) return iso.Year is >= 1900 and <= 2100 ? iso : null;

        int[] numbers = new int[3];
        int count = 0, named = 0;
        foreach (var word in TextFold.Words(TextFold.Fold(WithoutTime(text))))
        {
            if (Months.TryGetValue(word, out var month)) named = month;
            else if (int.TryParse(word.TrimEnd('t', 'h', 's', 'n', 'd', 'r', 'e'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                if (count == 3) return null;
                numbers[count++] = number;
            }
            else if (word is not ("de" or "del" or "of" or "le" or "the" or "den" or "der")) return null;
        }
        return named > 0 ? Named(numbers, count, named) : Numbers(numbers, count, text, order);
    }

    private static DateOnly? Named(int[] numbers, int count, int month) => count switch
    {
        1 => Day(numbers[0], month, 1),
        2 when numbers[0] > 31 => Day(numbers[0], month, numbers[1]),
        2 => Day(numbers[1], month, numbers[0]),
        _ => null,
    };

    private static DateOnly? Numbers(int[] n, int count, string text, DateOrder order) => count switch
    {
        1 when text.Length == 8 => Day(n[0] / 10000, n[0] / 100 % 100, n[0] % 100),
        1 when text.Length == 4 => Day(n[0], 1, 1),
        2 when n[0] > 31 => Day(n[0], n[1], 1),
        2 when n[1] > 31 => Day(n[1], n[0], 1),
        3 when n[0] > 31 => Day(n[0], n[1], n[2]),
        // Full stops are written where the day comes first, in every country that writes them.
        3 when order == DateOrder.DayFirst || text.Contains('.') => Day(n[2], n[1], n[0]),
        3 => Day(n[2], n[0], n[1]),
        _ => null,
    };

    private static DateOnly? Day(int year, int month, int day)
    {
        if (year is >= 0 and < 100) year += year < 70 ? 2000 : 1900;
        return year is >= 1900 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    private static string WithoutTime(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return text;
        var space = text.LastIndexOfAny([' ', 'T'], colon);
        return space > 0 ? text[..space] : text;
    }
}
