using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;
using Rapport.Members;

namespace Rapport.Tests;

/// <summary>The real program on a loopback port, with a database of its own, a clock that stands still until a test moves it, and jobs that run only when a test says so.</summary>
public sealed class RapportFixture : IAsyncLifetime
{
    private TestDatabase database = null!;
    private WebApplication? app;
    private SignedInClients? members;

    /// <summary>Monday 23 November 2026, ten in the morning in Berlin.</summary>
    public static DateTimeOffset Monday { get; } = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The program's clock.</summary>
    public FakeTimeProvider Clock { get; } = new(Monday);

    /// <summary>Where the program listens.</summary>
    public Uri Address => new(app!.Urls.First());

    /// <summary>The routes as the program mapped them.</summary>
    public IEndpointRouteBuilder Routes => app!;

    /// <summary>The program's services.</summary>
    public IServiceProvider Services => app!.Services;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.MakeAsync();
        app = RapportApp.Build([], database.Address, builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            builder.Services.RemoveAll<IHostedService>();
            // A password that is worth nothing to anybody needs no tenth of a second of a processor for each sign-in.
            builder.Services.Configure<PasswordHasherOptions>(o => o.IterationCount = 1_000);
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        });
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        members?.Dispose();
        if (app is not null) await app.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>A browser that is nobody yet; it keeps cookies and does not follow redirects.</summary>
    public HttpClient Client() => new(new KeepsCookies()) { BaseAddress = Address };

    /// <summary>The members that tests work as.</summary>
    public SignedInClients Members => members ??= new(this);

    /// <summary>Makes the installation "Harbourline Example" (harbourline.example, Europe/Berlin, DE) with its owner, once.</summary>
    public Task SetUpAsync() => Members.SetUpAsync();

    /// <summary>A browser in which a member with these roles is signed in.</summary>
    public Task<HttpClient> SignedInAsync(Roles roles) => Members.SignedInAsync(roles);

    /// <summary>A member with these roles.</summary>
    public Task<Actor> ActorAsync(Roles roles) => Members.ActorAsync(roles);

    /// <summary>A program that acts for the owner by a token.</summary>
    public Task<HttpClient> TokenClientAsync(TokenScope scope) => Members.TokenClientAsync(scope);

    /// <summary>Runs something in a scope of its own, as one operation of the program would.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> run)
    {
        await using var scope = Services.CreateAsyncScope();
        return await run(scope.ServiceProvider);
    }

    /// <summary>Runs something in a scope of its own.</summary>
    public Task InScopeAsync(Func<IServiceProvider, Task> run) => InScopeAsync(async services => { await run(services); return true; });

    /// <summary>Runs something against the database in a scope of its own.</summary>
    public Task<T> InDatabaseAsync<T>(Func<RapportDb, Task<T>> run) => InScopeAsync(services => run(services.GetRequiredService<RapportDb>()));

    /// <summary>Delivers what happened and runs every job that is due, as the worker would.</summary>
    public Task RunJobsAsync() => Services.GetRequiredService<RunJobs>().RunDueAsync(woken: true, TestContext.Current.CancellationToken);
}
