using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Rapport.Kernel.Web;
using Rapport.Pages;

namespace Rapport.Interfaces;

/// <summary>Gives every request that ended without an answer one: programs problem details, people a page that says what to do next.</summary>
internal static class SayWhatWentWrong
{
    /// <summary>Call it first: what is thrown and refused further in is said here.</summary>
    public static void UseAnswersWhenThingsGoWrong(this WebApplication app)
    {
        app.UseStatusCodePages(AnswerAsync);
        app.UseExceptionHandler();
    }

    private static async Task AnswerAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (http.IsForProgram())
        {
            await WentWrong.Of(http).ToProblem().ExecuteAsync(http);
            return;
        }
        // A scope of its own: what was thrown may have left the parts of the page, or the database context, half-way; and what renders a page does so once in its scope.
        await using var scope = http.RequestServices.CreateAsyncScope();
        var services = http.RequestServices;
        try
        {
            http.RequestServices = scope.ServiceProvider;
            http.Response.Headers.CacheControl = "no-store";
            await new RazorComponentResult<App>(new Dictionary<string, object?> { [nameof(App.Wrong)] = WentWrong.Of(http) }).ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }
}
