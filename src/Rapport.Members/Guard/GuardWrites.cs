using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Rapport.Kernel.Web;

namespace Rapport.Members;

/// <summary>
/// Lets a change through only when the one who is signed in meant it. A program shows its token; a token that only reads never writes.
/// A browser sends cookies along whoever wrote the page, so on the API it must say that the page was ours, and every form must carry our anti-forgery token.
/// </summary>
internal sealed class GuardWrites(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (IsSafe(http.Request.Method))
        {
            await next(http);
            return;
        }
        if (await WrongAsync(http) is { } wrong) wrong.End(http);
        else await next(http);
    }

    private async Task<WentWrong?> WrongAsync(HttpContext http)
    {
        if (http.User.FindFirst(Identities.ScopeClaim)?.Value == "read")
            return new(StatusCodes.Status403Forbidden, "This token only reads", "token.read-only", "Make a token with the scope write to change anything.");
        if (IsFromElsewhere(http.Request))
            return new(StatusCodes.Status403Forbidden, "This came from another site", "request.cross-site", "Send it from a page of Rapport, or with a token.");
        if (await IsMeantAsync(http)) return null;
        if (http.Features.Get<IAntiforgeryValidationFeature>()?.Error?.InnerException is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
            return new(StatusCodes.Status413PayloadTooLarge, "This is too large", "request.too-large", "What you sent is larger than this form takes. Go back and send less at once; nothing was stored.");
        return new(StatusCodes.Status400BadRequest, "The form is too old or was not made here", "form.antiforgery", "Go back, load the page again and repeat what you did. What you had typed is still there when you go back.");
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    // Every present browser sends Sec-Fetch-Site, older ones at least Origin (W3C Fetch Metadata; RFC 6454).
    private static bool IsFromElsewhere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0) return !Uri.TryCreate(origin, UriKind.Absolute, out var from) || !from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
        var byCookie = request.HttpContext.User.HasClaim(c => c.Type == Identities.SessionClaim);
        return request.Path.StartsWithSegments("/api") && byCookie;
    }

    private async Task<bool> IsMeantAsync(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/api")) return true;
        if (http.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false }) return true;
        // Where the framework has looked already, a second look at a refused form throws.
        return http.Features.Get<IAntiforgeryValidationFeature>() is { } looked ? looked.IsValid : await antiforgery.IsRequestValidAsync(http);
    }
}
