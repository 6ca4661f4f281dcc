using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Rapport.Customers;

/// <summary>The doors to this floor.</summary>
public static class CustomersCapability
{
    /// <summary>Adds its tables, deeds, queries, listeners and jobs.</summary>
    public static IServiceCollection AddCustomers(this IServiceCollection services)
    {
        services.AddTables(typeof(CustomersCapability).Assembly);
        return services;
    }

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapCustomers(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
