using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Rapport.Members;

/// <summary>The doors to this floor.</summary>
public static class MembersCapability
{
    /// <summary>Adds its tables, deeds, queries, listeners and jobs.</summary>
    public static IServiceCollection AddMembers(this IServiceCollection services)
    {
        services.AddTables(typeof(MembersCapability).Assembly);
        return services;
    }

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapMembers(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
