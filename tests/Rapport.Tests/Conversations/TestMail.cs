using System.Globalization;
using System.Text;
using Rapport.Channels;

namespace Rapport.Tests.Conversations;

/// <summary>A mail as bytes, written out as a mail program would.</summary>
internal sealed record TestMail(string Id, string From, string To = "Ada Berg <ada@ours.example>")
{
    public string Subject { get; init; } = "The second crane";
    public string Text { get; init; } = "Can we move the second crane to week 50?";
    public DateTimeOffset Date { get; init; } = RapportFixture.Monday.AddDays(-3);
    public string[] InReplyTo { get; init; } = [];
    public string[] References { get; init; } = [];
    public string? Cc { get; init; }
    public string[] More { get; init; } = [];
    /// <summary>It lies in the Sent folder.</summary>
    public bool Sent { get; init; }

    public NewMail Raw(string source = "test.mbox")
    {
        var mail = new StringBuilder();
        mail.Append(CultureInfo.InvariantCulture, $"From: {From}\r\nTo: {To}\r\nSubject: {Subject}\r\nDate: {Date:ddd, dd MMM yyyy HH:mm:ss} +0000\r\n");
        if (Id.Length > 0) mail.Append(CultureInfo.InvariantCulture, $"Message-ID: <{Id}>\r\n");
        if (Cc is not null) mail.Append(CultureInfo.InvariantCulture, $"Cc: {Cc}\r\n");
        if (InReplyTo.Length > 0) mail.Append(CultureInfo.InvariantCulture, $"In-Reply-To: {string.Join(' ', InReplyTo.Select(i => $"<{i}>"))}\r\n");
        if (References.Length > 0) mail.Append(CultureInfo.InvariantCulture, $"References: {string.Join(' ', References.Select(i => $"<{i}>"))}\r\n");
        foreach (var header in More) mail.Append(header).Append("\r\n");
        mail.Append("Content-Type: text/plain; charset=utf-8\r\n\r\n").Append(Text.ReplaceLineEndings("\r\n")).Append("\r\n");
        return new(source, Encoding.UTF8.GetBytes(mail.ToString()), Sent: Sent);
    }
}
