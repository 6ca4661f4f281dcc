using System.Collections.Frozen;

namespace Rapport.Commitments.Reading;

/// <summary>The grammar of promises of one language, read from its file; README.md says what each line is for. Whoever adds a language writes a file.</summary>
internal sealed class Language
{
    private readonly FrozenDictionary<string, int> vocabulary;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly FrozenDictionary<int, int[]> written;

    public Language(string name, Grammar grammar)
    {
        Name = name;
        Phrases = grammar.Phrases;
        Dates = grammar.Dates;
        VerbWithin = grammar.Number("verb within");
        NotWithin = grammar.Number("not within");
        Skipped = grammar.Skipped.ToFrozenSet();
        written = grammar.Written.ToFrozenDictionary();
        vocabulary = grammar.Vocabulary.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        lookup = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The name of its file: "en".</summary>
    public string Name { get; }
    /// <summary>What its phrases mean, as <see cref="Feature"/>s.</summary>
    public PhraseTree<int[]> Phrases { get; }
    /// <summary>Words of time and what they are in English, in which due dates are read; empty for English itself.</summary>
    public PhraseTree<string> Dates { get; }
    /// <summary>How many words after "I will" the verb may stand.</summary>
    public int VerbWithin { get; }
    /// <summary>How many words after "I will" a "not" belongs to it.</summary>
    public int NotWithin { get; }
    /// <summary>Words that change nothing: "just", "also".</summary>
    public FrozenSet<int> Skipped { get; }

    /// <summary>The number of a word; 0 for one the grammar does not know.</summary>
    public int Word(ReadOnlySpan<char> word) => word.Length <= 30 && lookup.TryGetValue(word, out var id) ? id : 0;

    /// <summary>What a contraction stands for: "i'll" for "i will".</summary>
    public int[]? Written(int word) => written.GetValueOrDefault(word);
}

/// <summary>Phrases as a tree of words: the longest one that begins at a place is found in one walk.</summary>
internal sealed class PhraseTree<T> where T : class
{
    private readonly Dictionary<(int Node, int Word), int> steps = [];
    private readonly List<T?> values = [null];

    public bool IsEmpty => steps.Count == 0;

    /// <summary>Adds a phrase; one that is there already is joined with it.</summary>
    public void Add(IEnumerable<int> words, T value, Func<T, T, T> join)
    {
        var node = 0;
        foreach (var word in words)
        {
            if (!steps.TryGetValue((node, word), out var next))
            {
                steps[(node, word)] = next = values.Count;
                values.Add(null);
            }
            node = next;
        }
        values[node] = values[node] is { } before ? join(before, value) : value;
    }

    /// <summary>The longest phrase that begins at a place; a length of zero when none does.</summary>
    public (T? Value, int Length) Longest(IReadOnlyList<Word> words, int at)
    {
        var (found, length, node) = ((T?)null, 0, 0);
        for (var i = at; i < words.Count && steps.TryGetValue((node, words[i].Id), out node); i++)
            if (values[node] is { } value) (found, length) = (value, i - at + 1);
        return (found, length);
    }
}
