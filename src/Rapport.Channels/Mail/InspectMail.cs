namespace Rapport.Channels.Mail;

/// <summary>Shows how mails are read, one JSON object a line in the order given, and changes nothing.</summary>
public static class InspectMail
{
    /// <returns>Always 0: what cannot be read is a line with its problem.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, TextWriter output, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(output);
        foreach (var raw in MailSource.Read(paths, ct: ct))
        {
            ct.ThrowIfCancellationRequested();
            var mail = raw.Bytes is null ? Unread(raw) : Row(raw.Source, MailReader.Read(raw.Bytes, TimeProvider.System.GetUtcNow()));
            await output.WriteLineAsync(InspectJson.Line(mail).AsMemory(), ct);
        }
        return 0;
    }

    private static MailRow Unread(RawMail raw) => Row(raw.Source, new() { MessageId = "", ContentHash = "", Problems = [raw.Problem!] });

    private static MailRow Row(string file, ReadMail mail) => new(
        file, mail.MessageId, mail.From, mail.To, mail.Cc, mail.Date?.ToString("yyyy-MM-dd'T'HH:mm:sszzz"), mail.Subject, mail.InReplyTo, mail.References,
        mail.Automatic, mail.MayAutoAnswer, mail.Text, mail.Reply, mail.Quoted, mail.Attachments.Select(a => new FileRow(a.Name, a.ContentType, a.Size)),
        mail.Bounces.Select(b => new BounceRow(b.Recipient, b.Status, b.Kind.ToString().ToLowerInvariant(), b.Diagnostic)), mail.Complaint, mail.Problems);

    private sealed record MailRow(
        string File, string MessageId, Correspondent? From, IReadOnlyList<Correspondent> To, IReadOnlyList<Correspondent> Cc, string? Date, string Subject,
        IReadOnlyList<string> InReplyTo, IReadOnlyList<string> References, bool Automatic, bool MayAutoAnswer, string Text, string Reply, string Quoted,
        IEnumerable<FileRow> Attachments, IEnumerable<BounceRow> Bounces, Complaint? Complaint, IReadOnlyList<string> Problems);

    private sealed record BounceRow(string Recipient, string Status, string Kind, string Diagnostic);

    private sealed record FileRow(string Name, string Type, long Size);
}
