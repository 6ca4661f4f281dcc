using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Rapport.Dialogue;

/// <summary>The doors to this floor.</summary>
public static class DialogueCapability
{
    /// <summary>Adds its tables, deeds, queries, listeners and jobs.</summary>
    public static IServiceCollection AddDialogue(this IServiceCollection services)
    {
        services.AddTables(typeof(DialogueCapability).Assembly);
        services.AddScoped<FindAnything>();
        return services;
    }

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapDialogue(this IEndpointRouteBuilder routes)
    {
        routes.MapFind();
        return routes;
    }
}
