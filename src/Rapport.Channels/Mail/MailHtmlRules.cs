using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace Rapport.Channels.Mail;

/// <summary>Our rules on the tree of one mail's HTML, before and after the sanitiser.</summary>
internal sealed class MailHtmlRules(MailHtmlOptions options)
{
    private const int LargestDataImage = 500_000;
    private static readonly string[] DataImages = ["data:image/png;base64,", "data:image/gif;base64,", "data:image/jpeg;base64,", "data:image/jpg;base64,", "data:image/webp;base64,"];

    // What stands inside these is not for people to read; all else that is not allowed leaves its text.
    private const string Silent = "script,style,title,noscript,template,iframe,object,embed,applet,svg,math,textarea,select,noembed,noframes,frameset,xmp,plaintext";

    // The only classes that survive; the design system styles them.
    private static readonly (string Property, string Value, string Class)[] Classes =
    [
        ("text-align", "center", "mail-center"), ("text-align", "right", "mail-right"), ("font-weight", "bold", "mail-bold"), ("font-weight", "700", "mail-bold"),
        ("font-style", "italic", "mail-italic"), ("text-decoration", "underline", "mail-underline"), ("text-decoration", "line-through", "mail-struck"), ("white-space", "pre", "mail-pre"),
    ];

    private static readonly string[] Tags =
    [
        "a", "abbr", "address", "article", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt",
        "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
        "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
    ];

    private static readonly string[] Attributes = ["href", "src", "alt", "title", "lang", "dir", "colspan", "rowspan", "align", "valign", "width", "height", "start", "type", "datetime", "class"];

    public int RemoteBlocked { get; private set; }

    public static HtmlSanitizer Sanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Set(Tags),
            AllowedAttributes = Set(Attributes),
            AllowedSchemes = Set(["http", "https", "mailto", "tel", "data"]),
            UriAttributes = Set(["href", "src"]),
        }) { KeepChildNodes = true };
        sanitizer.AllowedClasses.UnionWith([.. Classes.Select(c => c.Class), "mail-blocked"]);
        sanitizer.FilterUrl += (_, e) => { if (e.OriginalUrl.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase) && (e.Tag.LocalName != "img" || !IsDataImage(e.OriginalUrl))) e.SanitizedUrl = null; };
        return sanitizer;

        static HashSet<string> Set(string[] names) => new(names, StringComparer.OrdinalIgnoreCase);
    }

    public void Apply(IHtmlDocument document)
    {
        foreach (var silent in document.QuerySelectorAll(Silent).ToArray()) silent.Remove();
        foreach (var element in document.All.ToArray())
        {
            var classes = ClassesOf(element.GetAttribute("style"));
            element.RemoveAttribute("class");
            element.RemoveAttribute("style");
            if (classes.Length > 0) element.SetAttribute("class", classes);
            if (element.LocalName == "img") Apply(element);
            if (element.LocalName == "a") KeepOnlyOutwardLink(element);
        }
    }

    public static void MarkLinks(IHtmlDocument document)
    {
        foreach (var link in document.QuerySelectorAll("a[href]"))
        {
            link.SetAttribute("rel", "noopener noreferrer nofollow");
            link.SetAttribute("target", "_blank");
        }
        foreach (var image in document.QuerySelectorAll("img"))
        {
            image.SetAttribute("loading", "lazy");
            image.SetAttribute("referrerpolicy", "no-referrer");
        }
    }

    // A link into our own pages is never a mail's to give, whether relative or by a fragment.
    private static void KeepOnlyOutwardLink(IElement link)
    {
        var href = link.GetAttribute("href")?.Trim();
        if (href is not null && !(Uri.TryCreate(href, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" or "tel")) link.RemoveAttribute("href");
    }

    private void Apply(IElement image)
    {
        var source = image.GetAttribute("src")?.Trim() ?? "";
        if (source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)) { Show(image, options.ContentUrl?.Invoke(Uri.UnescapeDataString(source[4..]).Trim('<', '>'))); return; }
        if (IsDataImage(source)) return;
        // A dot of one pixel is there to watch the reader, asked for or not.
        var dot = image.GetAttribute("width") is "0" or "1" || image.GetAttribute("height") is "0" or "1";
        if (source.StartsWith("//", StringComparison.Ordinal)) source = "https:" + source;
        if (dot || !Uri.TryCreate(source, UriKind.Absolute, out var remote) || remote.Scheme is not ("http" or "https")) { image.Remove(); return; }
        if (options.RemoteUrl is null) RemoteBlocked++;
        Show(image, options.RemoteUrl?.Invoke(remote));
    }

    private static void Show(IElement image, string? url)
    {
        if (url is not null) { image.SetAttribute("src", url); return; }
        var blocked = image.Owner!.CreateElement("span");
        blocked.SetAttribute("class", "mail-blocked");
        blocked.TextContent = image.GetAttribute("alt") ?? "";
        image.Replace(blocked);
    }

    private static bool IsDataImage(string source) => source.Length < LargestDataImage && Array.Exists(DataImages, d => source.StartsWith(d, StringComparison.OrdinalIgnoreCase));

    private static string ClassesOf(string? style)
    {
        if (style is null or { Length: > 4_000 }) return "";
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var rule in style.Split(';'))
        {
            if (rule.IndexOf(':') is not (var colon and > 0)) continue;
            var (property, value) = (rule[..colon].Trim().ToLowerInvariant(), rule[(colon + 1)..].Trim().ToLowerInvariant());
            foreach (var known in Classes)
                if (property.StartsWith(known.Property, StringComparison.Ordinal) && value.StartsWith(known.Value, StringComparison.Ordinal)) found.Add(known.Class);
        }
        return string.Join(' ', found);
    }
}
