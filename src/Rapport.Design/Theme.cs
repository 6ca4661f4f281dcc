using Microsoft.AspNetCore.Http;

namespace Rapport.Design;

/// <summary>Light, dark, or as the system says. Kept in a cookie and rendered on the server, because enhanced navigation wipes what scripts put on <c>html</c>.</summary>
public static class Theme
{
    /// <summary>The cookie's name; its value is <c>light</c> or <c>dark</c>, and it is absent to follow the system.</summary>
    public const string Cookie = "theme";

    /// <summary>The value for <c>data-theme</c> on <c>html</c>; null, and so no attribute, to follow the system.</summary>
    public static string? Of(HttpContext? request) => request?.Request.Cookies[Cookie] is "light" or "dark" ? request.Request.Cookies[Cookie] : null;

    /// <summary>Keeps the choice for a year; anything but <c>light</c> and <c>dark</c> goes back to following the system.</summary>
    public static void Choose(HttpContext request, string? theme)
    {
        if (theme is "light" or "dark")
            request.Response.Cookies.Append(Cookie, theme, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = request.Request.IsHttps, IsEssential = true });
        else
            request.Response.Cookies.Delete(Cookie);
    }
}
