using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels.Api;
using Rapport.Channels.Pages;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Journal;

namespace Rapport.Channels;

/// <summary>The doors to this floor.</summary>
public static class ChannelsCapability
{
    /// <summary>Adds its tables, deeds, queries, listeners and jobs.</summary>
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddTables(typeof(ChannelsCapability).Assembly);
        services.AddSettings<ChannelsOptions>("Channels", o => o.Wrong);
        services.AddScoped<StoreMail>().AddScoped<OpenMailbox>().AddScoped<ExtendOurs>().AddScoped<INameThings, NameMailboxes>();
        services.AddSingleton<MailSecrets>().AddSingleton<EnterMailServer>().AddSingleton<HoldMailboxes>().AddSingleton<ReadMailbox>().AddKeyedSingleton<WorkSignal>(ConnectMailbox.Changed);
        services.AddScoped<TryServers>().AddScoped<ConnectMailbox>().AddScoped<ConnectNewMailbox>().AddScoped<PauseMailbox>().AddScoped<TryMailboxAgain>().AddScoped<DisconnectMailbox>().AddScoped<MailboxStates>();
        services.AddSingleton<HoldOutboxes>().AddSingleton<DispatchLedger>().AddSingleton<OpenWayOut>().AddSingleton<CopyToSent>().AddSingleton<SendFromMailbox>().AddKeyedSingleton<WorkSignal>(HandOverMail.Queued);
        services.AddSingleton<AskForTokens>().AddSingleton<AccessTokens>().AddSingleton<OpenMailDoor>().AddScoped<KeepMailProvider>().AddScoped<SignInForMailbox>();
        services.AddScoped<QueueMail>().AddSingleton<DeliveredMails>();
        return services;
    }

    /// <summary>Adds what sends mail by itself for as long as the program serves.</summary>
    public static IServiceCollection AddSendingMail(this IServiceCollection services) => services.AddHostedService<HandOverMail>();

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapChannels(this IEndpointRouteBuilder routes)
    {
        routes.MapConnectionEndpoints();
        routes.MapConnectionForms();
        routes.MapSignIn();
        routes.MapProviderApi();
        return routes;
    }
}
