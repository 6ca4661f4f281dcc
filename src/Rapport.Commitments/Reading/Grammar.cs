using System.Globalization;

namespace Rapport.Commitments.Reading;

/// <summary>Reads the file of a language, a line at a time: <c>name: phrase | phrase</c>.</summary>
internal sealed class Grammar
{
    private const int MostOfOnePhrase = 20_000;
    private readonly Dictionary<string, string[]> sets = [];
    private readonly Dictionary<string, int> numbers = [];

    private Grammar() { }

    /// <summary>Every word that is in some phrase, with its number.</summary>
    public Dictionary<string, int> Vocabulary { get; } = new(StringComparer.OrdinalIgnoreCase) { ["^"] = Word.Begin, ["#"] = Word.Number };
    public PhraseTree<int[]> Phrases { get; } = new();
    public PhraseTree<string> Dates { get; } = new();
    public HashSet<int> Skipped { get; } = [];
    public Dictionary<int, int[]> Written { get; } = [];
    public List<string> Common { get; } = [];
    public List<string> Abbreviations { get; } = [];

    public int Number(string name) => numbers.TryGetValue(name, out var number) ? number : throw new FormatException($"The line \"{name}\" is missing.");

    public static Grammar Read(TextReader file)
    {
        var grammar = new Grammar();
        while (file.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon)) throw new FormatException($"Not \"name: phrases\": {line}");
            grammar.Take(line[..colon].Trim(), line[(colon + 1)..].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
        return grammar;
    }

    private void Take(string name, string[] phrases)
    {
        switch (name)
        {
            case "common": Common.AddRange(phrases); break;
            case "abbreviation": Abbreviations.AddRange(phrases); break;
            case "verb within" or "not within": numbers[name] = int.Parse(phrases[0], CultureInfo.InvariantCulture); break;
            case "skip": foreach (var word in phrases.SelectMany(p => p.Split(' '))) Skipped.Add(Id(word)); break;
            case "written":
                foreach (var (left, right) in phrases.Select(Sides)) Written[Id(left)] = Ids(right);
                break;
            case "date":
                foreach (var (left, right) in phrases.Select(Sides)) Dates.Add(Ids(left.Replace("#.", "# .", StringComparison.Ordinal)), right, (_, newer) => newer);
                break;
            case var set when set.StartsWith("set ", StringComparison.Ordinal): sets[set[4..].Trim()] = [.. phrases.SelectMany(Variants)]; break;
            default:
                int[] means = [.. name.Split('+', StringSplitOptions.TrimEntries).Select(Feature.Of)];
                foreach (var phrase in phrases.SelectMany(Variants)) Phrases.Add(Ids(phrase), means, (a, b) => [.. a.Union(b)]);
                break;
        }
    }

    // {set} stands for each of its phrases, (word) for with it and without.
    private IEnumerable<string> Variants(string phrase)
    {
        List<string> all = [""];
        foreach (var part in phrase.Split(' '))
        {
            string[] choices = part switch
            {
                ['{', .. var set, '}'] => sets.TryGetValue(set, out var known) ? known : throw new FormatException($"There is no set \"{set}\" above: {phrase}"),
                ['(', .. var word, ')'] => [word, ""],
                _ => [part],
            };
            all = [.. all.SelectMany(before => choices.Select(choice => choice.Length == 0 ? before : before.Length == 0 ? choice : $"{before} {choice}"))];
            if (all.Count > MostOfOnePhrase) throw new FormatException($"That stands for too many phrases: {phrase}");
        }
        return all;
    }

    private static (string Left, string Right) Sides(string pair) =>
        pair.Split('=', StringSplitOptions.TrimEntries) is [var left, var right] ? (left, right) : throw new FormatException($"Not \"this = that\": {pair}");

    private int[] Ids(string phrase) => [.. phrase.Split(' ').Where(word => word != "").Select(Id)];

    private int Id(string word)
    {
        if (!Vocabulary.TryGetValue(word, out var id)) Vocabulary[word] = id = Vocabulary.Count + 1;
        return id;
    }
}
