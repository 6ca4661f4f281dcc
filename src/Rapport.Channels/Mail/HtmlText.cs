using System.Text;

namespace Rapport.Channels.Mail;

/// <summary>HTML mail as plain text that reads like a mail: paragraphs, lists, quotes with their marks, addresses of links.</summary>
internal sealed class HtmlText(string html)
{
    private const int DeepestQuote = 10;
    private const int LongestLink = 200;
    private static readonly HashSet<string> Blocks = ["div", "tr", "li", "section", "article", "header", "footer", "address", "dt", "dd", "form", "fieldset", "center", "option", "main", "nav", "caption", "body"];
    private static readonly HashSet<string> Paragraphs = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "table", "blockquote", "figure"];
    private static readonly HashSet<string> Void = ["br", "img", "hr", "meta", "link", "input", "col", "wbr", "area", "base"];

    private readonly StringBuilder text = new(html.Length / 2);
    private readonly HtmlReader reader = new(html);
    private int breaks, depth, lastDepth, pre;
    private bool space;
    private (string Href, int Start)? link;

    public string Convert()
    {
        while (reader.Next())
        {
            if (reader.Tag.Length == 0) Write(System.Net.WebUtility.HtmlDecode(reader.Text));
            else if (!reader.Closing && IsHidden()) SkipElement();
            else Take(reader.Tag, reader.Closing);
        }
        return text.ToString().Trim('\n', ' ');
    }

    private void Take(string tag, bool closing)
    {
        switch (tag)
        {
            case "br": breaks = Math.Min(3, breaks + 1); space = false; return;
            case "hr": Break(1); Write("________________________________"); Break(1); return;
            case "img": WriteImage(); return;
            case "a": TakeLink(closing); return;
            case "td" or "th": space = true; return;
        }
        if (Paragraphs.Contains(tag)) Break(tag is "ul" or "ol" or "table" && depth == 0 ? 1 : 2);
        else if (Blocks.Contains(tag)) Break(1);
        if (tag == "blockquote") depth = Math.Max(0, depth + (closing ? -1 : 1));
        if (tag == "pre") pre = Math.Max(0, pre + (closing ? -1 : 1));
        if (tag == "li" && !closing) Write("- ");
    }

    private bool IsHidden() => reader.Attributes.Contains("none", StringComparison.OrdinalIgnoreCase)
        && reader.Attribute("style")?.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase) == true;

    // Text for the preview line of an inbox, and the like.
    private void SkipElement()
    {
        var (tag, open) = (reader.Tag, 1);
        if (Void.Contains(tag)) return;
        while (open > 0 && reader.Next())
            if (reader.Tag == tag) open += reader.Closing ? -1 : 1;
    }

    private void TakeLink(bool closing)
    {
        if (link is { } open)
        {
            var shown = text.ToString(open.Start, text.Length - open.Start).Trim();
            if (shown.Length > 0 && !Shows(shown, open.Href)) Write($" <{open.Href}>");
            link = null;
        }
        if (closing || reader.Attribute("href")?.Trim() is not { Length: > 0 and <= LongestLink } href) return;
        if (href.StartsWith("http", StringComparison.OrdinalIgnoreCase) || href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) link = (href, text.Length);
    }

    private static bool Shows(string shown, string href)
    {
        var bare = Bare(href);
        return bare.Length == 0 || Bare(shown).Contains(bare, StringComparison.OrdinalIgnoreCase);

        static string Bare(string link)
        {
            var start = link.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0 ? scheme + 3 : link.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? 7 : 0;
            return link[start..].TrimEnd('/');
        }
    }

    private void WriteImage()
    {
        if (reader.Attribute("alt")?.Trim() is { Length: > 1 and < 200 } alt) Write($"[{alt}]");
    }

    private void Break(int lines)
    {
        breaks = Math.Max(breaks, lines);
        space = false;
    }

    private void Write(string words)
    {
        if (pre > 0) { WritePreformatted(words); return; }
        foreach (var c in words)
        {
            if (c is ' ' or '\n' or '\t' or '\r' or '\u00a0') { space = true; continue; }
            if (c is '\u200b' or '\u200c' or '\ufeff' or '\u00ad' or '\u034f') continue;
            if (!Flush() && space) text.Append(' ');
            space = false;
            text.Append(c);
        }
        if (words == "- ") space = true;
    }

    private void WritePreformatted(string words)
    {
        foreach (var c in words)
        {
            if (c == '\n') { breaks++; continue; }
            if (c == '\r') continue;
            Flush();
            text.Append(c);
        }
    }

    // True when a new line was begun.
    private bool Flush()
    {
        if (text.Length == 0)
        {
            if (breaks == 0 && depth == lastDepth) return space;
            breaks = 0;
            Mark(depth);
            lastDepth = depth;
            return true;
        }
        if (breaks == 0) return false;
        for (; breaks > 1; breaks--)
        {
            text.Append('\n');
            Mark(Math.Min(depth, lastDepth));
        }
        text.Append('\n');
        Mark(depth);
        (breaks, lastDepth) = (0, depth);
        return true;
    }

    private void Mark(int quotes)
    {
        quotes = Math.Min(quotes, DeepestQuote);
        text.Append('>', quotes);
        if (quotes > 0) text.Append(' ');
    }
}
