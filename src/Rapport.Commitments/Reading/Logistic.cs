namespace Rapport.Commitments.Reading;

/// <summary>One row to learn from: the numbers of what is there, what is known of it before, and what it turned out to be.</summary>
/// <param name="Offset">The log-odds known before, to which what is learned is added.</param>
internal readonly record struct Lesson(IReadOnlyList<int> Has, double Offset, bool Is);

/// <summary>Logistic regression over what is there or not, with a ridge that holds every weight at zero until there is evidence (Hoerl and Kennard 1970).</summary>
internal static class Logistic
{
    private const int MostRounds = 200;
    private const double Settled = 1e-5;

    /// <summary>The weights, by Newton's step for one of them at a time. The same rows always give the same weights.</summary>
    /// <param name="ridge">How hard each is held at zero.</param>
    public static double[] Fit(IReadOnlyList<Lesson> lessons, int count, Func<int, double> ridge)
    {
        var weights = new double[count];
        var scores = lessons.Select(l => l.Offset).ToArray();
        var rows = new List<int>[count];
        for (var i = 0; i < count; i++) rows[i] = [];
        for (var row = 0; row < lessons.Count; row++)
            foreach (var feature in lessons[row].Has) rows[feature].Add(row);
        for (var round = 0; round < MostRounds; round++)
        {
            var moved = 0.0;
            for (var feature = 0; feature < count; feature++)
            {
                if (rows[feature].Count == 0) continue;
                var (slope, bend) = (-ridge(feature) * weights[feature], ridge(feature));
                foreach (var row in rows[feature])
                {
                    var p = Probability(scores[row]);
                    slope += (lessons[row].Is ? 1 : 0) - p;
                    bend += Math.Max(p * (1 - p), 0.01);
                }
                var step = Math.Clamp(slope / bend, -1, 1);
                weights[feature] += step;
                foreach (var row in rows[feature]) scores[row] += step;
                moved = Math.Max(moved, Math.Abs(step));
            }
            if (moved < Settled) break;
        }
        return weights;
    }

    public static double Probability(double score) => 1 / (1 + Math.Exp(-score));

    /// <summary>How badly the truth was foretold, in nats; lower is better.</summary>
    public static double Loss(double score, bool truth) => Math.Log(1 + Math.Exp(truth ? -score : score));
}
