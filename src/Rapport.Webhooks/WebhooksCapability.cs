using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Journal;
using Rapport.Members;
using Rapport.Webhooks.Api;
using Rapport.Webhooks.Pages;

namespace Rapport.Webhooks;

/// <summary>The doors to this floor.</summary>
public static class WebhooksCapability
{
    /// <summary>Adds its tables, deeds, queries, listeners and jobs.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddTables(typeof(WebhooksCapability).Assembly);
        services.AddSettings<WebhooksOptions>("Webhooks", o => o.Wrong);
        services.AddSingleton<WebhookSecrets>().AddSingleton<PostWebhook>().AddSingleton<WebhookSession>().AddSingleton<WebhookRounds>().AddKeyedSingleton<WorkSignal>(WebhookRounds.Queued);
        services.AddScoped<KeepWebhook>().AddScoped<PauseWebhook>().AddScoped<ReplayDeliveries>().AddScoped<TellEndpoints>().AddScoped<WebhookQueries>().AddScoped<WebhookAlarms>().AddScoped<INameThings, NameWebhooks>();
        services.AddListener<InteractionsTaken, HearForEndpoints>().AddListener<ConversationTurned, HearForEndpoints>().AddListener<DispatchSettled, HearForEndpoints>()
            .AddListener<CommitmentMade, HearForEndpoints>().AddListener<CommitmentSettled, HearForEndpoints>().AddListener<CommitmentJudged, HearForEndpoints>();
        services.AddSettingsTab(new("Webhooks", "/settings/webhooks", 75, Administrators: true));
        services.AddJob<ForgetWebhookEvents>(TimeSpan.FromHours(1));
        return services;
    }

    /// <summary>Adds what tells other programs by itself for as long as the program serves.</summary>
    public static IServiceCollection AddTellingPrograms(this IServiceCollection services) => services.AddHostedService<DeliverWebhooks>();

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapWebhooks(this IEndpointRouteBuilder routes)
    {
        routes.MapWebhookApi();
        routes.MapWebhookForms();
        return routes;
    }
}
