using MimeKit;

namespace Rapport.Channels.Mail;

/// <summary>The parts of a report that are for programs: the status fields, the feedback fields, and what came back of the mail.</summary>
internal sealed class BounceParts
{
    private const int MostParts = 2_000;
    private const int LargestFields = 4 * 1024 * 1024;

    private BounceParts() { }

    /// <summary>The fields of delivery status parts (RFC 3464, RFC 6533), one after the other.</summary>
    public string Status { get; private set; } = "";

    /// <summary>The fields of a feedback report (RFC 5965).</summary>
    public string Feedback { get; private set; } = "";

    /// <summary>The mail that came back, or its headers; null when none did in a part of its own.</summary>
    public ReturnedMail? Returned { get; private set; }

    /// <summary>The report is about a mail that was read, not about one that was not delivered (RFC 8098).</summary>
    public bool IsReceipt { get; private set; }

    // What lies within the mail that came back is not part of the report: it may be a report itself.
    public static BounceParts Of(MimeEntity? root)
    {
        var found = new BounceParts();
        if (root is null) return found;
        var open = new Stack<MimeEntity>([root]);
        for (var parts = 0; parts < MostParts && open.TryPop(out var part); parts++)
        {
            if (part is Multipart multipart)
                for (var i = multipart.Count - 1; i >= 0; i--) open.Push(multipart[i]);
            else found.Take(part);
        }
        return found;
    }

    private void Take(MimeEntity part)
    {
        var type = part.ContentType;
        if (type.IsMimeType("message", "delivery-status") || type.IsMimeType("message", "global-delivery-status")) Status += Fields(part) + "\n\n";
        else if (type.IsMimeType("message", "feedback-report")) Feedback += Fields(part) + "\n\n";
        else if (type.IsMimeType("message", "disposition-notification") || type.IsMimeType("message", "global-disposition-notification")) IsReceipt = true;
        else if (part is MessagePart { Message: { } message }) Returned ??= ReturnedMail.Of(message.Headers);
        else if (type.IsMimeType("text", "rfc822-headers") || type.IsMimeType("message", "global-headers") || type.IsMimeType("message", "*")) Returned ??= ReturnedMail.Of(Fields(part));
    }

    private static string Fields(MimeEntity part)
    {
        if (part is not MimePart { Content: { } content }) return "";
        using var bytes = new MemoryStream();
        using var limited = new LimitedStream(bytes, LargestFields);
        content.DecodeTo(limited);
        return MailText.Clean(MailCharset.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), part.ContentType.Charset, []));
    }
}
