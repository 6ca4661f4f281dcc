using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

// Not that of the folder: what stands in a namespace around its caller goes before what a using brings, so every floor's MapGet is this one.
namespace Rapport;

/// <summary>
/// <c>MapGet</c> and its like as the framework has them, but for one thing: the code between a request and its handler is made at the first request for it.
/// The framework makes that of all routes before it listens, half a second of a processor at every start.
/// </summary>
public static class Routes
{
    /// <summary>A handler of GET requests.</summary>
    public static RouteHandlerBuilder MapGet(this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler) => Map(routes, HttpMethods.Get, pattern, handler);

    /// <summary>A handler of POST requests.</summary>
    public static RouteHandlerBuilder MapPost(this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler) => Map(routes, HttpMethods.Post, pattern, handler);

    /// <summary>A handler of PUT requests.</summary>
    public static RouteHandlerBuilder MapPut(this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler) => Map(routes, HttpMethods.Put, pattern, handler);

    /// <summary>A handler of DELETE requests.</summary>
    public static RouteHandlerBuilder MapDelete(this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler) => Map(routes, HttpMethods.Delete, pattern, handler);

    // What the handler takes and gives is read at once, so a route that cannot work, its description and its policies are known at the start as ever.
    private static RouteHandlerBuilder Map(IEndpointRouteBuilder routes, string method, string pattern, Delegate handler) =>
        RouteHandlerServices.Map(routes, pattern, handler, [method], RequestDelegateFactory.InferMetadata, AtFirstRequest);

    private static RequestDelegateResult AtFirstRequest(Delegate handler, RequestDelegateFactoryOptions options, RequestDelegateMetadataResult? metadata)
    {
        var made = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, options, metadata).RequestDelegate);
        return new(context => made.Value(context), [.. options.EndpointBuilder?.Metadata ?? []]);
    }
}
