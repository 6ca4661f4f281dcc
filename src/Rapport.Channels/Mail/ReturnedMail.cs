using MimeKit;

namespace Rapport.Channels.Mail;

/// <summary>What came back of a mail: enough to know it again.</summary>
/// <param name="MessageId">Without brackets; null when it did not come back.</param>
/// <param name="Recipients">To whom it was addressed.</param>
internal sealed record ReturnedMail(string? MessageId, IReadOnlyList<string> Recipients)
{
    private const int MostHeaders = 500;

    public static ReturnedMail Of(HeaderList headers) =>
        new(MailIds.First(headers[HeaderId.MessageId]), [.. new[] { HeaderId.To, HeaderId.Cc }.SelectMany(h => MailAddresses.In(headers[h] ?? "")).Distinct(StringComparer.OrdinalIgnoreCase)]);

    /// <summary>From headers as text, as they are copied into a notice: indented, folded, with other text before.</summary>
    public static ReturnedMail Of(string text)
    {
        string? id = null;
        var recipients = new List<string>();
        var (name, value, lines) = ("", "", 0);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (++lines > MostHeaders) break;
            var colon = line.IndexOf(':');
            var begins = colon > 0 && !line[..colon].Trim().ContainsAny(' ', '\t') && line[..colon].Trim().Length < 40;
            if (!begins)
            {
                value += " " + line.Trim().ToString();
                continue;
            }
            Take();
            (name, value) = (line[..colon].Trim().ToString(), line[(colon + 1)..].Trim().ToString());
        }
        Take();
        return new(id, recipients);

        void Take()
        {
            if (value.Length > 20_000) value = value[..20_000];
            if (name.Equals("Message-ID", StringComparison.OrdinalIgnoreCase)) id ??= MailIds.First(value);
            else if (recipients.Count == 0 && name.Equals("To", StringComparison.OrdinalIgnoreCase)) recipients.AddRange(MailAddresses.In(value));
        }
    }
}
