using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Interfaces;

/// <summary><c>/health/live</c>: the program answers. <c>/health/ready</c>: its database does too, can be written and is of this version; else 503 and the reason.</summary>
internal static class Health
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseAnswers>("database");
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new() { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(string.Join(' ', report.Entries.Values.Select(entry => entry.Description).Where(text => text is not null).Prepend(report.Status.ToString())));
    }

    private sealed class DatabaseAnswers(RapportDb db, DatabaseAddress address, LastRound last) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await db.Database.OpenConnectionAsync(cancellationToken);
                if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any()) return HealthCheckResult.Unhealthy("The database waits for 'rapport migrate'.");
                return last.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy();
            }
            catch (Exception failure) when (DatabaseTrouble.Of(failure, address) is { } trouble)
            {
                return HealthCheckResult.Unhealthy(trouble.Short);
            }
        }
    }
}
