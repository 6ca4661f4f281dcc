using MimeKit;
using MimeKit.Utils;

namespace Rapport.Channels.Mail;

/// <summary>When a mail was written. A date before there was internet mail, or after tomorrow, is a broken clock: the Received header decides.</summary>
internal static class MailDate
{
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset? Of(HeaderList headers, DateTimeOffset now, List<string> problems)
    {
        var header = headers[HeaderId.Date];
        var written = Parse(header);
        if (IsSane(written, now)) return written;

        var received = headers.Where(h => h.Id == HeaderId.Received).Take(50).Select(h => Parse(h.Value[(h.Value.LastIndexOf(';') + 1)..])).FirstOrDefault(at => IsSane(at, now));
        var trouble = string.IsNullOrWhiteSpace(header) ? "The mail has no date"
            : written is null ? "The date of the mail cannot be read"
            : $"The date of the mail, {written:yyyy-MM-dd}, cannot be right";
        problems.Add(received is null ? trouble + "." : trouble + "; the time it was received is used.");
        return received;
    }

    private static bool IsSane(DateTimeOffset? at, DateTimeOffset now) => at >= Earliest && at <= now.AddDays(2);

    private static DateTimeOffset? Parse(string? text) => text is { Length: < 500 } && DateUtils.TryParse(text, out var at) ? at : null;
}
