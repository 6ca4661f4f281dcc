using Microsoft.AspNetCore.Http;

namespace Rapport.Kernel.Web;

/// <summary>One-click deeds on pages post a form and lead back to where the click was, with a word about what was done.</summary>
public static class ReturnTo
{
    /// <summary>The short-lived cookie that carries the word across the redirect.</summary>
    public const string ToastCookie = "toast";

    /// <summary>Redirects to the form's <c>returnTo</c> (a path of ours, never another site) or else to <paramref name="otherwise"/>.</summary>
    /// <param name="http">The request, whose form has been read.</param>
    /// <param name="otherwise">A path of ours.</param>
    /// <param name="said">What was done, or why it was not; shown once.</param>
    /// <param name="undo">A path that a POST undoes it at; null when there is nothing to undo.</param>
    public static IResult Redirect(HttpContext http, string otherwise, string said, string? undo = null)
    {
        var options = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(1), Path = "/" };
        http.Response.Cookies.Append(ToastCookie, Uri.EscapeDataString(undo is null ? said : $"{said}\n{undo}"), options);
        var wanted = http.Request.HasFormContentType ? http.Request.Form["returnTo"].ToString() : "";
        return Results.LocalRedirect(IsOurs(wanted) ? wanted : otherwise);
    }

    private static bool IsOurs(string path) =>
        path.Length is > 0 and < 2000 && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl);
}
