namespace Rapport.Channels.Mail;

/// <summary>What a line of a mail body is, seen by itself or with its neighbours.</summary>
internal enum LineKind { Blank, Text, Quote, Rule, Attribution, Headers, Original, Forwarded, Signature, Footer }

/// <summary>A line, or several that make one attribution or block of headers.</summary>
internal readonly record struct BodyLine(LineKind Kind, string Text, string OnOneLine)
{
    public bool IsBlank => Kind == LineKind.Blank;
}

/// <summary>Reads a body into lines of known kind. Each line is looked at a bounded number of times.</summary>
internal static class BodyLines
{
    public static List<BodyLine> Read(string body)
    {
        var raw = body.ReplaceLineEndings("\n").Split('\n');
        var kinds = new LineKind[raw.Length];
        for (var i = 0; i < raw.Length; i++) kinds[i] = KindOf(raw[i]);
        QuoteWhatWasWrapped(raw, kinds);
        QuoteInitials(raw, kinds);

        var lines = new List<BodyLine>(raw.Length);
        var attributions = Attributions.Find(raw, kinds);
        for (var i = 0; i < raw.Length; i++)
        {
            var length = attributions[i] > 0 ? attributions[i] : kinds[i] == LineKind.Text ? HeaderBlock.LengthAt(raw, kinds, i) : 0;
            if (length == 0) lines.Add(new(kinds[i], raw[i], raw[i]));
            else lines.Add(Joined(attributions[i] > 0 ? LineKind.Attribution : LineKind.Headers, raw.AsSpan(i, length)));
            i += Math.Max(0, length - 1);
        }
        return lines;
    }

    private static BodyLine Joined(LineKind kind, ReadOnlySpan<string> lines)
    {
        var text = string.Join('\n', lines);
        return new(kind, text, kind == LineKind.Attribution && lines.Length > 1 ? string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) : text);
    }

    private static LineKind KindOf(string line)
    {
        var start = 0;
        while (start < line.Length && MailWords.IsSpace(line[start])) start++;
        if (start == line.Length) return LineKind.Blank;
        if (line[start] is '>' or '＞') return LineKind.Quote;
        if (line.Length > MailWords.LongestMarker) return LineKind.Text;
        var folded = MailWords.Fold(line);
        if (folded.Length == 0) return LineKind.Blank;
        if (MailWords.IsRule(folded)) return LineKind.Rule;
        if (MailWords.IsForwarded(folded)) return LineKind.Forwarded;
        if (MailWords.IsOriginal(folded)) return LineKind.Original;
        if (MailFooters.IsSignature(folded)) return LineKind.Signature;
        return MailFooters.IsFooter(folded) ? LineKind.Footer : LineKind.Text;
    }

    // A mail program that breaks a long quoted line leaves its tail without the mark, between two marked lines.
    private static void QuoteWhatWasWrapped(string[] raw, LineKind[] kinds)
    {
        for (var i = 1; i < raw.Length - 1; i++)
            if (kinds[i] == LineKind.Text && kinds[i - 1] == LineKind.Quote && kinds[i + 1] == LineKind.Quote
                && raw[i - 1].Length >= 60 && raw[i].Length < 40 && raw[i - 1].TrimEnd()[^1] is not ('.' or '?' or '!' or ':'))
                kinds[i] = LineKind.Quote;
    }

    // Some programs quote with the author's initials ("AB> "); one such line alone may be anything.
    private static void QuoteInitials(string[] raw, LineKind[] kinds)
    {
        for (var i = 1; i < raw.Length; i++)
        {
            if (kinds[i] != LineKind.Text || Initials(raw[i]) is not { Length: > 0 } initials || Initials(raw[i - 1]) != initials) continue;
            kinds[i] = kinds[i - 1] = LineKind.Quote;
        }
    }

    private static string Initials(string line)
    {
        var mark = line.AsSpan(0, Math.Min(line.Length, 8)).IndexOf('>');
        var name = mark is > 0 and <= 5 ? line[..mark].Trim() : "";
        return name.All(char.IsAsciiLetter) && name.Any(char.IsUpper) ? name : "";
    }
}
