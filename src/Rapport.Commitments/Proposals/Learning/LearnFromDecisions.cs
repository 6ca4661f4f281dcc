using Microsoft.EntityFrameworkCore;
using Rapport.Commitments.Reading;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Commitments;

/// <summary>
/// Learns from what people confirmed, corrected and dismissed, on this machine alone: how much each word moves what is shipped.
/// With little evidence it learns nothing, and what would not have foretold decisions better that it had not seen is not used.
/// </summary>
public sealed class LearnFromDecisions(RapportDb db, LearnedHere learned) : IJob
{
    /// <summary>So many decisions at least, and so many of either kind.</summary>
    public const int FewestDecisions = 20, FewestOfEither = 5;

    private const int Newest = 5_000, MostWords = 500, Parts = 5;
    // In fewer sentences a word is chance, and could tell what one of them said.
    private const int FewestSentences = 3;
    private const double Ridge = 1, LeastWeight = 0.1;

    private sealed record Row(IReadOnlyCollection<string> Words, double Score, bool Is);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken ct)
    {
        var decided = await (await learned.DecidedAsync(ct)).OrderByDescending(p => p.DecidedAt).ThenBy(p => p.Id).Take(Newest).Select(p => new { p.Words, p.Score, Is = p.State != ProposalState.Dismissed }).ToListAsync(ct);
        var rows = decided.ConvertAll(d => new Row(LearnedWords.Of(d.Words), d.Score, d.Is));
        var words = Helps(rows) ? Learn(rows) : [];
        var before = await db.Set<LearnedWord>().ToListAsync(ct);
        if (before.Select(w => (w.Word, w.Weight)).ToHashSet().SetEquals(words.Select(w => (w.Word, w.Weight)))) return;
        db.RemoveRange(before);
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
        db.ChangeTracker.Clear();
        db.AddRange(words);
        await db.SaveOrThrowAsync(Actor.Rapport, ct);
    }

    // Foretelling each fifth from the other four must go better with what was learned than without.
    private static bool Helps(List<Row> rows)
    {
        var confirmed = rows.Count(r => r.Is);
        if (rows.Count < FewestDecisions || confirmed < FewestOfEither || rows.Count - confirmed < FewestOfEither) return false;
        var (with, without) = (0.0, 0.0);
        for (var part = 0; part < Parts; part++)
        {
            var weights = Learn([.. rows.Where((_, i) => i % Parts != part)]).ToDictionary(w => w.Word, w => w.Weight);
            foreach (var row in rows.Where((_, i) => i % Parts == part))
            {
                with += Logistic.Loss(row.Score + row.Words.Sum(w => weights.GetValueOrDefault(w)), row.Is);
                without += Logistic.Loss(row.Score, row.Is);
            }
        }
        return with < without;
    }

    private static List<LearnedWord> Learn(List<Row> rows)
    {
        var known = rows.SelectMany(r => r.Words).CountBy(w => w).Where(w => w.Value >= FewestSentences).OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal).Take(MostWords).Select(w => w.Key).ToList();
        var numbers = known.Select((word, number) => (word, number)).ToDictionary(w => w.word, w => w.number);
        var weights = Logistic.Fit([.. rows.Select(r => new Lesson([.. r.Words.Where(numbers.ContainsKey).Select(w => numbers[w])], r.Score, r.Is))], known.Count, _ => Ridge);
        return [.. known.Where(w => Math.Abs(weights[numbers[w]]) >= LeastWeight).Select(w => new LearnedWord
        {
            Word = w, Weight = Math.Round(weights[numbers[w]], 3), Confirmed = rows.Count(r => r.Is && r.Words.Contains(w)), Dismissed = rows.Count(r => !r.Is && r.Words.Contains(w)),
        })];
    }
}
