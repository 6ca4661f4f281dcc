using System.Collections.Frozen;

namespace Rapport.Commitments.Reading;

/// <summary>The languages that are here: each is a file beside the others, embedded in the program.</summary>
internal static class Languages
{
    private const string Folder = "Reading.Languages.";

    // Of a long text its beginning says which language it is in.
    private const int MostWordsLookedAt = 300;

    private static readonly (Language Language, Grammar Grammar)[] All = [.. Names().Select(Load)];
    private static readonly FrozenDictionary<string, int> Common = All
        .SelectMany((each, number) => each.Grammar.Common.Select(word => (word, Bit: 1 << number))).GroupBy(w => w.word, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(g => g.Key, g => g.Aggregate(0, (bits, w) => bits | w.Bit), StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> CommonLookup = Common.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What ends with a full stop and no sentence, in any of them.</summary>
    public static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Abbreviations { get; } =
        All.SelectMany(each => each.Grammar.Abbreviations).ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The language most of whose common words stand in the text; the first of them when none does.</summary>
    public static Language Of(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[All.Length];
        var looked = 0;
        for (var at = 0; at < text.Length && looked < MostWordsLookedAt;)
        {
            if (!char.IsLetter(text[at])) { at++; continue; }
            var end = at + 1;
            while (end < text.Length && char.IsLetter(text[end])) end++;
            if (end < text.Length && text[end] is '\'' or '’' && end - at == 1) end++;
            looked++;
            if (end - at <= 12 && CommonLookup.TryGetValue(text[at..end], out var bits))
                for (var i = 0; i < counts.Length; i++) counts[i] += bits >> i & 1;
            at = end;
        }
        var best = 0;
        for (var i = 1; i < counts.Length; i++)
            if (counts[i] > counts[best]) best = i;
        return All[best].Language;
    }

    // English first: it is taken where nothing tells.
    private static IEnumerable<string> Names() => typeof(Languages).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).OrderByDescending(n => n == Folder + "en.txt").ThenBy(n => n, StringComparer.Ordinal);

    private static (Language, Grammar) Load(string resource)
    {
        using var file = new StreamReader(typeof(Languages).Assembly.GetManifestResourceStream(resource)!);
        var grammar = Grammar.Read(file);
        return (new(resource[Folder.Length..^4], grammar), grammar);
    }
}
