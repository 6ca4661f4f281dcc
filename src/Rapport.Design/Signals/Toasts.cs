using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Rapport.Design;

/// <summary>What was just done, said once on the page that the redirect leads to, with a way to undo it.</summary>
/// <param name="Undo">A local address that a POST undoes it at; null when it cannot be undone.</param>
/// <param name="More">Where there is more to see; null when there is not.</param>
public sealed record SaidToast(string Text, string? Undo, ToastLink? More = null);

/// <summary>A link in a toast.</summary>
/// <param name="Text">What one sees there.</param>
/// <param name="Href">A local address.</param>
public sealed record ToastLink(string Text, string Href);

/// <summary>Carries a toast over the redirect after a POST, in a cookie that lives for a minute and is read once.</summary>
public static class Toasts
{
    /// <summary>Longer texts are cut, so that the cookie stays small.</summary>
    public const int LongestText = 300;

    private const string Cookie = "said";

    /// <summary>Leaves a sentence for the next page: "Kept." with the address that undoes it, and where there is more to see.</summary>
    public static void Leave(HttpContext request, string text, string? undo = null, ToastLink? more = null)
    {
        var line = $"{(text.Length > LongestText ? text[..LongestText] : text).ReplaceLineEndings(" ")}\n{undo}\n{more?.Text}\n{more?.Href}";
        request.Response.Cookies.Append(Cookie, WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(line)), Options(request));
    }

    /// <summary>Takes what was left, once. Null when there is nothing, or nothing that we wrote.</summary>
    public static SaidToast? Take(HttpContext request)
    {
        if (request.Request.Cookies[Cookie] is not { Length: > 0 and < 2000 } value) return null;
        if (!request.Response.HasStarted) request.Response.Cookies.Delete(Cookie, Options(request));
        return Read(value);
    }

    private static SaidToast? Read(string value)
    {
        try
        {
            var lines = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(value)).Split('\n');
            // The cookie comes from the browser: an address of another host in it is not followed.
            return lines is [{ Length: > 0 } text, var undo, var more, var href] ? new(text, ReturnTo.IsOurs(undo) ? undo : null, ReturnTo.IsOurs(href) && more.Length > 0 ? new(more, href) : null) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext request) => new()
    {
        HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = request.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(1),
    };
}
