using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Rapport.Conversations;

/// <summary>The doors to this floor.</summary>
public static class ConversationsCapability
{
    /// <summary>Adds its tables, deeds, queries, listeners and jobs.</summary>
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddTables(typeof(ConversationsCapability).Assembly);
        services.AddScoped<TakeMail>().AddScoped<ReadStoredMail>().AddScoped<MailBatch>();
        services.AddScoped<RecordInteraction>().AddScoped<CloseConversation>().AddScoped<ReopenConversation>().AddScoped<SnoozeConversation>()
            .AddScoped<AssignConversation>().AddScoped<SettleWaiting>().AddScoped<ShareMailbox>();
        services.AddScoped<ConversationQueries>().AddScoped<ConversationDetails>().AddScoped<TimelineQueries>().AddScoped<CorrespondentQueries>();
        services.AddJob<ReadLeftMail>(TimeSpan.FromMinutes(1));
        return services;
    }

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapConversations(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
