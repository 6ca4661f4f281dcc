using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Rapport.Kernel.Database;

namespace Rapport.Kernel.Web;

/// <summary>On a route: whoever changes what is there may say by <c>If-Match</c> which version they saw. Its description says so.</summary>
public sealed record ChecksVersion;

/// <summary>Versions of records as ETags (RFC 9110): who changes a record says which version they saw.</summary>
public static class ETags
{
    /// <summary>Says which version is being answered.</summary>
    public static void WriteVersion(this HttpContext http, int version) => http.Response.Headers.ETag = $"\"{version}\"";

    /// <summary>Refuses with 412 when <c>If-Match</c> names another version than the record has. Without the header, or with <c>*</c>, the last writer wins.</summary>
    public static Refusal? CheckVersion(this HttpContext http, IVersioned record)
    {
        var wanted = http.Request.GetTypedHeaders().IfMatch;
        if (wanted.Count == 0 || wanted.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Tag == $"\"{record.Version}\"")) return null;
        return Refusal.Stale("changed.meanwhile", "Somebody else changed this in the meantime. Read it again, then repeat your change with the new ETag.");
    }

    /// <summary>The handler calls <see cref="CheckVersion"/> itself.</summary>
    public static RouteHandlerBuilder ChecksVersion(this RouteHandlerBuilder route) => route.WithMetadata(new ChecksVersion());

    /// <summary>Checks the version of the record before the handler runs. Both have one context, so the deed changes the very record that was checked.</summary>
    /// <param name="route">A change of one record.</param>
    /// <param name="find">The record as the caller may see it; null when there is none, which is the handler's to say.</param>
    /// <param name="parameter">What of the route names it.</param>
    public static RouteHandlerBuilder ChecksVersion<TId, TRecord>(this RouteHandlerBuilder route, Func<RapportDb, HttpContext, TId, CancellationToken, Task<TRecord?>> find, string parameter = "id")
        where TId : struct, IId<TId> where TRecord : class, IVersioned
    {
        route.AddEndpointFilter(async (call, next) =>
        {
            var http = call.HttpContext;
            return http.Request.Headers.IfMatch.Count > 0 && IId<TId>.TryParse(http.GetRouteValue(parameter) as string, null, out var id)
                && await find(http.RequestServices.GetRequiredService<RapportDb>(), http, id, http.RequestAborted) is { } record && http.CheckVersion(record) is { } stale ? stale.ToProblem() : await next(call);
        });
        return route.ChecksVersion();
    }
}
