using Rapport.Commitments.Dates;
using Rapport.Kernel.Calendar;

namespace Rapport.Commitments;

/// <summary>Reads due dates from what people say and write in English business: "by Friday", "within two working days", "EOD", "the 15th".
/// Looks forward from the moment it was said. Takes time linear in the length of the text, depends on no culture, is thread-safe, never throws.</summary>
public static class DueReader
{
    /// <summary>Of longer texts only so many characters are read.</summary>
    public const int LongestText = 30_000;

    /// <summary>The due date of a text: the first one found, else the first date that does not exist, else the first vague word; null where nothing speaks of time.</summary>
    public static DueReading? ReadFirst(string text, DueContext context)
    {
        var all = ReadAll(text, context);
        return all.FirstOrDefault(each => each is { Outcome: DueOutcome.Dated, IsPast: false })
            ?? all.FirstOrDefault(each => each.Outcome == DueOutcome.Dated)
            ?? all.FirstOrDefault(each => each.Outcome == DueOutcome.Impossible)
            ?? (all.Count > 0 ? all[0] : null);
    }

    /// <summary>Everything in a text that speaks of time, in order, with where it stands.</summary>
    public static IReadOnlyList<DueReading> ReadAll(string text, DueContext context)
    {
        if (text.Length > LongestText) text = text[..LongestText];
        var readings = new List<DueReading>();
        var periods = new DuePeriods(context);
        var before = 0;
        foreach (var phrase in DateGrammar.ReadAll(text, context.Now, context.Order))
        {
            var (start, lead) = DueLead.Before(text, phrase.Start, before);
            readings.AddRange(VagueWords.In(text, before, start));
            readings.Add(Read(text[start..phrase.End], start, phrase, lead, periods, context));
            before = phrase.End;
        }
        readings.AddRange(VagueWords.In(text, before, text.Length));
        return readings;
    }

    private static DueReading Read(string words, int start, Phrase phrase, Lead lead, DuePeriods periods, DueContext context)
    {
        if ((phrase.From.Impossible ?? phrase.To?.Impossible) is { } problem) return new(words, start, DueOutcome.Impossible, null, problem);
        var read = periods.Of(phrase, lead);
        if (read.Problem is { } why) return new(words, start, DueOutcome.Impossible, null, why);
        var due = new Due(read.Start, read.End, read.Precision, words);
        var other = phrase.From.OrderUnclear && phrase.To is null ? Swapped(words, phrase, lead, periods) : null;
        return new(words, start, DueOutcome.Dated, due, other is null ? null : "Day and month could be the other way round.", other, due.End < context.At);
    }

    private static Due? Swapped(string words, Phrase phrase, Lead lead, DuePeriods periods)
    {
        var other = phrase with { From = phrase.From with { Day = phrase.From.Month, Month = phrase.From.Day } };
        return periods.Of(other, lead) is { Problem: null } read ? new Due(read.Start, read.End, read.Precision, words) : null;
    }
}
