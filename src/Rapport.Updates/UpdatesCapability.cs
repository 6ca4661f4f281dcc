using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Conversations;
using Rapport.Customers.Import;
using Rapport.Design;
using Rapport.Kernel.Journal;
using Rapport.Updates.Api;
using Rapport.Updates.Pages;

namespace Rapport.Updates;

/// <summary>The doors to this floor.</summary>
public static class UpdatesCapability
{
    /// <summary>Adds its tables, deeds, queries and jobs.</summary>
    public static IServiceCollection AddUpdates(this IServiceCollection services)
    {
        services.AddTables(typeof(UpdatesCapability).Assembly);
        services.AddSettings<UpdatesOptions>("Updates", o => o.Wrong);
        services.AddScoped<SendNotice>().AddScoped<SayNextWord>().AddScoped<PreviewNotice>().AddScoped<Unsubscribe>();
        services.AddScoped<WhomItConcerns>().AddScoped<WhoCanBeTold>().AddScoped<NextWords>().AddScoped<ResolveAudience>().AddScoped<TellWord>();
        services.AddScoped<NoticeQueries>().AddScoped<RecipientQueries>().AddScoped<INameThings, NameNotices>();
        services.AddScoped<IOutdateMail, OutdateWords>().AddScoped<IHoldParties, HoldByNotices>().AddScoped<IHoldInteractions, HoldByNotices>();
        services.AddRailItem(new("/notices", "Notices", Glyph.Info, Order: 50, Key: "g n"));
        services.AddJob<TellNotices>(TimeSpan.FromSeconds(5), wakes: true);
        services.AddJob<FollowAllClears>(TimeSpan.FromMinutes(2));
        return services;
    }

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapUpdates(this IEndpointRouteBuilder routes)
    {
        routes.MapNoticeApi();
        routes.MapNoticeForms();
        return routes;
    }
}
