namespace Rapport.Channels.Mail;

/// <summary>Measures HTML before a tree is made of it: too many tags, too deep, or formatting left open again and again would cost a parser time, memory or the stack.</summary>
internal static class HtmlBounds
{
    private const int MostTags = 30_000;
    private const int Deepest = 300;
    private const int MostReopened = 2_000_000;
    private static readonly HashSet<string> Void = ["br", "img", "hr", "meta", "link", "input", "col", "wbr", "area", "base", "p", "li", "td", "th", "tr", "tbody", "option", "dd", "dt"];
    private static readonly HashSet<string> Formatting = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

    public static bool Hold(string html)
    {
        var reader = new HtmlReader(html);
        var open = new Dictionary<string, int>();
        var (tags, depth, formatting, reopened) = (0, 0, 0, 0L);
        while (reader.Next())
        {
            var tag = reader.Tag;
            if (tag.Length == 0) continue;
            if (++tags > MostTags) return false;
            reopened += formatting;
            if (Void.Contains(tag)) continue;
            var count = open.GetValueOrDefault(tag);
            if (reader.Closing && count == 0) continue;
            var step = reader.Closing ? -1 : 1;
            open[tag] = count + step;
            depth += step;
            if (Formatting.Contains(tag)) formatting += step;
            if (depth > Deepest || reopened > MostReopened) return false;
        }
        return true;
    }
}
