using System.Globalization;
using Rapport.Kernel.Calendar;

namespace Rapport.Commitments.Reading;

/// <summary>How much each feature weighs: fitted on sentences of our own, written and judged in the project, and shipped as a file.</summary>
internal static class Weights
{
    private const string Resource = "Reading.weights.txt";
    // Foretold best what was left out, eight times an eighth, of the sentences that are fitted on.
    private const double Ridge = 0.1, RidgeOfAny = 0.01;
    private const int Rounds = 10;

    private static readonly double[] Loaded = Load();

    /// <summary>Those that are shipped, by number of the feature.</summary>
    public static ReadOnlySpan<double> Shipped => Loaded;

    /// <summary>Fits them anew. Of several places where a sentence speaks of what somebody will do, the one that weighs most counts.</summary>
    public static double[] Fit(IReadOnlyList<(string Sentence, bool Is)> sentences, DateTimeOffset at, double ridge = Ridge)
    {
        var context = new DueContext(at, TimeZoneInfo.Utc, BusinessCalendar.Standard(TimeZoneInfo.Utc));
        var candidates = sentences.Select(s => (Evidence: CommitmentReader.Candidates(s.Sentence, new(0, s.Sentence.Length), Languages.Of(s.Sentence), context).Evidence, s.Is)).ToList();
        var weights = new double[Feature.Names.Length];
        for (var round = 0; round < Rounds; round++)
        {
            var lessons = candidates.Select(c => new Lesson([.. (c.Evidence.MaxBy(e => e.Score(weights)) ?? Evidence.None).Shown.Select(s => s.Feature)], 0, c.Is)).ToList();
            weights = Logistic.Fit(lessons, weights.Length, feature => feature == Feature.Any ? RidgeOfAny : ridge);
        }
        return weights;
    }

    /// <summary>As the file holds them, a line each.</summary>
    public static string Written(IReadOnlyList<double> weights) =>
        string.Concat(Feature.Names.Select((name, i) => $"{name}: {Math.Round(weights[i], 3).ToString(CultureInfo.InvariantCulture)}\n"));

    private static double[] Load()
    {
        using var file = new StreamReader(typeof(Weights).Assembly.GetManifestResourceStream(Resource)!);
        var weights = new double[Feature.Names.Length];
        while (file.ReadLine() is { } line)
            if (line.LastIndexOf(':') is > 0 and var colon) weights[Feature.Of(line[..colon])] = double.Parse(line[(colon + 1)..], CultureInfo.InvariantCulture);
        return weights;
    }
}
