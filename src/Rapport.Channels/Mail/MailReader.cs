using MimeKit;

namespace Rapport.Channels.Mail;

/// <summary>Reads one raw mail. Whatever the bytes are, the result is a mail with its problems said, never an exception; time and memory grow with its length only.</summary>
public static class MailReader
{
    /// <summary>In characters. Longer text is cut, with a problem; the raw mail holds the rest.</summary>
    public const int LongestText = 1_000_000;

    /// <summary>Parts inside parts beyond this are left unopened, with a problem.</summary>
    public const int DeepestParts = 100;

    private const int LongestHeader = 2_000;
    private const int MostIds = 1_000;
    internal static readonly ParserOptions Options = new() { MaxMimeDepth = DeepestParts, CharsetEncoding = System.Text.Encoding.UTF8 };

    /// <summary>Reads one mail from a stream to its end; at most <see cref="MailSource.LargestMail"/> bytes, which are held as long as the attachments are.</summary>
    public static ReadMail Read(Stream raw, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(raw);
        using var bytes = new MemoryStream();
        using var limited = new LimitedStream(bytes, MailSource.LargestMail);
        raw.CopyTo(limited);
        return Read(bytes.ToArray(), now);
    }

    /// <summary>Reads the raw bytes of one mail, without an mbox "From " line.</summary>
    /// <param name="now">The present: a later date is not believed.</param>
    public static ReadMail Read(byte[] raw, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(raw);
        var problems = new List<string>();
        if (raw.Length == 0) return Unreadable("The mail is empty.", problems);
        try
        {
            var stream = new MemoryStream(LongHeaders.Cut(raw, problems), writable: false);
            return Read(new MimeParser(Options, stream, MimeFormat.Entity, persistent: true).ParseMessage(), now, problems);
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return Unreadable("This is not a mail: it has no headers that can be read. It was probably cut off, or is another kind of file.", problems);
        }
    }

    private static ReadMail Read(MimeMessage message, DateTimeOffset now, List<string> problems)
    {
        var headers = message.Headers;
        if (headers.Count == 0) problems.Add("The mail has no headers; all of it is shown as text.");
        var body = MailBody.Read(message.Body, problems);
        var date = MailDate.Of(headers, now, problems);
        var from = People(message.From).FirstOrDefault() ?? WithoutAddress(Line(headers[HeaderId.From]));
        if (from is { Address.Length: 0 }) problems.Add("The mail names its sender without an address, so nobody can answer it.");
        else if (from is null && headers.Count > 0) problems.Add("The mail names no sender that can be read.");

        var subject = Line(headers[HeaderId.Subject]);
        var split = ReplyText.Split(body.Text, MailNature.IsForward(subject));
        var author = from is { Address.Length: 0 } ? null : from;
        var nature = MailNature.Of(headers, message.Body, author, subject, body.Text.Length);
        var report = BounceReader.Read(message, nature, author, subject, body.Text);
        var hash = MailHash.Of(from, date, subject, body);
        var id = MailIds.First(headers[HeaderId.MessageId]);
        if (id is null) problems.Add("The mail has no Message-ID; one was made from its content.");

        return new()
        {
            MessageId = id ?? $"{hash[..40]}@made.invalid",
            MessageIdIsMade = id is null,
            ContentHash = hash,
            From = from,
            To = People(message.To),
            Cc = People(message.Cc),
            ReplyTo = People(message.ReplyTo),
            Sender = message.Sender is { } sender ? Person(sender) : null,
            DeliveredTo = [.. headers.Where(h => h.Field.ToUpperInvariant() is "DELIVERED-TO" or "X-ORIGINAL-TO" or "ENVELOPE-TO").Select(h => Line(h.Value).Trim('<', '>', ' ')).Where(a => a.Contains('@', StringComparison.Ordinal)).Distinct().Take(50)],
            Date = date,
            Subject = subject,
            InReplyTo = MailIds.All(headers[HeaderId.InReplyTo], MostIds),
            References = MailIds.All(headers[HeaderId.References], MostIds),
            ListId = MailIds.List(Line(headers[HeaderId.ListId])),
            Text = body.Text,
            Html = body.Html,
            Reply = split.Reply,
            Quoted = split.Quoted,
            Attachments = body.Attachments,
            Seal = MailSeals.Of(message.Body, body.Text),
            Kind = nature.Kind,
            Automatic = nature.Automatic,
            MayAutoAnswer = nature.MayAutoAnswer,
            Reason = nature.Reason,
            Bounces = report.Bounces,
            Arrived = report.Arrived,
            Complaint = report.Complaint,
            About = report.About,
            SaysLeft = nature.Automatic || nature.Absence ? Departure.Of(split.Reply.Length > 0 ? split.Reply : body.Text) : null,
            Problems = problems,
        };
    }

    private static ReadMail Unreadable(string problem, List<string> problems)
    {
        problems.Add(problem);
        return new() { MessageId = "", ContentHash = "", Kind = MailKind.Unsure, Reason = "It could not be read.", Problems = problems };
    }

    private static List<Correspondent> People(InternetAddressList list) => [.. list.Mailboxes.Where(m => m.Address.Length > 0).Select(Person)];

    // A name alone cannot be author, but it says who wrote.
    private static Correspondent? WithoutAddress(string from) =>
        from.EndsWith("<>", StringComparison.Ordinal) && from[..^2].Trim(' ', '"') is { Length: > 0 } name ? new(name, "") : null;

    private static Correspondent Person(MailboxAddress mailbox) => new(Line(mailbox.Name), Line(mailbox.Address));

    // A header that decodes to several lines is an attempt to inject one.
    private static string Line(string? header) => MailText.OnOneLine(header, LongestHeader);
}
