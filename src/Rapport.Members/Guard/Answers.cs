using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;
using Rapport.Kernel.Web;

namespace Rapport.Members;

/// <summary>What those get who may not.</summary>
internal static class Answers
{
    /// <summary>Nobody is signed in: people are led to the sign-in page and back, programs are told.</summary>
    public static Task SignInFirstAsync(HttpContext http)
    {
        if (http.IsForProgram())
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = new StringValues("Bearer");
            return Task.CompletedTask;
        }
        var wanted = HttpMethods.IsGet(http.Request.Method) && http.Request.Path != "/" ? QueryString.Create("returnTo", http.Request.GetEncodedPathAndQuery()) : QueryString.Empty;
        http.Response.Redirect("/sign-in" + wanted);
        return Task.CompletedTask;
    }

    /// <summary>Somebody is signed in, but it is not theirs to do.</summary>
    public static Task NotYoursAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
