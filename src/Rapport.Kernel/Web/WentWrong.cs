using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Rapport.Kernel.Web;

/// <summary>Why a request got no answer of its own. The host says it once for all floors: to people as a page, to programs as problem details (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Code">Stable for programs.</param>
/// <param name="Detail">A sentence: what was wrong and what to do now.</param>
/// <param name="Trace">Under which number it stands in the log; null where nothing was logged.</param>
public sealed record WentWrong(int Status, string Title, string Code, string Detail, string? Trace = null)
{
    /// <summary>Ends the request with it; nothing may have been written yet.</summary>
    public void End(HttpContext http)
    {
        http.Response.StatusCode = Status;
        http.Features.Set(this);
    }

    /// <summary>What was said by <see cref="End"/>, else what the status alone says.</summary>
    public static WentWrong Of(HttpContext http) => http.Features.Get<WentWrong>() is { } said && said.Status == http.Response.StatusCode ? said : Of(http.Response.StatusCode);

    /// <summary>As problem details.</summary>
    public ProblemHttpResult ToProblem()
    {
        var extensions = new Dictionary<string, object?> { ["code"] = Code };
        if (Trace is not null) extensions["trace"] = Trace;
        return TypedResults.Problem(Detail, statusCode: Status, title: Title, extensions: extensions);
    }

    private static WentWrong Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(status, "This request cannot be read", "request.unreadable", "Go back, load the page again and repeat what you did. For programs, /api shows what each request takes."),
        StatusCodes.Status401Unauthorized => new(status, "Sign in first", "sign-in.needed", "Send a token in the header Authorization: Bearer rap_...; members make them at /settings/tokens."),
        StatusCodes.Status403Forbidden => new(status, "This is not yours to do", "request.forbidden", "Your roles do not reach that far. An administrator can change them."),
        StatusCodes.Status404NotFound => new(status, "There is nothing here", "address.missing", "The address is mistyped, or what was here is gone or not visible to you. Find looks for it by any scrap of its name."),
        StatusCodes.Status405MethodNotAllowed => new(status, "This is not done here", "request.method", "The address exists, but takes other requests; /api lists them."),
        StatusCodes.Status413PayloadTooLarge => new(status, "This is too large", "request.too-large", "Send less at once: forms and bodies take 10 MB, files what is written beside their field."),
        StatusCodes.Status415UnsupportedMediaType => new(status, "This is of a kind that is not read here", "request.media-type", "Send JSON with the header Content-Type: application/json; /api says where files are taken."),
        >= 500 => new(status, "Rapport could not do this", "request.failed", "It is not your fault, and nothing was half done. Try again in a moment; if it stays, tell an administrator."),
        _ => new(status, "This cannot be done", "request.refused", "Go back and try another way."),
    };
}
