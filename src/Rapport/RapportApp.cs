using System.Reflection;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Design;
using Rapport.Dialogue;
using Rapport.Interfaces;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;
using Rapport.Kernel.Web;
using Rapport.Members;
using Rapport.Pages;
using Rapport.Updates;
using Rapport.Webhooks;

namespace Rapport;

/// <summary>How the one program is put together, for serving, for the command line and for tests alike.</summary>
public static class RapportApp
{
    /// <summary>Every floor's services. Reads nothing but its arguments.</summary>
    public static IServiceCollection AddRapport(this IServiceCollection services, DatabaseAddress address) => services
        .AddKernel(address)
        .AddDesign()
        .AddMembers()
        .AddCustomers()
        .AddChannels()
        .AddConversations()
        .AddCommitments()
        .AddUpdates()
        .AddWebhooks()
        .AddDialogue();

    /// <summary>A web application that is ready to run. <paramref name="configure"/> comes last, so that tests may replace the clock.</summary>
    public static WebApplication Build(string[] args, DatabaseAddress address, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory, ApplicationName = "rapport" });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // What these two say at error level is also thrown, and said in one sentence by whoever catches it.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error);
        // It warns that keys lie unencrypted in the database: they lie where what they guard lies (SECURITY.md).
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Built but not published, the style sheets and scripts lie where the source is; a published program has them beside it.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A route that takes files says so with [RequestSizeLimit].
            kestrel.Limits.MaxRequestBodySize = 10 * 1024 * 1024;
        });
        builder.Services.AddRapport(address);
        builder.Services.AddSigningIn();
        builder.Services.AddHostedService<Worker>().AddHostedService<ReceiveMail>().AddSendingMail().AddTellingPrograms();
        builder.Services.AddRazorComponents();
        // Ours names a number where the log has something under it; the framework's own stands on every problem and leads nowhere.
        builder.Services.AddProblemDetails(o => o.CustomizeProblemDetails = context => context.ProblemDetails.Extensions.Remove("traceId")).AddExceptionHandler<CatchFailures>().AddHealth().AddTelemetry().AddApiDescription();
        builder.Services.AddAntiforgery(o => (o.Cookie.Name, o.Cookie.SecurePolicy) = ("antiforgery", CookieSecurePolicy.SameAsRequest));
        builder.Services.ConfigureHttpJsonOptions(o => JsonFromOutside.Configure(o.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseHeadLikeGet();
        app.UseRouting();
        app.UseAnswersWhenThingsGoWrong();
        app.UseMembers();
        app.UseMiddleware<Idempotency>();
        app.MapMembers();
        app.MapCustomers();
        app.MapChannels();
        app.MapConversations();
        app.MapCommitments();
        app.MapUpdates();
        app.MapWebhooks();
        app.MapDialogue();
        app.MapHealth();
        app.MapTelemetry();
        app.MapApiDescription();
        MakeRoutesOnce(app);
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddAdditionalAssemblies(PageAssemblies(app.Services.GetRequiredService<RapportModel>()));
        // The framework would do this itself, but only once it listens: from here on the routes are known.
        app.UseEndpoints(_ => { });
        return app;
    }

    // The framework has a list of all routes for matching and one for everything else, and each would make what was mapped so far for itself.
    private static void MakeRoutesOnce(IEndpointRouteBuilder routes)
    {
        var once = new CompositeEndpointDataSource([.. routes.DataSources]);
        routes.DataSources.Clear();
        routes.DataSources.Add(once);
    }

    /// <summary>Where pages are found besides the host: on every floor that has them.</summary>
    internal static Assembly[] PageAssemblies(RapportModel model) => [typeof(DesignCapability).Assembly, .. model.Assemblies.Where(a => a != typeof(RapportModel).Assembly)];
}
