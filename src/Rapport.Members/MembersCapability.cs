using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Design;

namespace Rapport.Members;

/// <summary>The doors to this floor.</summary>
public static class MembersCapability
{
    private const string Choose = "cookie or token";

    /// <summary>Adds its tables, deeds and jobs. Enough for the command line; serving needs <see cref="AddSigningIn"/> too.</summary>
    public static IServiceCollection AddMembers(this IServiceCollection services)
    {
        services.AddTables(typeof(MembersCapability).Assembly);
        services.AddSingleton<IPasswordHasher<Member>, PasswordHasher<Member>>().AddSingleton<Passwords>();
        services.AddSingleton<SessionCache>().AddSingleton<SignInThrottle>().AddSingleton<WhoWasSeen>();
        services.AddScoped<MakeWelcomeLink>().AddScoped<InviteMember>().AddScoped<JoinRapport>().AddScoped<MakeResetLink>();
        services.AddScoped<AdmitMember>().AddScoped<MakeSignInLink>().AddScoped<EnterByLink>();
        services.AddScoped(provider => new SetUpRapport(provider.GetRequiredService<Kernel.Database.RapportDb>(), provider.GetRequiredService<Passwords>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<SignIn>().AddScoped<EndSessions>().AddScoped<ChangePassword>().AddScoped<ChangeProfile>().AddScoped<ChangeMember>().AddScoped<ChangeInstallation>().AddScoped<FormTeam>().AddScoped<MakeToken>();
        services.AddJob<WriteWhoWasSeen>(TimeSpan.FromMinutes(1));
        return services;
    }

    /// <summary>Adds how requests are known and guarded: cookie sessions, tokens, policies, rate limits, keys in the database, the reader's clock.</summary>
    public static IServiceCollection AddSigningIn(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(provider => ReadersTime(provider.GetRequiredService<IHttpContextAccessor>().HttpContext, provider.GetRequiredService<TimeProvider>()));
        services.AddAuthentication(Choose)
            .AddPolicyScheme(Choose, null, o => o.ForwardDefaultSelector = http => http.Request.Headers.Authorization.Count > 0 ? TokenAuthentication.Name : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null)
            .AddCookie(Configure);
        services.AddSingleton<SessionTickets>();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme).Configure<SessionTickets>((o, tickets) => o.SessionStore = tickets);
        services.AddAuthorizationBuilder().AddRapportPolicies();
        services.AddRateLimiter(SignInRate.Add);
        services.AddDataProtection().SetApplicationName("Rapport");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceScopeFactory>((o, scopes) => o.XmlRepository = new KeysInDatabase(scopes));
        return services;
    }

    /// <summary>Everything that stands between a request and its endpoint, in the one right order. Call it before the routes are mapped.</summary>
    public static IApplicationBuilder UseMembers(this IApplicationBuilder app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<GuardWrites>();
        return app;
    }

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapMembers(this IEndpointRouteBuilder routes)
    {
        routes.MapMemberForms();
        routes.MapMemberApi();
        routes.MapTeamApi();
        routes.MapOwnApi();
        routes.MapInstallationApi();
        return routes;
    }

    private static void Configure(CookieAuthenticationOptions o)
    {
        (o.Cookie.Name, o.Cookie.HttpOnly, o.Cookie.SameSite, o.Cookie.SecurePolicy) = ("rapport", true, SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        (o.ExpireTimeSpan, o.SlidingExpiration) = (MemberSession.Lasts, true);
        o.Events.OnRedirectToLogin = context => Answers.SignInFirstAsync(context.HttpContext);
        o.Events.OnRedirectToAccessDenied = context => Answers.NotYoursAsync(context.HttpContext);
    }

    private static LocalTime ReadersTime(HttpContext? http, TimeProvider clock)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(http?.User.FindFirst(Identities.ZoneClaim)?.Value ?? "UTC", out var own) ? own : TimeZoneInfo.Utc;
        CultureInfo culture = Languages.Of(http?.User.FindFirst(Identities.LanguageClaim)?.Value) ?? LocalTime.DefaultCulture;
        return new(clock.GetUtcNow(), zone, culture);
    }
}
