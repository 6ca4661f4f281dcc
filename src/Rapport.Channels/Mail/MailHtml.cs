using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace Rapport.Channels.Mail;

/// <summary>How a mail's HTML is to be shown.</summary>
/// <param name="ContentUrl">The address of ours that serves the part with this Content-ID; null shows its alternative text.</param>
/// <param name="RemoteUrl">The address to load a remote image from, as it is or by a proxy; null blocks what is remote until somebody asks.</param>
public sealed record MailHtmlOptions(Func<string, string?>? ContentUrl = null, Func<Uri, string?>? RemoteUrl = null);

/// <summary>HTML that is safe inside our pages.</summary>
/// <param name="RemoteBlocked">How many remote images were left out, tracking dots not counted.</param>
/// <param name="Problem">A sentence when the HTML was beyond all bounds and is shown as text, else null.</param>
public sealed record CleanHtml(string Html, int RemoteBlocked, string? Problem);

/// <summary>Hostile HTML made safe (V9): an allow list, no styles (classes for the useful few), nothing remote until asked, links that tell nothing.</summary>
public static class MailHtml
{
    private const int LongestHtml = 2 * 1024 * 1024;

    /// <summary>Never throws; HTML that is too large, too deep or too tangled comes back as its text.</summary>
    public static CleanHtml Clean(string html, MailHtmlOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (html.Length > LongestHtml || !HtmlBounds.Hold(html)) return AsText(html);
        var document = new HtmlParser().ParseDocument(html);
        var rules = new MailHtmlRules(options ?? new());
        rules.Apply(document);
        if (document.Body is not { } body) return new("", 0, null);
        MailHtmlRules.Sanitizer().SanitizeDom(document, body);
        MailHtmlRules.MarkLinks(document);
        return new(body.InnerHtml.Trim(), rules.RemoteBlocked, null);
    }

    /// <summary>HTML as plain text in the manner of mail: paragraphs, "- " for lists, "> " for quotes. Linear in its length, whatever it is.</summary>
    public static string ToText(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return new HtmlText(html).Convert();
    }

    private static CleanHtml AsText(string html)
    {
        var text = ToText(html.Length > 4 * LongestHtml ? html[..(4 * LongestHtml)] : html);
        if (text.Length > MailReader.LongestText) text = text[..MailReader.LongestText];
        return new($"<p class=\"mail-text\">{System.Net.WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal)}</p>", 0, "The HTML of this mail is too large or too tangled to show; this is its text.");
    }
}
