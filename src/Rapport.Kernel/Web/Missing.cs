using Microsoft.AspNetCore.Http;

namespace Rapport.Kernel.Web;

/// <summary>How a page answers that finds nothing.</summary>
public static class Missing
{
    /// <summary>Answers with 404 and the page's own words. Said any earlier than the answer begins, the framework drops the words.</summary>
    public static void IsMissing(this HttpContext http) => http.Response.OnStarting(() =>
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
