using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Rapport.Kernel.Calendar;

/// <summary>Business hours as a person types them: <c>Mo-Fr 09:00-12:30, 13:30-17:00; Sa 10:00-13:00</c>, <c>24/7</c> or <c>closed</c>.
/// Days by two letters or more, in English; an opening over midnight (<c>Fr 22:00-02:00</c>) runs into the next day.</summary>
internal static class BusinessHoursText
{
    private const int LongestText = 500;
    private static readonly DayOfWeek[] Days =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public static BusinessHours Parse(string text) =>
        TryParse(text, out var hours, out var problem) ? hours : throw new FormatException(problem);

    public static bool TryParse(string? text, out BusinessHours hours, out string problem)
    {
        try
        {
            (hours, problem) = (Read(text ?? ""), "");
            return true;
        }
        catch (FormatException wrong)
        {
            (hours, problem) = (BusinessHours.From([]), wrong.Message);
            return false;
        }
    }

    private static BusinessHours Read(string text)
    {
        if (text.Length > LongestText) Wrong($"Business hours are at most {LongestText} characters long.");
        if (string.IsNullOrWhiteSpace(text)) Wrong("Business hours are empty; write for example \"Mo-Fr 09:00-17:00\", or \"closed\".");
        if (text.Trim().Equals("closed", StringComparison.OrdinalIgnoreCase)) return BusinessHours.From([]);
        if (text.Trim() == "24/7") return BusinessHours.From(Days.Select(day => (day, new Opening(0, 1440))));

        var openings = new List<(DayOfWeek, Opening)>();
        foreach (var group in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var firstDigit = group.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
            if (firstDigit < 0) Wrong(NoHours(group));
            var days = ReadDays(group[..firstDigit]);
            foreach (var stretch in group[firstDigit..].Split([',', '&'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                openings.AddRange(days.SelectMany(day => ReadOpening(day, stretch)));
        }
        return BusinessHours.From(openings);
    }

    private static string NoHours(string group)
    {
        try
        {
            ReadDays(group);
            return $"Write from when until when \"{group}\" is open, for example \"{group} 09:00-17:00\".";
        }
        catch (FormatException)
        {
            return $"\"{group}\" does not say which hours you are open. Write days and hours, for example \"Mo-Fr 09:00-17:00; Sa 10:00-12:00\".";
        }
    }

    private static List<DayOfWeek> ReadDays(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) Wrong("Hours need their days before them, as in \"Mo-Fr 09:00-17:00\".");
        var days = new List<DayOfWeek>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split(['-', '–'], StringSplitOptions.TrimEntries);
            if (ends.Length > 2) Wrong($"\"{part}\" is not a day or a range of days.");
            var (first, last) = (ReadDay(ends[0]), ReadDay(ends[^1]));
            for (var day = first; ; day = (day + 1) % 7)
            {
                days.Add(Days[day]);
                if (day == last) break;
            }
        }
        return days;
    }

    private static int ReadDay(string name)
    {
        var day = name.Length < 2 ? -1 : Array.FindIndex(Days, each => each.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase));
        if (day < 0) Wrong($"\"{name}\" is not a weekday; days are Mo, Tu, We, Th, Fr, Sa, Su.");
        return day;
    }

    private static List<(DayOfWeek, Opening)> ReadOpening(DayOfWeek day, string text)
    {
        var ends = text.Split(['-', '–'], StringSplitOptions.TrimEntries);
        if (ends.Length != 2) Wrong($"\"{text}\" is not a time from-until; write for example \"09:00-17:00\".");
        var (from, until) = (ReadTime(ends[0]), ReadTime(ends[1]));
        if (from == until) Wrong($"\"{text}\" begins and ends at the same time; for the whole day write \"00:00-24:00\".");
        if (from < until) return [(day, new Opening(from, until))];
        var night = new List<(DayOfWeek, Opening)>();
        if (from < 1440) night.Add((day, new Opening(from, 1440)));
        if (until > 0) night.Add(((DayOfWeek)(((int)day + 1) % 7), new Opening(0, until)));
        return night;
    }

    private static int ReadTime(string text)
    {
        var parts = text.Split([':', '.'], StringSplitOptions.TrimEntries);
        var minute = 0;
        var good = parts.Length is 1 or 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && (parts.Length == 1 || (parts[1].Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out minute)));
        var hour = good ? int.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture) : -1;
        if (hour < 0 || hour > 24 || minute > 59 || (hour == 24 && minute > 0)) Wrong($"\"{text}\" is not a time of day between 00:00 and 24:00.");
        return hour * 60 + minute;
    }

    [DoesNotReturn]
    private static void Wrong(string sentence) => throw new FormatException(sentence);
}
