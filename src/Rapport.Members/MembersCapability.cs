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
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rapport.Design;
using Rapport.Kernel.Journal;

namespace Rapport.Members;

/// <summary>The doors to this floor.</summary>
public static class MembersCapability
{
    private const string Choose = "cookie or token";

    /// <summary>Adds its tables, deeds and jobs. Enough for the command line; serving needs <see cref="AddSigningIn"/> too.</summary>
    public static IServiceCollection AddMembers(this IServiceCollection services)
    {
        services.AddTables(typeof(MembersCapability).Assembly);
        // Before Identity, which then adds no rules of its own on how a password is composed.
        services.AddScoped<IPasswordValidator<Member>, PasswordRules>();
        services.AddIdentityCore<Member>(Configure).AddUserStore<MemberStore>().AddUserManager<Accounts>();
        // A member checks itself when it is made, and deeds say who has an address already.
        services.RemoveAll<IUserValidator<Member>>();
        services.AddSingleton<ILookupNormalizer, AddressesAsKeys>();
        services.AddDataProtection().SetApplicationName("Rapport");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceScopeFactory>((o, scopes) => o.XmlRepository = new KeysInDatabase(scopes));
        services.AddSingleton<SessionCache>().AddSingleton<WhoWasSeen>();
        services.AddScoped<MakeWelcomeLink>().AddScoped<InviteMember>().AddScoped<JoinRapport>().AddScoped<MakeMemberLink>();
        services.AddScoped<AdmitMember>().AddScoped<EnterByLink>();
        services.AddScoped<SetUpRapport>().AddScoped<EndSessions>().AddScoped<StillSignedIn>().AddScoped<ChangeProfile>().AddScoped<ChangeMember>().AddScoped<ChangeInstallation>().AddScoped<FormTeam>().AddScoped<ChangeTeamHours>().AddScoped<MakeToken>().AddScoped<SayAbsence>();
        services.AddScoped<JournalIds>().AddScoped<INameThings, NameMembers>();
        services.AddJob<WriteWhoWasSeen>(TimeSpan.FromMinutes(1));
        services.AddSettingsTab(new("You", "/settings", 10)).AddSettingsTab(new("Absence", "/settings/absence", 15)).AddSettingsTab(new("Sessions", "/settings/sessions", 20)).AddSettingsTab(new("Tokens", "/settings/tokens", 30))
            .AddSettingsTab(new("Members", "/members", 50)).AddSettingsTab(new("Teams", "/teams", 60))
            .AddSettingsTab(new("Organisation", "/settings/organisation", 70, Administrators: true)).AddSettingsTab(new("Journal", "/settings/journal", 80, Administrators: true)).AddSettingsTab(new("Work", "/settings/work", 90, Administrators: true));
        return services;
    }

    /// <summary>Shows a page among the settings.</summary>
    public static IServiceCollection AddSettingsTab(this IServiceCollection services, SettingsTab tab) => services.AddSingleton(tab);

    /// <summary>Adds how requests are known and guarded: cookie sessions, tokens, policies, rate limits, the reader's clock.</summary>
    public static IServiceCollection AddSigningIn(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<IUserClaimsPrincipalFactory<Member>, Identities>();
        services.AddScoped<SigningIn>().AddScoped<SignInManager<Member>>(provider => provider.GetRequiredService<SigningIn>());
        services.AddScoped<SignIn>().AddScoped<ChangePassword>();
        services.AddScoped(provider => ReadersTime(provider.GetRequiredService<IHttpContextAccessor>().HttpContext, provider.GetRequiredService<TimeProvider>()));
        services.AddAuthentication(Choose)
            .AddPolicyScheme(Choose, null, o => o.ForwardDefaultSelector = http => http.Request.Headers.Authorization.Count > 0 ? TokenAuthentication.Name : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null)
            .AddCookie(IdentityConstants.ApplicationScheme, Configure);
        services.AddSingleton<SessionTickets>();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<SessionTickets>((o, tickets) => o.SessionStore = tickets);
        services.AddAuthorizationBuilder().AddRapportPolicies();
        services.AddRateLimiter(SignInRate.Add);
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
        routes.MapAbsences();
        routes.MapOwnApi();
        routes.MapInstallationApi();
        routes.MapWork();
        return routes;
    }

    private static void Configure(IdentityOptions o)
    {
        (o.Lockout.MaxFailedAccessAttempts, o.Lockout.DefaultLockoutTimeSpan) = (SignInRate.MostFailures, SignInRate.Window);
        o.Password.RequiredLength = PasswordRules.Shortest;
    }

    private static void Configure(CookieAuthenticationOptions o)
    {
        (o.Cookie.Name, o.Cookie.HttpOnly, o.Cookie.SameSite, o.Cookie.SecurePolicy) = ("rapport", true, SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        (o.ExpireTimeSpan, o.SlidingExpiration) = (MemberSession.Lasts, true);
        o.Events.OnRedirectToLogin = context => Answers.SignInFirstAsync(context.HttpContext);
        o.Events.OnRedirectToAccessDenied = context => Answers.NotYoursAsync(context.HttpContext);
    }

    // Identity compares by upper-case names unless told otherwise; members are found by their address in lower case.
    private sealed class AddressesAsKeys : ILookupNormalizer
    {
        public string? NormalizeName(string? name) => name is null ? null : Member.KeyOf(name);

        public string? NormalizeEmail(string? email) => NormalizeName(email);
    }

    private static LocalTime ReadersTime(HttpContext? http, TimeProvider clock)
    {
        var zone = Kernel.Calendar.LocalTime.ZoneOr(http?.User.FindFirst(Identities.ZoneClaim)?.Value, TimeZoneInfo.Utc);
        CultureInfo culture = Languages.Of(http?.User.FindFirst(Identities.LanguageClaim)?.Value) ?? LocalTime.DefaultCulture;
        return new(clock.GetUtcNow(), zone, culture);
    }
}
