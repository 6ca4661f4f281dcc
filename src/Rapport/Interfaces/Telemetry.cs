using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Rapport.Members;

namespace Rapport.Interfaces;

/// <summary>What operators see: metrics at <c>/metrics</c>, and traces and metrics sent to where the standard <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says.</summary>
internal static class Telemetry
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        var send = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 };
        var telemetry = services.AddOpenTelemetry().ConfigureResource(r => r.AddService("rapport", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)));
        telemetry.WithMetrics(m =>
        {
            m.AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Microsoft.EntityFrameworkCore").AddPrometheusExporter();
            if (send) m.AddOtlpExporter();
        });
        if (send) telemetry.WithTracing(t => t.AddAspNetCoreInstrumentation().AddOtlpExporter());
        return services;
    }

    /// <summary>For whoever may administer: a token of an administrator's, read by the scraper.</summary>
    public static void MapTelemetry(this IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(Policies.Administer);
}
