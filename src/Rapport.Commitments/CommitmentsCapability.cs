using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Rapport.Commitments;

/// <summary>The doors to this floor.</summary>
public static class CommitmentsCapability
{
    /// <summary>Adds its tables, deeds, queries, listeners and jobs.</summary>
    public static IServiceCollection AddCommitments(this IServiceCollection services)
    {
        services.AddTables(typeof(CommitmentsCapability).Assembly);
        services.AddScoped<MakeCommitment>().AddScoped<SettleCommitment>().AddScoped<RenegotiateCommitment>().AddScoped<HandOverCommitment>();
        services.AddScoped<CommitmentQueries>();
        services.AddJob<BreakLongLate>(TimeSpan.FromMinutes(15));
        return services;
    }

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapCommitments(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
