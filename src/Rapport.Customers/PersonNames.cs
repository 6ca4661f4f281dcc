using System.Collections.Frozen;
using Rapport.Kernel.Search;

namespace Rapport.Customers;

/// <summary>
/// A person's name as given, with what could be read out of it. The parts together hold every word of the original; a part is empty where nothing was said.
/// </summary>
public sealed record PersonName(string Original, string Honorific, string Given, string Middle, string Family, string Suffix)
{
    /// <summary>To sort by: family name first, folded.</summary>
    public string SortKey => TextFold.Fold(PersonNames.Join(Family, Given, Middle));

    /// <summary>To compare by: the folded words without honorifics and punctuation, in an order of their own, so that "Last, First" meets "First Last".</summary>
    public string ComparisonKey => PersonNames.Compare(this);

    /// <summary>First letters for an avatar: one or two, capital.</summary>
    public string Initials => PersonNames.InitialsOf(this);

    /// <summary>The original.</summary>
    public override string ToString() => Original;
}

/// <summary>Reads names of persons as they are given, in any script, and throws nothing away.</summary>
public static class PersonNames
{
    private static readonly FrozenSet<string> Honorifics =
        "mr mrs ms miss mx sir dame rev prof professor dr doctor capt captain sgt herr frau hr monsieur madame mme mlle maître sr sra srta doña dhr mevr mw drs ir signor signora dott dottssa shri smt haji sheikh sayyid dipl-ing"
            .Split(' ').Select(TextFold.Fold).ToFrozenSet();

    // Names as well, unless a full stop says that they are short for something.
    private static readonly FrozenSet<string> DottedHonorifics = "col maj hon fr ing mag sig eng avv lt gen dipl".Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Suffixes =
        "jr sr jnr snr ii iii iv phd ph.d md m.d mba esq msc bsc ma ba llm llb cpa rn dds dvm obe mbe cbe qc kc".Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Particles =
        "van von der den de del della di da dos das du des la le los las el al bin ibn ben ter ten te zu zum zur af av vom und y e i 't 's d st".Split(' ').ToFrozenSet();

    /// <summary>Reads a whole name: "Last, First", honorifics, initials, particles ("van der"), Han and Hangul order. Empty text gives an empty name.</summary>
    public static PersonName Read(string? text)
    {
        var original = (text ?? "").Trim();
        var comma = original.IndexOf(',', StringComparison.Ordinal);
        return comma > 0 ? ReadInverted(original, comma) : ReadWords(original, Words(original), "");
    }

    /// <summary>A name whose parts were given apart. The original is what people would write.</summary>
    public static PersonName From(string? given, string? family, string? middle = null, string? honorific = null, string? suffix = null)
    {
        var (g, f, m) = ((given ?? "").Trim(), (family ?? "").Trim(), (middle ?? "").Trim());
        var (h, s) = ((honorific ?? "").Trim(), (suffix ?? "").Trim());
        var unspaced = IsEastAsian(f) && IsEastAsian(g);
        return new PersonName(unspaced ? Join(h, f + g + m, s) : Join(h, g, m, f, s), h, g, m, f, s);
    }

    internal static string Join(params ReadOnlySpan<string> parts)
    {
        // A million rows come by here: most have two parts.
        var joined = "";
        foreach (var part in parts)
            if (part.Length > 0) joined = joined.Length == 0 ? part : string.Concat(joined, " ", part);
        return joined;
    }

    internal static string Compare(PersonName name)
    {
        var parts = Join(name.Given, name.Middle, name.Family);
        var folded = TextFold.Fold(parts.Length > 0 ? parts : name.Original).Replace("'", "", StringComparison.Ordinal).Replace(".", " ", StringComparison.Ordinal);
        var words = folded.Split([' ', '-', ',', '"', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        // These are written with and without a space between family and given name.
        if (words.Length > 0 && words.All(IsEastAsian)) return TextFold.Fold(string.Concat(name.Family, name.Given, name.Middle));
        Array.Sort(words, StringComparer.Ordinal);
        return string.Join(' ', words);
    }

    internal static string InitialsOf(PersonName name)
    {
        var first = name.Given.Length > 0 ? name.Given : name.Original;
        return (FirstLetter(first) + (IsEastAsian(name.Family) || name.Family == first ? "" : FirstLetter(LastWord(name.Family)))).ToUpperInvariant();
    }

    private static PersonName ReadInverted(string original, int comma)
    {
        var family = original[..comma].Trim();
        var rest = original[(comma + 1)..].Trim();
        var words = Words(rest);
        // "Anna Field, PhD": what follows the comma is all titles, so the name stands before it.
        if (words.Length > 0 && words.All(IsSuffix)) return ReadWords(original, Words(family), rest);

        var leading = LeadingHonorifics(words);
        var trailing = TrailingSuffixes(words, leading);
        var before = Words(family);
        var early = before.Length > 1 ? LeadingHonorifics(before) : 0;
        return new PersonName(original,
            Join(Join(before.AsSpan()[..early]), Join(words.AsSpan()[..leading])), words.Length > leading + trailing ? words[leading] : "",
            words.Length > leading + trailing ? Join(words.AsSpan()[(leading + 1)..(words.Length - trailing)]) : "",
            Join(before.AsSpan()[early..]), Join(words.AsSpan()[(words.Length - trailing)..]));
    }

    private static PersonName ReadWords(string original, string[] words, string suffix)
    {
        var start = words.Length > 1 ? LeadingHonorifics(words) : 0;
        var trailing = TrailingSuffixes(words, start + 1);
        var (honorific, names) = (Join(words.AsSpan()[..start]), words[start..(words.Length - trailing)]);
        suffix = Join(Join(words.AsSpan()[(words.Length - trailing)..]), suffix);
        if (names.Length == 0) return new PersonName(original, honorific, "", "", "", suffix);
        // After a bare honorific stands the family name: "Herr Acker".
        if (names.Length == 1) return start > 0 ? new PersonName(original, honorific, "", "", names[0], suffix) : new PersonName(original, "", names[0], "", "", suffix);
        if (IsEastAsian(names[0]) && IsEastAsian(names[^1])) return new PersonName(original, honorific, Join(names.AsSpan()[1..]), "", names[0], suffix);

        var family = names.Length - 1;
        while (family > 1 && Particles.Contains(TextFold.Fold(names[family - 1]).TrimEnd('.'))) family--;
        return new PersonName(original, honorific, names[0], Join(names.AsSpan()[1..family]), Join(names.AsSpan()[family..]), suffix);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static int LeadingHonorifics(string[] words)
    {
        var count = 0;
        while (count < words.Length - 1 && IsHonorific(words[count])) count++;
        return count;
    }

    private static int TrailingSuffixes(string[] words, int from)
    {
        var count = 0;
        while (words.Length - count > from && IsSuffix(words[words.Length - 1 - count])) count++;
        return count;
    }

    private static bool IsHonorific(string word)
    {
        var plain = TextFold.Fold(word).Replace(".", "", StringComparison.Ordinal);
        return Honorifics.Contains(plain) || word.EndsWith('.') && DottedHonorifics.Contains(plain);
    }

    // In capitals or in full: "MA" is a degree, "Ma" a name.
    private static bool IsSuffix(string word) => Suffixes.Contains(TextFold.Fold(word).Trim('.', ',')) && !(word.Length <= 2 && char.IsLower(word[^1]) && word is not ("Jr" or "Sr"));

    private static string LastWord(string text) => text[(text.LastIndexOf(' ') + 1)..];

    private static string FirstLetter(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (System.Text.Rune.IsLetter(rune)) return rune.ToString();
        return "";
    }

    /// <summary>Whether the text is written in Han, kana or Hangul alone, where the family name comes first and no space is needed.</summary>
    internal static bool IsEastAsian(string text)
    {
        foreach (var c in text)
            if (c is not ((>= '\u3005' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\uD840' and <= '\uDFFF') or (>= '\uF900' and <= '\uFAFF'))) return false;
        return text.Length > 0;
    }
}
