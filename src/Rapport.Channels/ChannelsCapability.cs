using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Rapport.Channels;

/// <summary>The doors to this floor.</summary>
public static class ChannelsCapability
{
    /// <summary>Adds its tables, deeds, queries, listeners and jobs.</summary>
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddTables(typeof(ChannelsCapability).Assembly);
        services.AddScoped<StoreMail>().AddScoped<OpenMailbox>().AddScoped<ExtendOurs>();
        return services;
    }

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapChannels(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
