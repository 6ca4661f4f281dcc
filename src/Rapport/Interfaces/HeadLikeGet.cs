namespace Rapport.Interfaces;

/// <summary>Answers HEAD as GET would be answered, without the body (RFC 9110, 9.3.2). Pages are mapped for GET alone.</summary>
internal static class HeadLikeGet
{
    /// <summary>Comes before routing.</summary>
    public static IApplicationBuilder UseHeadLikeGet(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // The server goes by what was really asked, and sends no body.
        if (HttpMethods.IsHead(http.Request.Method)) http.Request.Method = HttpMethods.Get;
        return next(http);
    });
}
