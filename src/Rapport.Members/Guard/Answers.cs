using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace Rapport.Members;

/// <summary>What those get who may not: programs a problem (RFC 9457), people a page.</summary>
internal static class Answers
{
    /// <summary>Nobody is signed in.</summary>
    public static Task SignInFirstAsync(HttpContext http)
    {
        if (IsForPrograms(http))
        {
            http.Response.Headers.WWWAuthenticate = new StringValues("Bearer");
            return ProblemAsync(http, StatusCodes.Status401Unauthorized, "Sign in first", "sign-in.needed", "Send a token in the header Authorization: Bearer rap_...; members make them at /settings/tokens.");
        }
        var wanted = HttpMethods.IsGet(http.Request.Method) && http.Request.Path != "/" ? QueryString.Create("returnTo", http.Request.GetEncodedPathAndQuery()) : QueryString.Empty;
        http.Response.Redirect("/sign-in" + wanted);
        return Task.CompletedTask;
    }

    /// <summary>Somebody is signed in, but it is not theirs to do.</summary>
    public static Task NotYoursAsync(HttpContext http) => RefuseAsync(http, StatusCodes.Status403Forbidden, "This is not yours to do", "forbidden", "Your roles do not reach that far. An administrator can change them.");

    /// <summary>Any other refusal before the request reached its endpoint.</summary>
    public static Task RefuseAsync(HttpContext http, int status, string title, string code, string detail)
    {
        if (IsForPrograms(http)) return ProblemAsync(http, status, title, code, detail);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync($"{title}. {detail}\n");
    }

    private static bool IsForPrograms(HttpContext http) => http.Request.Path.StartsWithSegments("/api") || http.Request.Headers.Authorization.Count > 0;

    private static Task ProblemAsync(HttpContext http, int status, string title, string code, string detail) =>
        Results.Problem(detail, statusCode: status, title: title, extensions: new Dictionary<string, object?> { ["code"] = code }).ExecuteAsync(http);
}
