using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Rapport.Pages;

/// <summary>What a request gets that found nothing and was told nothing: people a page, programs a problem (RFC 9457).</summary>
internal static class NothingHere
{
    public static async Task AnswerAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        // What renders a page does so once in its scope, and that may be used up.
        await using var scope = http.RequestServices.CreateAsyncScope();
        var before = http.RequestServices;
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await WriteAsync(context, http);
        }
        finally
        {
            http.RequestServices = before;
        }
    }

    private static async Task WriteAsync(StatusCodeContext context, HttpContext http)
    {
        if (http.Response.StatusCode != StatusCodes.Status404NotFound || !IsForPeople(http.Request))
        {
            await http.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new() { HttpContext = http, ProblemDetails = { Status = http.Response.StatusCode } });
        }
        else if (http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            // A page that answers with 404 has its own words for it, but they are dropped unless it is asked for the second time.
            http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature { OriginalPath = http.Request.Path, OriginalPathBase = http.Request.PathBase });
            await context.Next(http);
        }
        else
        {
            await new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound }.ExecuteAsync(http);
        }
    }

    private static bool IsForPeople(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api") && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
