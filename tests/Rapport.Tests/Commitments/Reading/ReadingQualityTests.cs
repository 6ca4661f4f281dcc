using Rapport.Commitments;
using Rapport.Commitments.Reading;
using Rapport.Kernel.Calendar;

namespace Rapport.Tests.Commitments.Reading;

/// <summary>How well commitments are read, on sentences that the shipped weights were not fitted on. The scores stand in docs/reading-commitments.md.</summary>
public class ReadingQualityTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly DueContext Context = new(At, TimeZoneInfo.Utc, BusinessCalendar.Standard(TimeZoneInfo.Utc));

    [Fact]
    public void At_least_three_hundred_sentences_are_ours_and_a_third_of_them_is_never_fitted_on()
    {
        Assert.True(OwnSentences.All.Count >= 300);
        Assert.Equal(OwnSentences.All.Count, OwnSentences.All.Select(s => s.Text).Distinct().Count());
        Assert.InRange(OwnSentences.All.Count(s => s.IsHeldOut), OwnSentences.All.Count / 4, OwnSentences.All.Count / 2);
    }

    [Fact]
    public void Where_eight_of_ten_commitments_are_found_nine_of_ten_proposals_are_right_on_what_nothing_was_fitted_on()
    {
        var heldOut = OwnSentences.All.Where(s => s.IsHeldOut).ToList();
        var report = string.Join("\n", heldOut.GroupBy(s => s.Language).Select(g => $"{g.Key}: {Measured(g)}").Append($"all: {Measured(heldOut)}"));
        var byProbability = heldOut.Select(s => (Probability(s.Text), s.IsCommitment)).OrderByDescending(s => s.Item1).ToList();
        var cuts = Enumerable.Range(1, byProbability.Count).Select(n => Score.Of(byProbability.Select((s, i) => (i < n, s.IsCommitment))));
        var best = cuts.Where(c => c.Recall >= 0.8).MaxBy(c => c.Precision)!;
        var reach = cuts.Where(c => c.Precision >= 0.9).MaxBy(c => c.Recall)!;
        TestContext.Current.TestOutputHelper?.WriteLine($"{report}\nat a recall of 0.80: {best}\nat a precision of 0.90: {reach}");
        Assert.True(best.Precision >= 0.9, report);
        Assert.True(Measured(heldOut) is { Precision: >= 0.85, Recall: >= 0.8 }, report);
    }

    [Fact]
    public void The_shipped_weights_are_those_that_our_own_sentences_give()
    {
        var fitted = Weights.Written(Weights.Fit([.. OwnSentences.All.Where(s => !s.IsHeldOut).Select(s => (s.Text, s.IsCommitment))], At));
        var file = Path.Combine(AppContext.BaseDirectory, "fitted-weights.txt");
        File.WriteAllText(file, fitted);
        Assert.True(fitted == Weights.Written(Weights.Shipped.ToArray()), $"The sentences or the grammar changed: copy {file} to src/Rapport.Commitments/Reading/weights.txt, and the new scores to docs/reading-commitments.md.");
    }

    [Fact]
    public void On_the_telephone_undertakings_are_found_better_than_by_a_pattern()
    {
        var path = Customers.ReferenceData.FileOrSkip("promises", "oasis_train_set.txt");
        var turns = File.ReadLines(path).Select(line => line.Split('|')).Where(part => part.Length == 3 && part[0] == "a").ToList();
        Assert.NotEmpty(turns);
        var score = Score.Of(turns.Select(turn => (CommitmentReader.ReadMostProbable(turn[1], Context)?.IsCommitment == true, turn[2].StartsWith("informIntent", StringComparison.Ordinal))));
        TestContext.Current.TestOutputHelper?.WriteLine(score.ToString());
        Assert.True(score.F1 >= 0.70, score.ToString());
    }

    private static Score Measured(IEnumerable<OwnSentences.Judged> sentences) => Score.Of(sentences.Select(s => (Probability(s.Text) >= ReadSentence.Threshold, s.IsCommitment)));

    private static double Probability(string text) => CommitmentReader.ReadMostProbable(text, Context)?.Probability ?? 0;
}
