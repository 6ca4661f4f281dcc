using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;
using Rapport.Kernel.Jobs;
using Rapport.Kernel.Journal;
using Rapport.Kernel.Live;
using Rapport.Kernel.Search;
using Rapport.Kernel.Web;

namespace Rapport.Kernel;

/// <summary>The door to the ground floor.</summary>
public static class KernelCapability
{
    /// <summary>Adds the database, the journal, happenings, changes and jobs.</summary>
    public static IServiceCollection AddKernel(this IServiceCollection services, DatabaseAddress address)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(address);
        services.AddSingleton<WorkSignal>();
        services.AddSettings<SiteOptions>("Site", o => o.Wrong);
        services.AddSingleton<RunJobs>().AddSingleton<LastRound>();
        services.TryAddSingleton(new RapportModel());
        services.TryAddSingleton(new HappeningListeners());
        services.AddSingleton<ChangeFeed>();
        services.AddDbContext<RapportDb>((provider, options) =>
        {
            Configure(options, address);
            options.AddInterceptors(provider.GetRequiredService<ChangeFeed>());
        });
        services.AddScoped<PrepareDatabase>().AddScoped<VerifyJournal>().AddScoped<JournalQueries>().AddScoped<DeadLetters>().AddScoped<JobQueries>().AddScoped<FindQueries>().AddScoped<InTurn>();
        services.AddJob<DeliverHappenings>(TimeSpan.FromSeconds(5), wakes: true);
        services.AddJob<ForgetIdempotentAnswers>(TimeSpan.FromHours(1));
        services.AddJob<ForgetChanges>(TimeSpan.FromMinutes(10));
        return services;
    }

    /// <summary>Adds a capability's tables and ids to the one database.</summary>
    public static IServiceCollection AddTables(this IServiceCollection services, Assembly assembly)
    {
        Shared<RapportModel>(services).Add(assembly);
        return services;
    }

    /// <summary>Adds a listener. What it hears is delivered after the deed is saved.</summary>
    public static IServiceCollection AddListener<THappening, TListener>(this IServiceCollection services)
        where THappening : class, IHappening where TListener : class, IHear<THappening>
    {
        Shared<HappeningListeners>(services).Add(typeof(THappening), typeof(TListener));
        services.TryAddScoped<TListener>();
        return services;
    }

    /// <summary>Adds a job that comes round at least <paramref name="every"/> so often.</summary>
    public static IServiceCollection AddJob<TJob>(this IServiceCollection services, TimeSpan every, bool wakes = false) where TJob : class, IJob
    {
        services.AddSingleton(new JobSchedule(typeof(TJob), every, wakes));
        services.TryAddScoped<TJob>();
        return services;
    }

    /// <summary>Adds the limits of a capability: its defaults, moved by the section of its name (<c>Customers__JudgementHalfLifeDays=90</c> in the environment).
    /// What cannot be read or does not hold stops the program at its first use, with a sentence.</summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, string section, Func<T, string?> wrong) where T : class, new()
    {
        services.AddSingleton(provider =>
        {
            var settings = provider.GetService<IConfiguration>()?.GetSection(section).Get<T>() ?? new T();
            return wrong(settings) is { } sentence ? throw new InvalidOperationException($"The setting {section}__{sentence}") : settings;
        });
        return services;
    }

    /// <summary>Points a context at the database, with the migrations that belong to it.</summary>
    public static void Configure(DbContextOptionsBuilder options, DatabaseAddress address)
    {
        options.UseSnakeCaseNamingConvention();
        // Counting up to a limit and taking any batch of what is to be dealt with need no order; what people see is ordered where it is read.
        options.ConfigureWarnings(w => w.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning));
        if (address.Postgres)
            options.UseNpgsql(address.ConnectionString, o => o.MigrationsAssembly("Rapport.Migrations.Postgres").UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery));
        else
            options.UseSqlite(address.ConnectionString, o => o.MigrationsAssembly("Rapport.Migrations.Sqlite").UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery))
                .AddInterceptors(new SqliteConnectionSetup());
    }

    private static T Shared<T>(IServiceCollection services) where T : class, new()
    {
        if (services.FirstOrDefault(s => s.ServiceType == typeof(T))?.ImplementationInstance is T existing) return existing;
        var made = new T();
        services.AddSingleton(made);
        return made;
    }
}
