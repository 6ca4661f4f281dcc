namespace Rapport.Tests.Commitments.Reading;

/// <summary>The sentences of our own, judged by hand: two thirds to fit the weights, a third that is only measured.</summary>
internal static class OwnSentences
{
    public sealed record Judged(string Language, string Text, bool IsCommitment)
    {
        // By its words alone, so that nobody chooses, and adding one moves no other.
        public bool IsHeldOut => (Text.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u) >> 8) % 3 == 0;
    }

    public static IReadOnlyList<Judged> All { get; } = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Commitments", "Reading", "sentences.txt"))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|', 3)).Select(part => new Judged(part[1], part[2], part[0] == "yes"))];
}

/// <summary>How well something was found: what was right of what was found, and what was found of what was there.</summary>
internal sealed record Score(int Right, int Wrong, int Missed)
{
    public double Precision => Right / (double)Math.Max(1, Right + Wrong);
    public double Recall => Right / (double)Math.Max(1, Right + Missed);
    public double F1 => 2 * Precision * Recall / Math.Max(double.Epsilon, Precision + Recall);

    public static Score Of(IEnumerable<(bool Found, bool There)> judged) =>
        judged.Aggregate(new Score(0, 0, 0), (s, j) => j switch { (true, true) => s with { Right = s.Right + 1 }, (true, false) => s with { Wrong = s.Wrong + 1 }, (false, true) => s with { Missed = s.Missed + 1 }, _ => s });

    public override string ToString() => FormattableString.Invariant($"precision {Precision:0.000}, recall {Recall:0.000}, F1 {F1:0.000} ({Right} right, {Wrong} wrong, {Missed} missed)");
}
