using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Rapport.Channels;
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

    /// <summary>The bytes that came; to look at in the browser, as text, when asked.</summary>
    public static async Task<IResult> SourceAsync(InteractionId id, bool? look, HttpContext http, OriginalMails originals, CancellationToken ct) =>
        await originals.RawAsync(id, http.Actor(), ct) is { } raw ? File(http, raw, look == true ? "text/plain" : null, $"mail-{id}.eml") : Refusal.Missing("interaction").ToProblem();

    public static async Task<IResult> UnreadableAsync(IntakeId id, HttpContext http, UnreadableMails mails, CancellationToken ct) =>
        await mails.RawAsync(id, http.Actor(), ct) is { } raw ? File(http, raw, null, $"mail-{id}.eml") : Refusal.Missing("mail").ToProblem();

    /// <summary>
    /// The body of a mail as a document of its own, in which nothing runs, for the frame of its page. Images that lie elsewhere come only when asked for,
    /// by the reader's browser: without cookies (credentialless), and without a word of where they are shown.
    /// </summary>
    public static async Task<IResult> OriginalAsync(InteractionId id, bool? remote, HttpContext http, OriginalMails originals, CancellationToken ct)
    {
        if (await originals.FindAsync(id, remote, http.Actor(), ct) is not { } original) return Refusal.Missing("interaction").ToProblem();
        var images = original.Remote ? "'self' data: https:" : "'self' data:";
        http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; img-src {images}; style-src 'self'; sandbox allow-popups allow-popups-to-escape-sandbox allow-same-origin; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["Cross-Origin-Embedder-Policy"] = "credentialless";
        var theme = (http.Theme() ?? Design.Theme.Of(http)) is { } chosen ? $" data-theme=\"{chosen}\"" : "";
        return Results.Content(
            $"<!DOCTYPE html><html lang=\"en\"{theme}><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>The mail</title>"
            + $"<link rel=\"stylesheet\" href=\"/_content/Rapport.Design/rapport.css\"><link rel=\"stylesheet\" href=\"/_content/Rapport.Design/reading.css\"></head><body class=\"mail-page\"><main dir=\"auto\">{original.Clean.Html}</main></body></html>",
            "text/html; charset=utf-8");
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
