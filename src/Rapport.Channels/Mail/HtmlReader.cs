namespace Rapport.Channels.Mail;

/// <summary>Walks over HTML tag by tag in one linear pass, as forgiving as a browser, without building a tree.</summary>
internal sealed class HtmlReader(string html)
{
    private static readonly string[] RawText = ["script", "style", "title", "textarea", "xmp", "noembed", "noframes", "template", "svg", "math", "object", "head"];
    private static readonly System.Buffers.SearchValues<char> NameEnds = System.Buffers.SearchValues.Create("= \t\r\n/");
    private readonly HashSet<string> neverClosed = [];
    private int at;

    /// <summary>The name of the tag in lower case, or empty for text.</summary>
    public string Tag { get; private set; } = "";
    public bool Closing { get; private set; }
    public string Text { get; private set; } = "";

    /// <summary>What stands in the tag after its name.</summary>
    public string Attributes { get; private set; } = "";

    public bool Next()
    {
        while (at < html.Length)
        {
            if (html[at] != '<' || !StartsTag()) return TakeText();
            if (html[at + 1] is '!' or '?') { SkipDeclaration(); continue; }
            if (!TakeTag()) return TakeRest();
            if (Closing || Array.IndexOf(RawText, Tag) < 0) return true;
            SkipRawText();
        }
        return false;
    }

    /// <summary>The value of an attribute of this tag, decoded; null when it has none.</summary>
    public string? Attribute(string name)
    {
        var rest = Attributes.AsSpan();
        while (!rest.IsEmpty)
        {
            rest = rest.TrimStart(" \t\r\n/");
            var end = rest.IndexOfAny(NameEnds);
            var key = end < 0 ? rest : rest[..end];
            rest = (end < 0 ? [] : rest[end..]).TrimStart(" \t\r\n");
            if (rest.IsEmpty || rest[0] != '=')
            {
                if (key.IsEmpty && !rest.IsEmpty) rest = rest[1..];
                continue;
            }
            rest = rest[1..].TrimStart(" \t\r\n");
            var quote = !rest.IsEmpty && rest[0] is '"' or '\'' ? rest[0] : ' ';
            if (quote != ' ') rest = rest[1..];
            var close = quote == ' ' ? rest.IndexOfAny(" \t\r\n") : rest.IndexOf(quote);
            var value = close < 0 ? rest : rest[..close];
            rest = close < 0 ? [] : rest[(close + 1)..];
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return System.Net.WebUtility.HtmlDecode(value.ToString());
        }
        return null;
    }

    private bool StartsTag() => at + 1 < html.Length && (html[at + 1] is '!' or '?' || char.IsAsciiLetter(html[at + 1]) || (html[at + 1] == '/' && at + 2 < html.Length && char.IsAsciiLetter(html[at + 2])));

    private bool TakeText()
    {
        var end = html.IndexOf('<', at + 1);
        if (end < 0) end = html.Length;
        (Tag, Attributes, Closing, Text) = ("", "", false, html[at..end]);
        at = end;
        return true;
    }

    // A tag that never ends swallows the rest in a browser; here it is shown.
    private bool TakeRest()
    {
        (Tag, Attributes, Closing, Text) = ("", "", false, html[at..]);
        at = html.Length;
        return true;
    }

    private bool TakeTag()
    {
        var start = at + 1;
        var closing = html[start] == '/';
        if (closing) start++;
        var nameEnd = start;
        while (nameEnd < html.Length && (char.IsAsciiLetterOrDigit(html[nameEnd]) || html[nameEnd] is ':' or '-')) nameEnd++;
        var end = nameEnd;
        while (end < html.Length && html[end] != '>')
        {
            // Quotes count only where a value begins.
            if (html[end] is '"' or '\'' && html[end - 1] is '=' or ' ' && html.IndexOf(html[end], end + 1) is var close and > 0) end = close;
            end++;
        }
        if (end >= html.Length) return false;
        (Tag, Closing, Text, Attributes) = (html[start..nameEnd].ToLowerInvariant(), closing, "", html[nameEnd..end]);
        at = end + 1;
        return true;
    }

    private void SkipDeclaration()
    {
        var comment = html.AsSpan(at).StartsWith("<!--");
        var end = comment ? html.IndexOf("-->", at + 2, StringComparison.Ordinal) : html.IndexOf('>', at);
        at = end < 0 ? html.Length : end + (comment ? 3 : 1);
    }

    private void SkipRawText()
    {
        // Once one is found never to close, none below it does; asking again for each would take for ever.
        if (neverClosed.Contains(Tag)) return;
        var end = html.IndexOf("</" + Tag, at, StringComparison.OrdinalIgnoreCase);
        if (end >= 0) at = end;
        else if (Tag is "svg" or "math" or "object" or "head") neverClosed.Add(Tag);
        else at = html.Length;
    }
}
