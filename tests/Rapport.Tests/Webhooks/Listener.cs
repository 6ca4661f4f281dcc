using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;
using Rapport.Webhooks;

namespace Rapport.Tests.Webhooks;

/// <summary>What a listener was told.</summary>
internal sealed record Heard(string Path, string Id, string Timestamp, string Signature, string Body)
{
    public string Type => System.Text.Json.JsonDocument.Parse(Body).RootElement.GetProperty("type").GetString()!;
}

/// <summary>Another program: a web server on loopback that answers each path as a test wants.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<Heard> heard = [];

    private Listener(WebApplication app) => this.app = app;

    /// <summary>How a path answers; with 200 where nothing is said.</summary>
    public Dictionary<string, Func<HttpContext, Task>> Answers { get; } = [];

    public static async Task<Listener> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var listener = new Listener(builder.Build());
        listener.app.Run(listener.HearAsync);
        await listener.app.StartAsync(TestContext.Current.CancellationToken);
        return listener;
    }

    public string Url(string path) => app.Urls.First() + path;

    public List<Heard> At(string path)
    {
        lock (heard) return heard.FindAll(h => h.Path == path);
    }

    private async Task HearAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var head = http.Request.Headers;
        lock (heard) heard.Add(new(http.Request.Path, head["webhook-id"]!, head["webhook-timestamp"]!, head["webhook-signature"]!, body));
        if (Answers.TryGetValue(http.Request.Path, out var answer)) await answer(http);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }
}

/// <summary>The program on a database that others use as well, by a clock that a test moves; it hears and tells only when a test says so.</summary>
internal sealed class TellingNode(WebApplication app) : IAsyncDisposable
{
    public Uri Address => new(app.Urls.First());

    public static async Task<TellingNode> StartAsync(RapportFixture rapport, params (string Name, string Value)[] settings)
    {
        var app = RapportApp.Build([], rapport.Services.GetRequiredService<DatabaseAddress>(), builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(rapport.Clock));
            builder.Services.RemoveAll<IHostedService>();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            (builder.Configuration["Webhooks:AllowPrivateAddresses"], builder.Configuration["Webhooks:TimeoutSeconds"]) = ("true", "1");
            foreach (var (name, value) in settings) builder.Configuration[name] = value;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app);
    }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public async Task<T> WithAsync<TDeed, T>(Func<TDeed, Task<T>> run) where TDeed : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<TDeed>());
    }

    /// <summary>Hears what happened.</summary>
    public Task HearAsync() => Get<RunJobs>().RunDueAsync(woken: true, TestContext.Current.CancellationToken);

    /// <summary>Tells everybody what is due.</summary>
    public async Task TellAsync()
    {
        await Get<WebhookRounds>().GoRoundAsync(TestContext.Current.CancellationToken);
        await Get<WebhookRounds>().EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
