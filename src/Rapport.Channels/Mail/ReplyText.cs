namespace Rapport.Channels.Mail;

/// <summary>A plain text body in two: what its author wrote, and the rest (quoted history, its introduction, signatures, footers).</summary>
/// <param name="Reply">The new words; in an inline reply with the quotes they answer. Without blank lines around it.</param>
/// <param name="Quoted">Everything else in the order it stood; an introduction that ran over several lines stands on one.</param>
public sealed record SplitText(string Reply, string Quoted);

/// <summary>
/// Finds the reply in a plain text mail (V8). Line rules over a table of languages, linear in the length of the body,
/// and nothing is lost: every word of the body is in the reply or in the quoted part.
/// </summary>
public static class ReplyText
{
    /// <param name="body">The plain text body, any line ends.</param>
    /// <param name="forwarded">The subject says that this mail forwards another: then a block of headers opens forwarded text, which stays in the reply, instead of history.</param>
    public static SplitText Split(string? body, bool forwarded = false)
    {
        if (string.IsNullOrWhiteSpace(body)) return new("", "");
        var lines = BodyLines.Read(body);
        var split = new ReplySplit(lines, ForwardStart(lines, forwarded));
        split.Decide();
        return new(Join(lines, split.Kept, kept: true), Join(lines, split.Kept, kept: false));
    }

    // Text that was forwarded is the message itself: it begins at its marker and is never stripped.
    private static int ForwardStart(List<BodyLine> lines, bool forwarded)
    {
        var start = lines.FindIndex(line => line.Kind == LineKind.Forwarded || (forwarded && line.Kind is LineKind.Headers or LineKind.Original));
        return start < 0 ? lines.Count : start;
    }

    private static string Join(List<BodyLine> lines, bool[] keep, bool kept)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < lines.Count; i++)
            if (keep[i] == kept) text.Append(kept ? lines[i].Text : lines[i].OnOneLine).Append('\n');
        return TrimBlankLines(text.ToString());
    }

    private static string TrimBlankLines(string text)
    {
        var end = text.AsSpan().TrimEnd().Length;
        var start = text.Length - text.AsSpan().TrimStart().Length;
        if (start >= end) return "";
        // Indentation of the first line stays, it may be a list or code.
        var lineStart = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        return text[lineStart..end];
    }
}
