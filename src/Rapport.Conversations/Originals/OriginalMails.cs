using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;

namespace Rapport.Conversations;

/// <summary>A mail as it came.</summary>
/// <param name="Conversation">Where it lies.</param>
/// <param name="Mail">As it was read.</param>
/// <param name="Clean">Its HTML made safe, or its text as HTML.</param>
/// <param name="Headers">Its header lines, as text.</param>
/// <param name="Remote">What lies elsewhere is loaded.</param>
/// <param name="Always">It is, because the reader wants that of this sender.</param>
public sealed record OriginalMail(ConversationId Conversation, ReadMail Mail, CleanHtml Clean, string Headers, bool Remote, bool Always);

/// <summary>Reads a mail again from the bytes that came, for looking at all of it (V8, V9).</summary>
public sealed class OriginalMails(RapportDb db, TimeProvider clock)
{
    private const int LongestHeaders = 64 * 1024;

    /// <summary>The mail; null when there is none that the reader may read. Images that lie elsewhere are loaded when the reader asks, or always wants those of its sender.</summary>
    public async Task<OriginalMail?> FindAsync(InteractionId id, bool? remote, Actor by, CancellationToken ct)
    {
        if (await RawAsync(id, by, ct) is not { } raw) return null;
        var conversation = await db.Set<Interaction>().Where(i => i.Id == id).Select(i => i.Conversation).SingleAsync(ct);
        var mail = MailReader.Read(raw, clock.GetUtcNow());
        var always = await new RemoteSenders(db).AreShownAsync(mail, by, ct);
        var shown = remote ?? always;
        return new(conversation, mail, await CleanAsync(id, mail, shown, ct), HeadersOf(raw), shown, always);
    }

    /// <summary>The bytes that came; null when there are none that the reader may read.</summary>
    public async Task<byte[]?> RawAsync(InteractionId id, Actor by, CancellationToken ct)
    {
        var intake = await db.InteractionsFor(by).Where(i => i.Id == id).Select(i => i.Intake).SingleOrDefaultAsync(ct);
        if (intake is null) return null;
        var hash = await db.Set<Intake>().Where(i => i.Id == intake).Select(i => i.Raw).SingleAsync(ct);
        return await db.OpenBlobAsync(hash, ct);
    }

    private async Task<CleanHtml> CleanAsync(InteractionId id, ReadMail mail, bool remote, CancellationToken ct)
    {
        if (mail.Html is null) return new($"<p class=\"mail-text\">{System.Net.WebUtility.HtmlEncode(mail.Text)}</p>", 0, null);
        var inline = await db.Set<Attachment>().Where(a => a.Interaction == id && a.ContentId != null).Select(a => new { a.ContentId, a.Position }).ToListAsync(ct);
        return MailHtml.Clean(mail.Html, new(
            cid => inline.Find(a => a.ContentId == cid) is { } part ? $"/interactions/{id}/attachments/{part.Position}" : null,
            remote ? RemoteImages.AddressOf : null));
    }

    private static string HeadersOf(byte[] raw)
    {
        var head = raw.AsSpan(0, Math.Min(raw.Length, LongestHeaders));
        var end = (head.IndexOf("\r\n\r\n"u8), head.IndexOf("\n\n"u8)) switch { (>= 0 and var a, >= 0 and var b) => Math.Min(a, b), (var a, var b) => Math.Max(a, b) };
        return System.Text.Encoding.UTF8.GetString(end >= 0 ? head[..end] : head).Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
