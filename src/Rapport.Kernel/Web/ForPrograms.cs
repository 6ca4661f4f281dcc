using Microsoft.AspNetCore.Http;

namespace Rapport.Kernel.Web;

/// <summary>Who reads the answer.</summary>
public static class ForPrograms
{
    /// <summary>Whether a program asks: beneath <c>/api/</c>, for what we measure, or with a token. <c>/api</c> itself is a page for people.</summary>
    public static bool IsForProgram(this HttpContext http) =>
        http.Request.Headers.Authorization.Count > 0
        || (http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase, out var rest) && rest.HasValue && rest != "/")
        || http.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase)
        || http.Request.Path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase);
}
