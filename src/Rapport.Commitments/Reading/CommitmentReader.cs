namespace Rapport.Commitments.Reading;

/// <summary>Reads in which sentences of a text its speaker commits to something (K5): a future act of theirs for whom it is said to; not conditions, offers, wishes, questions, quotes or reports.
/// Takes time linear in the length of the text, is thread-safe and never throws. Quoted history and signatures were taken out before.</summary>
public static class CommitmentReader
{
    /// <summary>Of longer texts only so many characters are read.</summary>
    public const int LongestText = 100_000;

    private const int MostReasons = 6;
    private const double LeastReason = 0.05;

    /// <summary>All sentences in order.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="context">When, and the clocks of whom it was said to.</param>
    /// <param name="learned">What this installation taught; null for what is shipped alone.</param>
    public static IEnumerable<ReadSentence> Read(string text, DueContext context, LearnedWords? learned = null)
    {
        if (text.Length > LongestText) text = text[..LongestText];
        var language = Languages.Of(text);
        foreach (var sentence in Sentences.In(text)) yield return Read(text, sentence, language, context, learned);
    }

    /// <summary>The sentence of a text that is a commitment most probably; null where there is none at all.</summary>
    public static ReadSentence? ReadMostProbable(string text, DueContext context, LearnedWords? learned = null) => Read(text, context, learned).MaxBy(s => s.Probability);

    /// <summary>What kind of thing is promised by these words. "Send the drawings" is read as "I will send the drawings".</summary>
    public static PromiseKind KindOf(string words) => KindIn(words) ?? KindIn($"I will {words}") ?? PromiseKind.Action;

    private static PromiseKind? KindIn(string text)
    {
        if (text.Length > LongestText) text = text[..LongestText];
        var language = Languages.Of(text);
        return Sentences.In(text).SelectMany(s => Evidence.In(Word.Cut(text, s, language), text, s, language)).Where(e => e.Shown.Any(s => s.Feature == Feature.Act || !Feature.LeadsToVerb(s.Feature) && Feature.IsCore(s.Feature)))
            .MaxBy(e => e.Score(Weights.Shipped))?.Kind;
    }

    private static ReadSentence Read(string text, Stretch sentence, Language language, DueContext context, LearnedWords? learned)
    {
        var words = text.Substring(sentence.Start, sentence.Length);
        var (evidence, due) = Candidates(text, sentence, language, context);
        var best = evidence.MaxBy(e => e.Score(Weights.Shipped)) ?? Evidence.None;
        var taught = evidence.Count > 0 && learned is not null ? learned.In(words) : [];
        var shipped = best.Score(Weights.Shipped);
        return new(words, sentence.Start, Logistic.Probability(shipped + taught.Sum(t => t.Weight)), best.Kind, due, evidence.Count == 0 ? [] : Reasons(text, best, taught)) { Shipped = shipped };
    }

    /// <summary>What each "I will" of a sentence shows, and what the sentence says of time; that is read only where there is one.</summary>
    internal static (List<Evidence> Evidence, DueReading? Due) Candidates(string text, Stretch sentence, Language language, DueContext context)
    {
        var evidence = Evidence.In(Word.Cut(text, sentence, language), text, sentence, language);
        if (evidence.Count == 0 || DueInLanguage.ReadFirst(text, sentence, language, context) is not { } due) return (evidence, null);
        var at = new Stretch(sentence.Start + due.Start, sentence.Start + due.Start + due.Length);
        if (due is { Outcome: DueOutcome.Dated, IsPast: false } or { Outcome: DueOutcome.Vague })
            foreach (var each in evidence) each.Add(due.Outcome == DueOutcome.Dated ? Feature.Dated : Feature.Vague, at);
        return (evidence, due);
    }

    private static List<Weighed> Reasons(string text, Evidence evidence, IReadOnlyList<Weighed> taught) =>
        [.. evidence.Shown.Where(s => s.At.Length > 0).Select(s => new Weighed(text[s.At.Start..s.At.End], Feature.Names[s.Feature], Math.Round(Weights.Shipped[s.Feature], 2)))
            .Concat(taught).Where(w => Math.Abs(w.Weight) >= LeastReason).OrderByDescending(w => Math.Abs(w.Weight)).Take(MostReasons)];
}
