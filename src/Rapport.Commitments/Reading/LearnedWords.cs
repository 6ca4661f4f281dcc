namespace Rapport.Commitments.Reading;

/// <summary>How much words weigh that this installation taught by what its people confirmed, corrected and dismissed.</summary>
public sealed class LearnedWords(IReadOnlyDictionary<string, double> weights)
{
    private const int MostWords = 100;

    /// <summary>The words of a sentence that weigh, each once.</summary>
    public IReadOnlyList<Weighed> In(string sentence) =>
        weights.Count == 0 ? [] : [.. Of(sentence).Where(weights.ContainsKey).Select(w => new Weighed(w, "learned here", Math.Round(weights[w], 2)))];

    /// <summary>The words of a sentence as they are learned: in small letters, each once, without numbers.</summary>
    internal static IReadOnlyCollection<string> Of(string sentence)
    {
        var words = new HashSet<string>();
        for (var at = 0; at < sentence.Length && words.Count < MostWords;)
        {
            var end = at;
            while (end < sentence.Length && (char.IsLetter(sentence[end]) || sentence[end] is '\'' or '’' && end > at)) end++;
            if (end - at is > 1 and <= 30) words.Add(sentence[at..end].ToLowerInvariant());
            at = Math.Max(end, at + 1);
        }
        return words;
    }
}
