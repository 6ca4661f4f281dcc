using System.Text.RegularExpressions;
using MimeKit;

namespace Rapport.Channels.Mail;

/// <summary>Reads which recipients a mail reports as not reached, and why, and who complained (V7): from the fields meant for programs (RFC 3464, RFC 5965) where they are, else from what is written for people.</summary>
internal static partial class BounceReader
{
    private const int Most = 5_000, LongestDiagnostic = 500, MostFallbacks = 5;

    public static MailReport Read(MimeMessage message, MailNature nature, Correspondent? from, string subject, string text)
    {
        var parts = BounceParts.Of(message.Body);
        // An absence note tells of a person, whatever its headers are; a receipt of a mail that arrived.
        if (!nature.Automatic || parts.IsReceipt) return MailReport.None;
        if (Complaint(message, parts, text) is { } complaint) return new([], [], complaint, parts.Returned?.MessageId);
        if (nature.Kind != MailKind.Robot || (parts.Status.Length == 0 && nature.Absence)) return MailReport.None;

        var notice = new BounceNotice(text, [.. message.To.Mailboxes.Take(100).Select(m => m.Address), .. from is null ? [] : new[] { from.Address }]);
        var failed = Failed(message.Headers["X-Failed-Recipients"]);
        var statuses = DeliveryStatus.Read(parts.Status.Length > 0 ? parts.Status : notice.Text);
        if (statuses.Count == 0 && !IsNotice(message.Headers, nature, parts, notice, failed, subject)) return MailReport.None;

        var returned = parts.Returned ?? notice.Returned;
        var told = notice.Recipients();
        var bounces = statuses.Count > 0 ? ByFields(statuses, told, notice, failed, returned) : ByNotice(told, notice, failed, returned, subject);
        // "Relayed" is no promise: what comes after may still give it back.
        var arrived = statuses.Where(s => s.Action == "delivered" && s.Recipient.Length > 0).Select(s => MailText.OnOneLine(s.Recipient, 254)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return bounces.Count + arrived.Count == 0 ? MailReport.None : new(bounces, arrived, null, returned.MessageId ?? notice.Returned.MessageId);
    }

    // A machine that is no mail system ("your parcel could not be delivered") must bring the mail back, or name whom it failed.
    private static bool IsNotice(HeaderList headers, MailNature nature, BounceParts parts, BounceNotice notice, List<string> failed, string subject)
    {
        if (failed.Count > 0) return true;
        var fails = subject.AsSpan().ContainsAny(BounceWords.Failed) || notice.Text.AsSpan().ContainsAny(BounceWords.Failed);
        if (!fails && !(nature.MailSystem && notice.Text.AsSpan().ContainsAny(BounceWords.Waits))) return false;
        if (nature.MailSystem || headers.Contains("X-MLServer") || headers.Contains("X-ML-Info") || headers.Contains("Mailing-List")) return true;
        return parts.Returned is not null || (notice.HasReturned && (notice.Returned.MessageId is not null || notice.Returned.Recipients.Count > 0));
    }

    private static List<Bounce> ByFields(List<DeliveryStatus> statuses, IReadOnlyList<(string Recipient, string Reason)> told, BounceNotice notice, List<string> failed, ReturnedMail returned)
    {
        var reasons = told.ToLookup(t => t.Recipient, t => t.Reason, StringComparer.OrdinalIgnoreCase);
        var bounces = new Bounces();
        foreach (var status in statuses)
        {
            if (status.Action is "delivered" or "relayed" or "expanded" || (status.Action.Length == 0 && status.Status.StartsWith('2'))) continue;
            var recipient = status.Recipient.Length > 0 ? status.Recipient : Only(failed) ?? Only(returned.Recipients) ?? Local(status);
            var said = status.Diagnostic.Length > 0 ? status.Diagnostic : string.Join('\n', reasons[recipient].Concat(reasons[DeliveryStatus.Address(status.Actual)]).Distinct());
            var (kind, code) = BounceRule.Of(status.Status, said, statuses.Count == 1 ? notice.Text : "");
            bounces.Add(new(recipient, code, status.Action.StartsWith("delayed", StringComparison.Ordinal) ? BounceKind.Delayed : kind, Diagnostic(said)));
        }
        return bounces.All;
    }

    private static List<Bounce> ByNotice(IReadOnlyList<(string Recipient, string Reason)> told, BounceNotice notice, List<string> failed, ReturnedMail returned, string subject)
    {
        if (failed.Count > 0)
        {
            var reasons = told.ToDictionary(t => t.Recipient, t => t.Reason, StringComparer.OrdinalIgnoreCase);
            told = [.. failed.Select(f => (f, reasons.GetValueOrDefault(f, notice.Whole)))];
        }
        if (told.Count == 0) told = [.. returned.Recipients.Take(MostFallbacks).Select(r => (r, notice.Whole))];
        var waits = (subject.AsSpan().ContainsAny(BounceWords.Waits) || notice.Text.AsSpan().ContainsAny(BounceWords.Waits)) && !notice.Text.AsSpan().ContainsAny(BounceWords.GivenUp);
        var bounces = new Bounces();
        foreach (var (recipient, reason) in told)
        {
            var (kind, code) = BounceRule.Of("", reason, told.Count == 1 ? notice.Text : "");
            bounces.Add(new(recipient, code, waits ? BounceKind.Delayed : kind, Diagnostic(reason)));
        }
        return bounces.All;
    }

    private static Complaint? Complaint(MimeMessage message, BounceParts parts, string text)
    {
        var report = parts.Feedback.Length > 0 ? parts.Feedback : string.Equals(message.Body?.ContentType.Parameters["report-type"], "feedback-report", StringComparison.OrdinalIgnoreCase) ? text : "";
        if (report.Length == 0) return null;
        var fields = DeliveryStatus.Unfolded(report).Where(f => f.Name.Length > 0).Take(1_000).ToLookup(f => f.Name, f => f.Value);
        if (fields["feedback-type"].FirstOrDefault() is not { } type) return null;
        var recipient = fields["original-rcpt-to"].Concat(fields["removal-recipient"]).Select(DeliveryStatus.Address).FirstOrDefault(a => a.Contains('@', StringComparison.Ordinal));
        return new(MailText.OnOneLine(type, 40).ToLowerInvariant(), recipient ?? (parts.Returned?.Recipients is [var only] ? only : ""));
    }

    private static List<string> Failed(string? header) => header is null ? [] : [.. MailAddresses.In(header.Length > 100_000 ? header[..100_000] : header).Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)];

    private static string? Only(IReadOnlyList<string> all) => all.Count == 1 ? all[0] : null;

    // A mailbox of the system that reports, without a domain.
    private static string Local(DeliveryStatus status) => DeliveryStatus.Address(status.Final.Length > 0 ? status.Final : status.Original);

    // From where the other side speaks, on one line.
    private static string Diagnostic(string said)
    {
        said = said.Trim();
        if (Speech().Match(said) is { Success: true } speech) said = said[speech.Index..];
        var end = said.IndexOf("\n\n", StringComparison.Ordinal);
        return MailText.OnOneLine(Spaces().Replace(end > 0 ? said[..end] : said, " "), LongestDiagnostic);
    }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<![\d.\w:\[-])[45][0-5]\d[\s:-]+\S{3}")]
    private static partial Regex Speech();

    private sealed class Bounces
    {
        private readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);

        public List<Bounce> All { get; } = [];

        public void Add(Bounce bounce)
        {
            if (bounce.Recipient.Length > 0 && All.Count < Most && seen.Add(bounce.Recipient)) All.Add(bounce with { Recipient = MailText.OnOneLine(bounce.Recipient, 254) });
        }
    }
}
