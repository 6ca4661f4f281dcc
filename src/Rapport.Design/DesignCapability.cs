using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Rapport.Design;

/// <summary>The doors of the look: what the host registers once, and how a later floor puts its page into the rail.</summary>
public static class DesignCapability
{
    /// <summary>Registers what the components need. <see cref="LocalTime"/> is UTC until a floor that knows the reader registers its own.</summary>
    public static IServiceCollection AddDesign(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped(provider => new LocalTime(provider.GetRequiredService<TimeProvider>().GetUtcNow(), TimeZoneInfo.Utc, LocalTime.DefaultCulture));
        return services;
    }

    /// <summary>Puts a page into the rail and, while there is room, into the bottom bar of a telephone.</summary>
    public static IServiceCollection AddRailItem(this IServiceCollection services, RailItem item) => services.AddSingleton(item);
}
