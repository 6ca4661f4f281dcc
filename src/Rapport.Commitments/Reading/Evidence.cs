namespace Rapport.Commitments.Reading;

/// <summary>A phrase of the grammar found in a sentence: what it means, and from which word to which.</summary>
internal readonly record struct Hit(int[] Means, int From, int Until);

/// <summary>What one "I will" of a sentence (or its like) shows: its features, each with the words it rests on.</summary>
internal sealed class Evidence
{
    private readonly List<(int Feature, Stretch At)> shown = [];

    /// <summary>Each once.</summary>
    public IReadOnlyList<(int Feature, Stretch At)> Shown => shown;
    public PromiseKind? Kind { get; private set; }

    /// <summary>What a sentence shows in which nobody speaks of what they will do.</summary>
    public static Evidence None { get; } = new() { shown = { (Feature.Any, default), (Feature.NoCore, default) } };

    public double Score(ReadOnlySpan<double> weights)
    {
        var score = 0.0;
        foreach (var (feature, _) in shown) score += weights[feature];
        return score;
    }

    /// <summary>One for each place where somebody speaks of what they will do.</summary>
    public static List<Evidence> In(IReadOnlyList<Word> words, string text, Stretch sentence, Language language)
    {
        var (hits, found) = (Hits(words, language), new List<Evidence>());
        for (var i = 0; i < hits.Count; i++)
            if (Array.Exists(hits[i].Means, Feature.IsCore)) found.Add(Around(i, hits, words, text, sentence, language));
        return found;
    }

    private static List<Hit> Hits(IReadOnlyList<Word> words, Language language)
    {
        var hits = new List<Hit>();
        for (var at = 0; at < words.Count;)
        {
            var (means, length) = language.Phrases.Longest(words, at);
            // The mark at which a clause begins may begin the next phrase too ("follows ^").
            if (means is not null) hits.Add(new(means, at, at + length));
            at += length > 1 && words[at + length - 1].Id == Word.Begin ? length - 1 : Math.Max(length, 1);
        }
        return hits;
    }

    private static Evidence Around(int core, List<Hit> hits, IReadOnlyList<Word> words, string text, Stretch sentence, Language language)
    {
        var (of, evidence) = (hits[core], new Evidence());
        evidence.Add(Feature.Any, default);
        foreach (var means in of.Means) evidence.AddHit(means, of, words);
        evidence.TakeVerb(core, hits, words, language);
        for (var i = core; i >= 0 && of.From - hits[i].Until <= Reach.Far; i--) evidence.TakeCues(hits[i], of, before: true, words, language);
        for (var i = core + 1; i < hits.Count && hits[i].From - of.Until <= Reach.Far; i++) evidence.TakeCues(hits[i], of, before: false, words, language);
        if (sentence.End > sentence.Start && text.AsSpan(sentence.Start, sentence.Length).TrimEnd("\"”» )").EndsWith("?")) evidence.Add(Feature.Question, new(sentence.End - 1, sentence.End));
        if (words[of.From].Quoted) evidence.Add(Feature.Quoted, At(of, words));
        return evidence;
    }

    // The first verb behind "I will": what it leads to.
    private void TakeVerb(int core, List<Hit> hits, IReadOnlyList<Word> words, Language language)
    {
        var of = hits[core];
        if (!Array.Exists(of.Means, Feature.IsVerb))
        {
            var until = ClauseEnd(words, of.Until, language.VerbWithin);
            var verb = hits.Skip(core + 1).TakeWhile(h => h.From < until).FirstOrDefault(h => Array.Exists(h.Means, Feature.IsVerb));
            foreach (var means in verb.Means ?? [])
                if (Feature.IsVerb(means)) AddHit(means, verb, words);
            if (verb.Means is null && Array.Exists(of.Means, Feature.LeadsToVerb)) Add(Feature.NoVerb, default);
        }
        var acts = shown.Where(s => Feature.IsAct(s.Feature)).ToList();
        if (acts.Count > 0) Add(Feature.Act, acts[0].At);
        Kind = acts.Count > 0 ? Feature.KindOf(acts[0].Feature) : of.Means[0] == Feature.Get ? PromiseKind.Document : of.Means[0] == Feature.Done ? PromiseKind.Date : of.Means[0] == Feature.Vow ? PromiseKind.Behaviour : PromiseKind.Action;
    }

    private void TakeCues(Hit hit, Hit core, bool before, IReadOnlyList<Word> words, Language language)
    {
        foreach (var means in hit.Means)
            if (means >= Feature.FirstCue && Reach.Of(means, before) is var reach && (before ? core.From - hit.Until : hit.From - core.Until) <= reach
                && (means != Feature.Not || !before && hit.From < ClauseEnd(words, core.Until, language.NotWithin))) AddHit(means, hit, words);
    }

    private static int ClauseEnd(IReadOnlyList<Word> words, int from, int most)
    {
        var end = from;
        while (end < words.Count && end - from < most && (words[end].Id != Word.Begin || end == from)) end++;
        return end;
    }

    private void AddHit(int means, Hit hit, IReadOnlyList<Word> words) => Add(means, At(hit, words));

    /// <summary>Adds a feature; one that is there already keeps its words.</summary>
    public void Add(int feature, Stretch at)
    {
        if (!shown.Exists(s => s.Feature == feature)) shown.Add((feature, at));
    }

    private static Stretch At(Hit hit, IReadOnlyList<Word> words) => new(words[hit.From].Start, words[hit.Until - 1].End);
}

/// <summary>How many words away from "I will" a cue still speaks of it.</summary>
internal static class Reach
{
    public const int Far = 25;

    public static int Of(int cue, bool before) => Feature.Names[cue] switch
    {
        "cue condition" or "cue courtesy" or "cue enclosed" => Far,
        "cue hearer" => before ? 3 : 15,
        "cue offer" => before ? 6 : 15,
        "cue doubt" or "cue habit" => before ? 6 : 4,
        "cue report" or "cue request" => before ? 15 : -1,
        "cue opinion" or "cue wish" => before ? 5 : 3,
        "cue asking for word" => 10,
        _ => 5,
    };
}
