using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Kernel.Blobs;
using Rapport.Kernel.Database;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Serves what came with a mail, as something hostile (V9): types from a short list, everything else as a download, in a sandbox without scripts.</summary>
internal static class MailFiles
{
    // What a browser may show in its own window. SVG and HTML are programs.
    private static readonly string[] Shown = ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"];

    public static async Task<IResult> AttachmentAsync(InteractionId id, int position, HttpContext http, RapportDb db, CancellationToken ct)
    {
        if (!await db.InteractionsFor(http.Actor()).AnyAsync(i => i.Id == id, ct)) return Refusal.Missing("interaction").ToProblem();
        if (await db.Set<Attachment>().AsNoTracking().SingleOrDefaultAsync(a => a.Interaction == id && a.Position == position, ct) is not { } file) return Refusal.Missing("attachment").ToProblem();
        if (await db.OpenBlobAsync(file.Blob, ct) is not { } bytes) return Refusal.Missing("attachment").ToProblem();
        var type = Array.Find(Shown, s => file.Type.Equals(s, StringComparison.OrdinalIgnoreCase));
        return File(http, bytes, type, file.Name.Length > 0 ? file.Name : $"attachment-{position + 1}");
    }

    public static async Task<IResult> SourceAsync(InteractionId id, HttpContext http, RapportDb db, CancellationToken ct) =>
        await RawAsync(id, http.Actor(), db, ct) is { } raw ? File(http, raw, null, $"mail-{id}.eml") : Refusal.Missing("interaction").ToProblem();

    public static async Task<IResult> UnreadableAsync(IntakeId id, HttpContext http, UnreadableMails mails, CancellationToken ct) =>
        await mails.RawAsync(id, http.Actor(), ct) is { } raw ? File(http, raw, null, $"mail-{id}.eml") : Refusal.Missing("mail").ToProblem();

    /// <summary>The whole mail as a page of its own, in which nothing runs; remote images only when asked for.</summary>
    public static async Task<IResult> OriginalAsync(InteractionId id, bool? remote, HttpContext http, RapportDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await RawAsync(id, http.Actor(), db, ct) is not { } raw) return Refusal.Missing("interaction").ToProblem();
        var mail = MailReader.Read(raw, clock.GetUtcNow());
        var inline = await db.Set<Attachment>().Where(a => a.Interaction == id && a.ContentId != null).Select(a => new { a.ContentId, a.Position }).ToListAsync(ct);
        var options = new MailHtmlOptions(
            cid => inline.Find(a => a.ContentId == cid) is { } part ? $"/interactions/{id}/attachments/{part.Position}" : null,
            remote == true ? uri => uri.Scheme == Uri.UriSchemeHttps ? uri.AbsoluteUri : null : null);
        var clean = mail.Html is null ? new CleanHtml($"<p class=\"mail-text\">{Lines(mail.Text)}</p>", 0, null) : MailHtml.Clean(mail.Html, options);
        var images = remote == true ? "'self' data: https:" : "'self' data:";
        http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; img-src {images}; style-src 'self'; sandbox allow-popups allow-popups-to-escape-sandbox allow-same-origin; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Content(Page(id, mail, clean), "text/html; charset=utf-8");
    }

    private static string Page(InteractionId id, ReadMail mail, CleanHtml clean)
    {
        var blocked = clean.RemoteBlocked > 0
            ? $"<p class=\"notice\">{clean.RemoteBlocked} remote images are not loaded, because loading them tells the sender. <a href=\"/interactions/{id}/original?remote=true\">Load them</a></p>"
            : clean.Problem is { } problem ? $"<p class=\"notice\">{WebUtility.HtmlEncode(problem)}</p>" : "";
        var subject = WebUtility.HtmlEncode(mail.Subject.Length > 0 ? mail.Subject : "(no subject)");
        return new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"/_content/Rapport.Design/rapport.css\">")
            .Append("<title>").Append(subject).Append("</title></head><body class=\"mail-page\"><main class=\"mail-original measure\"><h1>").Append(subject).Append("</h1><p class=\"muted\">")
            .Append(WebUtility.HtmlEncode(mail.From is { } from ? $"{from.Name} <{from.Address}>" : "")).Append("</p>").Append(blocked).Append(clean.Html).Append("</main></body></html>").ToString();
    }

    private static string Lines(string text) => WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal);

    private static async Task<byte[]?> RawAsync(InteractionId id, Actor by, RapportDb db, CancellationToken ct)
    {
        var intake = await db.InteractionsFor(by).Where(i => i.Id == id).Select(i => i.Intake).SingleOrDefaultAsync(ct);
        if (intake is null) return null;
        var hash = await db.Set<Intake>().Where(i => i.Id == intake).Select(i => i.Raw).SingleAsync(ct);
        return await db.OpenBlobAsync(hash, ct);
    }

    private static IResult File(HttpContext http, byte[] bytes, string? shownAs, string name)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var disposition = new ContentDispositionHeaderValue(shownAs is null ? "attachment" : "inline");
        disposition.SetHttpFileName(name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(bytes, shownAs == "text/plain" ? "text/plain; charset=utf-8" : shownAs ?? "application/octet-stream");
    }
}
