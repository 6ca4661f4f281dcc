namespace Rapport.Dialogue;

/// <summary>Cuts a brief to one printed page: the longest parts give way first, from their least important end, and say how much was left out.</summary>
internal static class OnePage
{
    /// <summary>Lines of text on a printed page, and letters in such a line, on A4 and Letter alike.</summary>
    public const int Lines = 50, Letters = 100;

    private const int OfHeading = 2, OfName = 4;

    /// <summary>The sections as they fit. A part is never cut below its least.</summary>
    public static IReadOnlyList<BriefSection> Fit(IReadOnlyList<(BriefSection Section, int Least)> parts)
    {
        var lines = parts.Select(p => p.Section.Lines.ToList()).ToList();
        while (OfName + lines.Sum(Height) > Lines && Longest(parts, lines) is { } longest) lines[longest].RemoveAt(lines[longest].Count - 1);
        return [.. parts.Zip(lines, (part, kept) => part.Section with { Lines = kept, More = part.Section.Lines.Count - kept.Count })];
    }

    /// <summary>How many printed lines a brief takes, about.</summary>
    public static int Height(IReadOnlyList<BriefSection> sections) => OfName + sections.Sum(s => Height(s.Lines));

    private static int Height(IReadOnlyCollection<BriefLine> lines) => OfHeading + Math.Max(1, lines.Sum(l => 1 + (l.Words.Length + (l.Quote?.Length ?? 0)) / Letters));

    private static int? Longest(IReadOnlyList<(BriefSection, int Least)> parts, List<List<BriefLine>> lines)
    {
        var longest = Enumerable.Range(0, parts.Count).MaxBy(i => lines[i].Count - parts[i].Least);
        return lines[longest].Count > parts[longest].Least ? longest : null;
    }
}
