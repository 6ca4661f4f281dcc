using System.Globalization;
using Rapport.Commitments;
using Rapport.Kernel.Calendar;

namespace Rapport.Tests.Commitments;

/// <summary>What people in business say about time, with the answers worked out by hand. Hours are nine to five, Monday to Friday.</summary>
public class BusinessPhrasesTests
{
    [Fact]
    public void Every_business_phrase_is_read_right()
    {
        var phrases = Rows().ToList();
        Assert.True(phrases.Count >= 200, $"only {phrases.Count} phrases");
        var wrong = phrases.Where(row => Read(row) != (row[3], row[4], row[5]))
            .Select(row => $"\"{row[0]}\" at {row[1]} {row[2]}: wanted {row[3]} {row[4]} {row[5]}, read {Read(row)}").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {phrases.Count} wrong:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void Every_phrase_is_read_the_same_in_capitals_and_within_a_sentence()
    {
        var same = Rows().Where(row => row[0].Length < 30 && !row[0].Contains('\'')).ToList();
        var wrong = same.Where(row => Read([$"We will have it with you {row[0]}, and thank you.", .. row[1..]]) != (row[3], row[4], row[5])).Select(row => row[0]).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<string[]> Rows()
    {
        using var file = new StreamReader(Path.Combine(AppContext.BaseDirectory, "Commitments", "business-phrases.csv"));
        file.ReadLine();
        while (file.ReadLine() is { } line)
        {
            // Only the first column may hold a comma, and is quoted then.
            var end = line.StartsWith('"') ? line.IndexOf("\",", StringComparison.Ordinal) + 1 : line.IndexOf(',', StringComparison.Ordinal);
            yield return [line[..end].Trim('"'), .. line[(end + 1)..].Split(',')];
        }
    }

    private static (string, string, string) Read(string[] row)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(row[2]);
        Assert.True(DueContext.TryParseAt(row[1], zone, out var at, out var problem), problem);
        return DueReader.ReadFirst(row[0], new DueContext(at, zone, BusinessCalendar.Standard(zone)))?.Due is { } due
            ? (Iso(due.Start), Iso(due.End), due.Precision.ToString().ToLowerInvariant())
            : ("", "", "");
    }

    private static string Iso(DateTimeOffset moment) => moment.ToString("yyyy-MM-ddTHH:mmzzz", CultureInfo.InvariantCulture);
}
