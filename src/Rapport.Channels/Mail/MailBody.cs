using MimeKit;
using MimeKit.Text;
using MimeKit.Tnef;

namespace Rapport.Channels.Mail;

/// <summary>The body of a mail: its best plain text, its HTML, its attachments. Walks the tree of parts without recursion.</summary>
internal sealed class MailBody
{
    private const int MostParts = 2_000;
    private const int LargestText = 16 * 1024 * 1024, LongestId = 400;

    private readonly List<(string? Plain, string? Html)> slots = [];
    private readonly List<MailAttachment> attachments = [];
    private readonly List<string> problems;

    private MailBody(List<string> problems) => this.problems = problems;

    public string Text { get; private set; } = "";
    public string? Html { get; private set; }
    public IReadOnlyList<MailAttachment> Attachments => attachments;

    public static MailBody Read(MimeEntity? root, List<string> problems)
    {
        var body = new MailBody(problems);
        if (root is not null) body.Walk(root);
        body.Join();
        return body;
    }

    private void Walk(MimeEntity root)
    {
        var open = new Stack<(MimeEntity Part, int Depth, int Alternative)>([(root, 0, -1)]);
        var parts = 0;
        while (open.TryPop(out var next))
        {
            if (++parts > MostParts)
            {
                problems.Add($"The mail has more than {MostParts} parts; the rest is left out here and stays in the raw mail.");
                break;
            }
            if (next.Part is not Multipart multipart)
            {
                if (WrappedParts.Open(next.Part, MailReader.Options, problems) is { Count: > 0 } inside) TakeUnwrapped(inside, next.Part is TnefPart, open, next.Depth);
                else Take(next.Part, next.Depth, next.Alternative);
                continue;
            }
            if (multipart.Count == 0) TakeUndivided(multipart);
            var alternative = next.Alternative;
            if (alternative < 0 && multipart.ContentType.IsMimeType("multipart", "alternative"))
            {
                alternative = slots.Count;
                slots.Add(default);
            }
            for (var i = multipart.Count - 1; i >= 0; i--) open.Push((multipart[i], next.Depth + 1, alternative));
        }
    }

    private void Take(MimeEntity part, int depth, int alternative)
    {
        if (depth + 1 >= MailReader.DeepestParts && part.ContentType.MediaType is "multipart" or "message") problems.Add("The parts of the mail are nested too deep; the innermost were left unopened.");
        if (part is MimePart coded && MailEncoding.Problem(coded) is { } damaged) problems.Add(damaged);
        if (part is TextPart text && IsBody(text)) TakeText(text, alternative);
        else TakeAttachment(part);
    }

    // Outlook repeats in its winmail.dat the text that stands before it.
    private void TakeUnwrapped(IReadOnlyList<MimeEntity> inside, bool outlook, Stack<(MimeEntity Part, int Depth, int Alternative)> open, int depth)
    {
        var hasText = slots.Exists(s => !string.IsNullOrWhiteSpace(s.Plain) || !string.IsNullOrWhiteSpace(s.Html));
        var alternative = -1;
        if (outlook && !hasText)
        {
            alternative = slots.Count;
            slots.Add(default);
        }
        var plain = inside.Any(p => p is TextPart { IsPlain: true } or TextPart { IsHtml: true });
        foreach (var part in inside.Reverse())
        {
            var isBody = part is TextPart text && string.IsNullOrEmpty(text.FileName);
            if (outlook && isBody && (hasText || plain && part is TextPart { IsRichText: true })) continue;
            if (depth < MailReader.DeepestParts) open.Push((part, depth + 1, isBody ? alternative : -1));
        }
    }

    // A mail that promises parts and has none of their boundaries lost them on the way: all of it is text.
    private void TakeUndivided(Multipart multipart)
    {
        if (string.IsNullOrWhiteSpace(multipart.Preamble)) return;
        slots.Add((MailText.Clean(multipart.Preamble), null));
        problems.Add("The mail says that it has parts, and none can be found; all of it is shown as text.");
    }

    private static bool IsBody(TextPart part) =>
        (part.IsPlain || part.IsHtml || part.IsEnriched || part.ContentType.IsMimeType("text", "*") && part.ContentType.MediaSubtype is "x-markdown" or "markdown" or "text")
        && !part.IsAttachment && string.IsNullOrEmpty(part.FileName);

    private void TakeText(TextPart part, int alternative)
    {
        var decoded = MailText.Clean(Decoded(part));
        if (part.IsFlowed) decoded = new FlowedToText { DeleteSpace = string.Equals(part.ContentType.Parameters["delsp"], "yes", StringComparison.OrdinalIgnoreCase) }.Convert(decoded).ReplaceLineEndings("\n");
        var slot = alternative < 0 ? default : slots[alternative];
        slot = part.IsHtml ? (slot.Plain, Append(slot.Html, decoded)) : (Append(slot.Plain, decoded), slot.Html);
        if (alternative < 0) slots.Add(slot);
        else slots[alternative] = slot;
    }

    private string Decoded(TextPart part)
    {
        if (part.Content is null) return "";
        using var bytes = new MemoryStream();
        using var limited = new LimitedStream(bytes, LargestText);
        part.Content.DecodeTo(limited);
        if (limited.Overflowed) problems.Add("A text part is larger than 16 MB; only its beginning is shown, the raw mail holds all of it.");
        return MailCharset.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), part.ContentType.Charset, problems);
    }

    private void TakeAttachment(MimeEntity part)
    {
        using var hash = new HashingStream();
        Action<Stream> write = part switch
        {
            MimePart { Content: { } content } => stream => content.DecodeTo(stream),
            MessagePart { Message: { } message } => stream => message.WriteTo(stream),
            MimePart => _ => { },
            _ => stream => part.WriteTo(stream, contentOnly: true),
        };
        write(hash);
        var size = hash.Length;
        var type = MailText.OnOneLine(part.ContentType.MimeType, 200).ToLowerInvariant();
        var id = MailText.OnOneLine(part.ContentId, LongestId);
        attachments.Add(new(NameOf(part, type), type, size, hash.Finish(), id.Length > 0 ? id : null, part.ContentDisposition?.Disposition is not "attachment" && id.Length > 0)
        {
            Open = () => Opened(part, write),
        });
    }

    private static Stream Opened(MimeEntity part, Action<Stream> write)
    {
        if (part is MimePart { Content: { } content }) return content.Open();
        var copy = new MemoryStream();
        write(copy);
        copy.Position = 0;
        return copy;
    }

    private string NameOf(MimeEntity part, string type)
    {
        var given = part is MessagePart { Message.Subject: { Length: > 0 } subject } ? subject + ".eml" : part.ContentDisposition?.FileName ?? part.ContentType.Name;
        // A path in the name is an old trick; only its last step counts.
        var name = string.Concat(MailText.OnOneLine(given, 255).Where(c => !IsDirection(c))).Replace('\\', '/');
        name = name[(name.LastIndexOf('/') + 1)..].Trim();
        if (name.Length > 0 && name is not ("." or "..")) return name;
        return $"part-{attachments.Count + 1}{Extension(type)}";
    }

    // Marks that turn the direction of reading make "exe.gpj" look like "jpg.exe" reversed; no file needs them in its name.
    private static bool IsDirection(char c) => c is '\u061c' or (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u2069') or '\ufeff';

    private static string Extension(string type) => type switch
    {
        "message/rfc822" or "message/delivery-status" or "message/global" => ".eml",
        "text/plain" => ".txt",
        "text/html" => ".html",
        "text/calendar" => ".ics",
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/gif" => ".gif",
        "application/pdf" => ".pdf",
        "application/pgp-signature" => ".asc",
        _ => ".bin",
    };

    private void Join()
    {
        foreach (var (plain, html) in slots)
        {
            Text = Append(string.IsNullOrEmpty(Text) ? null : Text, Best(plain, html));
            if (html is not null) Html = Append(Html, html);
            else if (Html is not null && !string.IsNullOrWhiteSpace(plain)) Html = Append(Html, $"<pre>{System.Net.WebUtility.HtmlEncode(plain)}</pre>");
        }
        if (Text.Length <= MailReader.LongestText) return;
        Text = MailText.Clean(Text[..MailReader.LongestText]);
        problems.Add("The text is very long; only its first million characters are shown, the raw mail holds all of it.");
    }

    // A plain part may be empty or only say that the mail is in HTML.
    private static string Best(string? plain, string? html)
    {
        if (html is null) return plain ?? "";
        if (string.IsNullOrWhiteSpace(plain)) return MailHtml.ToText(html);
        if (plain.Length >= 250 || html.Length < 10 * plain.Length) return plain;
        var text = MailHtml.ToText(html);
        return text.Length > 5 * plain.Length ? text : plain;
    }

    private static string Append(string? before, string text) => string.IsNullOrEmpty(before) ? text : before.TrimEnd('\n') + "\n\n" + text;
}
