using MimeKit;
using MimeKit.Utils;

namespace Rapport.Channels.Mail;

/// <summary>
/// When a mail was written. A date before there was internet mail, or after tomorrow, is a broken clock, and so is one
/// far from when the mail was handed in: the Received header decides.
/// </summary>
internal static class MailDate
{
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Longer than a mail lies in anybody's outbox over a long weekend.
    private static readonly TimeSpan Far = TimeSpan.FromDays(5);

    public static DateTimeOffset? Of(HeaderList headers, DateTimeOffset now, List<string> problems)
    {
        var header = headers[HeaderId.Date];
        var written = Parse(header);
        // The newest stands first.
        var hops = headers.Where(h => h.Id == HeaderId.Received).Take(50).Select(h => Parse(h.Value[(h.Value.LastIndexOf(';') + 1)..])).Where(at => IsSane(at, now));
        if (IsSane(written, now))
        {
            // Whoever passes an old mail on adds hops above, so the oldest says when it was handed in; written by a slow clock, a question would be older than our answer to something else.
            if (hops.LastOrDefault() is not { } handedIn || (handedIn - written!.Value).Duration() <= Far) return written;
            problems.Add($"The date of the mail, {written:yyyy-MM-dd}, is far from when it was handed in; that time is used.");
            return handedIn;
        }

        var received = hops.FirstOrDefault();
        var trouble = string.IsNullOrWhiteSpace(header) ? "The mail has no date"
            : written is null ? "The date of the mail cannot be read"
            : $"The date of the mail, {written:yyyy-MM-dd}, cannot be right";
        problems.Add(received is null ? trouble + "." : trouble + "; the time it was received is used.");
        return received;
    }

    private static bool IsSane(DateTimeOffset? at, DateTimeOffset now) => at >= Earliest && at <= now.AddDays(2);

    private static DateTimeOffset? Parse(string? text) => text is { Length: < 500 } && DateUtils.TryParse(text, out var at) ? at : null;
}
