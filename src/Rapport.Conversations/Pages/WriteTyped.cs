using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rapport.Channels;
using Rapport.Design;

namespace Rapport.Conversations.Pages;

/// <summary>What was typed on the form that writes a mail.</summary>
internal sealed class WriteTyped
{
    private const string Wall = "yyyy-MM-ddTHH:mm";

    public string? Draft { get; set; }
    public DraftKind Kind { get; set; }
    public string? Conversation { get; set; }
    public string? Answers { get; set; }
    public string? Mailbox { get; set; }
    public string? To { get; set; }
    public string? Cc { get; set; }
    public string? Bcc { get; set; }
    public string? Subject { get; set; }
    public string? Text { get; set; }
    public string? SeenLast { get; set; }
    public int SeenCount { get; set; }
    public string? SendAt { get; set; }
    /// <summary>Which saved text is to be put in.</summary>
    public string? Saved { get; set; }
    /// <summary>Which button was pressed; sending is the usual one.</summary>
    public string? Do { get; set; }

    public bool Sends => Do is null or "" or "send";

    /// <summary>As the form shows what is known of a mail.</summary>
    public static WriteTyped Of(DraftId id, DraftWords words) => new()
    {
        Draft = id.ToString(), Kind = words.Kind, Conversation = words.Conversation?.ToString(), Answers = words.Answers?.ToString(), Mailbox = words.Mailbox?.ToString(),
        To = words.To, Cc = words.Cc, Bcc = words.Bcc, Subject = words.Subject, Text = words.Text, SeenLast = words.Seen?.Last.ToString(), SeenCount = words.Seen?.Count ?? 0,
    };

    public static WriteTyped Of(Draft draft) => Of(draft.Id, new(draft.Kind, draft.Conversation, draft.Answers, draft.Mailbox, draft.To, draft.Cc, draft.Bcc, draft.Subject, draft.Text) { Seen = draft.Seen });

    public DraftWords Words => new(Kind, Id<ConversationId>(Conversation), Answered, Id<MailboxId>(Mailbox), To, Cc, Bcc, Subject, Text)
    {
        Seen = long.TryParse(SeenLast, CultureInfo.InvariantCulture, out var last) ? new(new(last), SeenCount) : null,
    };

    /// <summary>From now on its writer has seen this much.</summary>
    public void See(ConversationSeen seen) => (SeenLast, SeenCount) = (seen.Last.ToString(), seen.Count);

    /// <summary>The moment that was typed; null when nothing was, or nothing that is a moment.</summary>
    public DateTimeOffset? Moment(LocalTime local) =>
        DateTime.TryParseExact(SendAt, [Wall, "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) ? Kernel.Calendar.LocalTime.In(local.Zone, wall) : null;

    /// <summary>The files that were chosen on the form.</summary>
    public static async Task<List<WrittenFile>> FilesAsync(HttpContext http, CancellationToken ct)
    {
        var files = new List<WrittenFile>();
        foreach (var file in http.Request.Form.Files.Where(f => f.Length > 0))
        {
            using var bytes = new MemoryStream((int)file.Length);
            await file.CopyToAsync(bytes, ct);
            files.Add(new(Path.GetFileName(file.FileName.Replace('\\', '/')), file.ContentType, bytes.ToArray()));
        }
        return files;
    }

    private InteractionId? Answered => long.TryParse(Answers, CultureInfo.InvariantCulture, out var id) ? new(id) : null;

    private static TId? Id<TId>(string? text) where TId : struct, IId<TId> => IId<TId>.TryParse(text, null, out var id) ? id : null;
}
