using System.Globalization;
using System.Text;
using System.Text.Json;
using Rapport.Commitments;
using Rapport.Commitments.Dates;

namespace Rapport.Tests.Commitments;

/// <summary>The date engine on a public reference set of English date expressions, read in place.
/// Conventions of the set that are no fact about the language live here, not in the product: month first, the year nearest to now,
/// six o'clock for a morning. An hour that the set fills in where none was said is not compared.
/// Where the set lost its reference moment, dates that depend on it cannot be judged; the words found are.</summary>
public class ReferenceDatesTests
{
    private const double Floor = 0.93;

    [Fact]
    public void The_engine_reads_most_of_the_reference_set()
    {
        var path = Path.Combine(ReferenceFolder(), "dates", "chrono_en_cases.json");
        if (!File.Exists(path)) Assert.Skip("The reference set of dates is not here; RAPPORT_REFERENCE_DATA names its folder.");

        using var set = JsonDocument.Parse(File.ReadAllText(path));
        var wrong = new StringBuilder();
        var scores = new SortedDictionary<string, (int Right, int All)>(StringComparer.Ordinal);
        var whole = (Right: 0, All: 0);
        foreach (var each in set.RootElement.EnumerateArray().Select(element => new Case(element)))
        {
            var right = true;
            foreach (var (kind, good) in each.Judge())
            {
                var (before, all) = scores.GetValueOrDefault(kind);
                scores[kind] = (before + (good ? 1 : 0), all + 1);
                right &= good;
            }
            whole = (whole.Right + (right ? 1 : 0), whole.All + 1);
            if (!right) wrong.AppendLine(each.ToString());
        }
        var report = string.Join("\n", scores.Select(score => $"{score.Key}: {score.Value.Right} of {score.Value.All}"))
            + $"\nwhole cases: {whole.Right} of {whole.All}\nwrong:\n{wrong}";
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.True((double)whole.Right / whole.All >= Floor, report);
    }

    private static string ReferenceFolder()
    {
        if (Environment.GetEnvironmentVariable("RAPPORT_REFERENCE_DATA") is { Length: > 0 } named) return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Rapport.slnx"))) return Path.Combine(folder.FullName, "..", "shared", "data");
        return "";
    }

    private sealed class Case(JsonElement json)
    {
        private readonly string text = json.GetProperty("text").GetString()!;
        private readonly string parser = json.GetProperty("parser").GetString()!;
        private Phrase? found;

        public IEnumerable<(string Kind, bool Right)> Judge()
        {
            var now = Reference();
            found = Read(now ?? new DateTime(2020, 6, 15, 12, 0, 0));
            if (json.TryGetProperty("expected", out _))
            {
                yield return ("nothing found where nothing is", found is null);
                yield break;
            }
            yield return ("something found", found is not null);
            if (json.TryGetProperty("match", out var match) && match.ValueKind == JsonValueKind.String) yield return ("words", Words() == match.GetString());
            if (found is not { } phrase) yield break;
            var judged = now is not null || Independent();
            var at = now ?? new DateTime(2020, 6, 15, 12, 0, 0);
            // Some of the set's cases ask for dates ahead, as we always do; the set as it is stored does not say which.
            var ahead = !SameSides(phrase, at, forward: false).All(side => side.Right) && SameSides(phrase, at, forward: true).All(side => side.Right);
            foreach (var side in SameSides(phrase, at, ahead))
                if (judged || side.Kind == "end") yield return (side.Kind, side.Right || !judged && phrase.To is not null);
        }

        private List<(string Kind, bool Right)> SameSides(Phrase phrase, DateTime at, bool forward)
        {
            var sides = new List<(string, bool)>();
            var start = Resolution.Of(phrase.From, at, forward);
            if (json.TryGetProperty("start", out _) || json.TryGetProperty("start_date", out _)) sides.Add(("start", Same("start", start, at)));
            if (json.TryGetProperty("end", out _) || json.TryGetProperty("end_date", out _)) sides.Add(("end", phrase.To is not null && Same("end", Resolution.Until(phrase.To, start, at, forward), at)));
            return sides;
        }

        public override string ToString() => $"  [{parser}] \"{text}\" at {Reference():yyyy-MM-ddTHH:mm} read \"{Words()}\" "
            + $"{Show(found?.From)} {Show(found?.To)} wanted {json.GetRawText().ReplaceLineEndings(" ").Replace("  ", "")[..Math.Min(json.GetRawText().ReplaceLineEndings(" ").Replace("  ", "").Length, 400)]}";

        private static string Show(When? when) => when is null ? "" : $"{when.Year}-{when.Month}-{when.Day} {when.Weekday} {when.Hour}:{when.Minute}:{when.Second} {when.Part} {when.Edge}";

        private Phrase? Read(DateTime now)
        {
            var order = parser.EndsWith("GB", StringComparison.Ordinal) || parser.Contains("Little", StringComparison.Ordinal) ? DateOrder.DayFirst : DateOrder.MonthFirst;
            var read = DateGrammar.ReadAll(text, now, order).FirstOrDefault(each => each.From.Impossible is null && each.To?.Impossible is null);
            return read.From is null ? null : read;
        }

        private string Words() => found is { } phrase ? text[phrase.Start..phrase.End] : "";

        /// <summary>Whether the phrase means the same whenever it is said.</summary>
        private bool Independent()
        {
            DateTime[] moments = [new(2020, 6, 15, 12, 0, 0), new(2031, 11, 3, 8, 0, 0)];
            var dates = moments.Select(now => Read(now) is { } read ? (Resolution.Of(read.From, now, false) is { Impossible: null } whole ? whole.Date : default) : default).ToList();
            return dates[0] == dates[1];
        }

        private DateTime? Reference()
        {
            if (json.TryGetProperty("ref", out var moment) && moment.ValueKind == JsonValueKind.Array)
            {
                var parts = moment.EnumerateArray().Select(part => part.GetInt32()).ToArray();
                int Part(int index, int otherwise) => parts.Length > index ? parts[index] : otherwise;
                return Part(1, 1) > 12 ? null : new DateTime(parts[0], Part(1, 1), Part(2, 1), Part(3, 0), Part(4, 0), Part(5, 0), Part(6, 0));
            }
            var raw = json.TryGetProperty("ref_raw", out var written) ? written.GetString()?.Trim('"') : null;
            string[] forms = ["ddd MMM d yyyy", "ddd MMM dd yyyy", "MMM d yyyy HH:mm:ss", "MMM dd yyyy HH:mm:ss"];
            return raw is not null && (DateTime.TryParseExact(raw, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) || DateTime.TryParse(raw, CultureInfo.InvariantCulture, out at)) ? at : null;
        }

        private bool Same(string side, When read, DateTime now)
        {
            if (read.Impossible is not null) return false;
            var right = true;
            if (json.TryGetProperty(side, out var fields))
                foreach (var field in fields.EnumerateObject()) right &= Field(field.Name, field.Value.GetInt32(), read, now);
            if (json.TryGetProperty(side + "_date", out var date))
            {
                var names = new[] { "year", "month", "day", "hour", "minute", "second" };
                foreach (var (value, name) in date.EnumerateArray().Select(part => part.GetInt32()).Zip(names)) right &= Field(name, value, read, now);
            }
            return right;
        }

        private static bool Field(string name, int wanted, When read, DateTime now) => name switch
        {
            "year" => read.Year == wanted,
            "month" => read.Month == wanted,
            "day" => read.Day == wanted,
            "weekday" => (int)(read.Weekday ?? read.Date.DayOfWeek) == wanted,
            "hour" => read.Hour is { } hour ? hour == wanted : read.Part != DayPart.None ? wanted == Hour(read.Part) : wanted == 12 || wanted == now.Hour,
            "minute" => read.Hour is null || (read.Minute ?? 0) == wanted,
            "second" => read.Hour is null || (read.Second ?? 0) == wanted,
            "timezoneOffset" => read.OffsetMinutes == wanted || (read.ZoneId is { } id && TimeZoneInfo.FindSystemTimeZoneById(id).GetUtcOffset(read.Date).TotalMinutes == wanted),
            _ => true,
        };

        private static int Hour(DayPart part) => part switch
        {
            DayPart.Morning => 6,
            DayPart.Afternoon => 15,
            DayPart.Evening => 20,
            DayPart.Night => 22,
            _ => 12,
        };
    }
}
