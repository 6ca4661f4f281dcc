using Microsoft.AspNetCore.Http;

namespace Rapport.Members;

/// <summary>Tells the browser to trust nothing but our own files, and nobody to look in from elsewhere. A route may have set a stricter header; that one stays.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    internal const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'self'";

    private static readonly (string Name, string Value)[] Always =
    [
        ("Content-Security-Policy", Policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ];

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(() =>
        {
            foreach (var (name, value) in Always) http.Response.Headers.TryAdd(name, value);
            if (http.Request.IsHttps) http.Response.Headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
            // A page with somebody's data is for nobody's cache but the one that asks again.
            if (http.User.Identity?.IsAuthenticated == true) http.Response.Headers.TryAdd("Cache-Control", "private, no-cache");
            return Task.CompletedTask;
        });
        return next(http);
    }
}
