using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Rapport.Demo;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests;

namespace Rapport.BrowserTests;

/// <summary>The real program with its jobs on a loopback port, on a database of its own. Its clock runs, from the same Tuesday morning in every run.</summary>
public sealed class Installation : IAsyncDisposable
{
    /// <summary>Everybody's password who has one.</summary>
    public const string Password = "tall ships sail at dawn";

    /// <summary>Tuesday 11 March 2031, ten in the morning in Berlin: a working day, and later than today, so that no cookie is over before it begins.</summary>
    public static DateTimeOffset Morning { get; } = new(2031, 3, 11, 9, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase database;
    private readonly WebApplication app;
    private readonly SemaphoreSlim links = new(1, 1);
    private readonly string domain;
    private int joined;

    private Installation(TestDatabase database, WebApplication app, string domain) => (this.database, this.app, this.domain) = (database, app, domain);

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>Who owns it; nobody before the first run.</summary>
    public Actor Owner { get; private set; } = null!;

    /// <summary>As it is when it was started for the first time.</summary>
    public static async Task<Installation> UnusedAsync() => await StartAsync(await TestDatabase.MakeAsync(), "harbourline.example");

    /// <summary>Set up, by Ada of "Harbourline Example", with nothing in it.</summary>
    public static async Task<Installation> EmptyAsync()
    {
        var installation = await UnusedAsync();
        var us = new NewInstallation("Harbourline Example", ["harbourline.example"], "Europe/Berlin", "Mo-Fr 09:00-17:00", "DE");
        var (owner, problems) = await installation.DoAsync<SetUpRapport, (Member? Owner, IReadOnlyList<Refusal> Problems)>(async deed =>
        {
            var (made, wrong) = await deed.RunAsync(new NewMember("Ada Harbour", "ada@harbourline.example", Password), us, default);
            return (made, [.. wrong]);
        });
        installation.Owner = owner?.Actor ?? throw new InvalidOperationException(string.Join(' ', problems.Select(p => p.Message)));
        return installation;
    }

    /// <summary>With the demo's year of life in it.</summary>
    public static async Task<Installation> DemoAsync()
    {
        var database = await TestDatabase.MakeAsync();
        var star = await SettleDemo.RunAsync(database.Address, seed: 1, Morning, (_, _) => { }, default);
        var installation = await StartAsync(database, star[(star.IndexOf('@', StringComparison.Ordinal) + 1)..]);
        installation.Owner = await installation.DoAsync<RapportDb, Actor>(async db => (await db.MemberAsync(star, default))!.Actor);
        return installation;
    }

    /// <summary>Runs one operation of the program in a scope of its own.</summary>
    public async Task<T> DoAsync<TDeed, T>(Func<TDeed, Task<T>> run) where TDeed : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<TDeed>());
    }

    /// <summary>Somebody new who works here.</summary>
    public async Task<Actor> MemberAsync(string name, Roles roles = Roles.Member) =>
        (await DoAsync<AdmitMember, Member>(deed => deed.RunAsync(name, $"member-{Interlocked.Increment(ref joined)}@{domain}", roles, Owner, default).OrFailAsync())).Actor;

    /// <summary>Signs somebody in, in that window, by the link that the command line makes.</summary>
    public async Task SignInAsync(IBrowserContext window, Actor member)
    {
        // A new link for somebody ends the one before, so one at a time.
        await links.WaitAsync();
        try
        {
            var link = await DoAsync<IServiceProvider, string>(async services =>
            {
                var known = (await services.GetRequiredService<RapportDb>().Set<Member>().SingleAsync(m => m.Id == member.Id))!;
                return (await services.GetRequiredService<MakeMemberLink>().SignInAsync(known, Owner, default).OrFailAsync()).Path;
            });
            await window.APIRequest.GetAsync(new Uri(Address, link).AbsoluteUri, new() { MaxRedirects = 0 });
        }
        finally
        {
            links.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await database.DisposeAsync();
        links.Dispose();
    }

    private static async Task<Installation> StartAsync(TestDatabase database, string domain)
    {
        var app = RapportApp.Build([], database.Address, builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new ClockFrom(Morning)));
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        });
        await app.StartAsync();
        return new(database, app, domain);
    }

    /// <summary>A clock that goes as this machine's does, from another moment.</summary>
    private sealed class ClockFrom(DateTimeOffset moment) : TimeProvider
    {
        private readonly long started = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => moment + System.GetElapsedTime(started);
    }
}
