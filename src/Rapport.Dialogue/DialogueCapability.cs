using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Design;
using Rapport.Kernel;

namespace Rapport.Dialogue;

/// <summary>The doors to this floor.</summary>
public static class DialogueCapability
{
    /// <summary>Adds its tables, deeds, queries, listeners and jobs.</summary>
    public static IServiceCollection AddDialogue(this IServiceCollection services)
    {
        services.AddTables(typeof(DialogueCapability).Assembly);
        services.AddSettings<DialogueOptions>("Dialogue", o => o.Wrong);
        services.AddScoped<FindAnything>();
        services.AddScoped<TodayQueries>().AddScoped<WaitingToday>().AddScoped<TodayCount>().AddSingleton<CountedToday>().AddScoped<PromisedToday>().AddScoped<QuietToday>().AddScoped<ExpectSilence>().AddScoped<BriefQueries>().AddScoped<BriefChanges>().AddScoped<TieQueries>();
        services.AddPartyPanel<WhoKnowsThem>(PanelPlace.Side, 110);
        services.AddListener<InteractionsTaken, LearnRhythms>().AddListener<InteractionsTakenBack, ForgetRhythms>().AddListener<PartiesTakenBack, ForgetRhythms>();
        services.AddScoped<IHoldParties, ForgetRhythms>();
        services.AddJob<LearnRhythms>(TimeSpan.FromMinutes(5));
        services.AddRailItem(new("/", "Today", Glyph.Today, Order: 10, Key: "g t", Badge: typeof(TodayBadge)));
        return services;
    }

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapDialogue(this IEndpointRouteBuilder routes)
    {
        routes.MapFind();
        routes.MapToday();
        routes.MapRhythms();
        routes.MapBrief();
        return routes;
    }
}
