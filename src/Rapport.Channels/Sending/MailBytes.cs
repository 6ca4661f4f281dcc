using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using Rapport.Channels.Mail;

namespace Rapport.Channels;

/// <summary>Writes a mail as it goes out: plain text and simple HTML side by side, files behind them, everything in seven bits, so that what is stored is what every server passes on.</summary>
public static partial class MailBytes
{
    private const int LongestSubject = 400, MostReferences = 50, LongestId = 900;

    /// <summary>The bytes of a mail. Nothing that was written gets out of the header that it belongs to.</summary>
    public static byte[] Of(WrittenMail mail)
    {
        var message = new MimeMessage { Date = mail.Date, Subject = MailText.OnOneLine(mail.Subject, LongestSubject) };
        message.Headers.Replace(HeaderId.MessageId, $"<{mail.MessageId}>");
        message.From.Add(Address(mail.From));
        message.To.AddRange(mail.To.Select(Address));
        message.Cc.AddRange(mail.Cc.Select(Address));
        if (mail.ReplyTo is { } replyTo) message.ReplyTo.Add(Address(new(mail.From.Name, replyTo)));
        // Ids are passed on as they came, letter by letter: what is no id by the book is refused by MimeKit's own properties, or written in another way, and would match nothing any more.
        if (mail.InReplyTo is { } answered && CanBeWritten(answered)) message.Headers.Add(HeaderId.InReplyTo, $"<{answered}>");
        // The first says what it all began with, the last ones what it answers.
        List<string> before = [.. mail.References.Where(CanBeWritten)];
        foreach (var id in before.Take(1).Concat(before.Skip(1).TakeLast(MostReferences))) message.References.Add(id);
        if (mail.Automatic) message.Headers.Add("Auto-Submitted", mail.InReplyTo is null ? "auto-generated" : "auto-replied");
        if (mail.Automatic) message.Headers.Add("X-Auto-Response-Suppress", "All");
        if (mail.Unsubscribe is { } unsubscribe)
        {
            message.Headers.Add("List-Unsubscribe", $"<{unsubscribe}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        message.Body = Body(mail);
        message.Prepare(EncodingConstraint.SevenBit);

        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        options.International = mail.To.Concat(mail.Cc).Append(mail.From).Any(c => !Ascii.IsValid(c.Address));
        using var bytes = new MemoryStream();
        message.WriteTo(options, bytes);
        return bytes.ToArray();
    }

    /// <summary>What we wrote as we show it: without the line that bears our mark, which is for whoever answers.</summary>
    public static ReadMail WithoutMark(ReadMail read, WrittenMail written) => written.Mark is { } mark ? read with { Reply = read.Reply.Replace($"\n\n{MarkLine(mark)}", "", StringComparison.Ordinal) } : read;

    // On one line of a mail, which is of seven bits and has an end (RFC 5322, 2.1.1).
    private static bool CanBeWritten(string id) => id.Length is > 0 and <= LongestId && id.All(c => c is > ' ' and < '\x7f' and not ('<' or '>'));

    private static string MarkLine(string mark) => $"Ref: {mark}";

    private static MailboxAddress Address(Correspondent c) => new(Encoding.UTF8, MailText.OnOneLine(c.Name, 200), c.Address);

    private static MimeEntity Body(WrittenMail mail)
    {
        var both = new MultipartAlternative { Part("plain", Plain(mail)), Part("html", Html(mail)) };
        // Calendars look for it beside the words, as the last and richest of the alternatives (RFC 6047, 2.4).
        if (mail.Calendar is { } calendar)
        {
            var part = Part("calendar", calendar);
            part.ContentType.Parameters.Add("method", "REPLY");
            both.Add(part);
        }
        if (mail.Files.Count == 0) return both;
        var all = new Multipart("mixed") { both };
        foreach (var file in mail.Files) all.Add(File(file));
        return all;
    }

    private static TextPart Part(string subtype, string text) => new(subtype) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

    private static MimePart File(WrittenFile file) => new(ContentType.TryParse(file.Type, out var type) && type.MediaType != "multipart" && type.MediaType != "message" ? type : new ContentType("application", "octet-stream"))
    {
        Content = new MimeContent(new MemoryStream(file.Bytes)),
        ContentDisposition = new(ContentDisposition.Attachment),
        ContentTransferEncoding = ContentEncoding.Base64,
        FileName = MailText.OnOneLine(file.Name, 200) is { Length: > 0 } name ? name : "file",
    };

    private static string Plain(WrittenMail mail)
    {
        var text = new StringBuilder(MailText.Clean(mail.Text).TrimEnd()).Append('\n');
        // Above the signature: what stands below its two dashes is left out of answers.
        if (mail.Mark is { } mark) text.Append('\n').Append(MarkLine(mark)).Append('\n');
        // RFC 3676, 4.3: programs know by the two dashes where a signature begins.
        if (mail.Signature.Length > 0) text.Append("\n-- \n").Append(MailText.Clean(mail.Signature).TrimEnd()).Append('\n');
        if (mail.Before is { } before)
        {
            text.Append('\n').Append(before.Heading).Append('\n');
            if (before.Forwarded) text.Append('\n').Append(MailText.Clean(before.Text).TrimEnd()).Append('\n');
            else foreach (var line in MailText.Clean(before.Text).TrimEnd().Split('\n')) text.Append(line.StartsWith('>') ? ">" : "> ").Append(line).Append('\n');
        }
        return text.ToString().ReplaceLineEndings("\r\n");
    }

    private static string Html(WrittenMail mail)
    {
        var html = new StringBuilder("<!DOCTYPE html><html><body>").Append(Paragraphs(mail.Text));
        if (mail.Mark is { } mark) html.Append("<p><small>").Append(MarkLine(mark)).Append("</small></p>\n");
        if (mail.Signature.Length > 0) html.Append("<p>-- <br>").Append(Lines(mail.Signature)).Append("</p>");
        if (mail.Before is { } before)
        {
            html.Append("<p>").Append(Lines(before.Heading)).Append("</p>");
            html.Append(before.Forwarded ? Paragraphs(before.Text) : $"<blockquote type=\"cite\" style=\"margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex\">{Paragraphs(before.Text)}</blockquote>");
        }
        return html.Append("</body></html>").ToString().ReplaceLineEndings("\r\n");
    }

    private static string Paragraphs(string text) => string.Concat(BlankLines().Split(MailText.Clean(text).Trim('\n')).Where(p => p.Length > 0).Select(p => $"<p>{Lines(p)}</p>\n"));

    // Two blanks would be one in HTML.
    private static string Lines(string text) => Links().Replace(WebUtility.HtmlEncode(MailText.Clean(text).TrimEnd()), "<a href=\"$0\">$0</a>").Replace("  ", " &nbsp;", StringComparison.Ordinal).Replace("\n", "<br>\n", StringComparison.Ordinal);

    [GeneratedRegex(@"\n[ \t]*\n\s*", RegexOptions.NonBacktracking)]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"https?://[^\s<>""&]+(?:&amp;[^\s<>""&]+)*[^\s<>""&.,;:!?)]", RegexOptions.NonBacktracking)]
    private static partial Regex Links();
}
