using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Cli;

/// <summary><c>rapport serve</c>: the program that browsers and programs speak to.</summary>
internal static class ServeCommand
{
    private const string UsualAddress = "http://localhost:5080";

    public static Command Build()
    {
        var urls = new Option<string?>("--urls") { Description = $"Where to listen, several with ';' between; else ASPNETCORE_URLS, else {UsualAddress}.", HelpName = "address" };
        var command = new Command("serve", "Serves Rapport until Ctrl+C; on the first run prints a one-time link to set it up.") { urls };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(urls), Where.Address(), WelcomeAsync, parsed.InvocationConfiguration.Output, ct));
        return command;
    }

    /// <summary>Serves a database until it is stopped. <paramref name="greet"/> is asked, with the address, for what to say once it listens; null for nothing.</summary>
    internal static async Task<int> RunAsync(string? urls, DatabaseAddress database, Func<IServiceProvider, string, CancellationToken, Task<string?>> greet, TextWriter output, CancellationToken ct)
    {
        urls ??= Environment.GetEnvironmentVariable("ASPNETCORE_URLS") is { Length: > 0 } fromEnvironment ? fromEnvironment : UsualAddress;
        await using var app = RapportApp.Build([], database, builder => builder.WebHost.UseUrls(urls));
        // Both take a good part of a start, and neither needs the other.
        var routes = Task.Run(() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints, ct);
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<PrepareDatabase>().RunAsync(migratePostgres: false, ct);
        await routes;
        await StartAsync(app, urls, ct);

        var address = Visitable(app.Urls.First());
        await output.WriteLineAsync($"Rapport listens on {address}");
        await using (var scope = app.Services.CreateAsyncScope())
            if (await greet(scope.ServiceProvider, address, ct) is { } greeting) await output.WriteLineAsync(greeting);
        await output.FlushAsync(ct);
        await app.WaitForShutdownAsync(ct);
        return CommandLine.Done;
    }

    private static async Task<string?> WelcomeAsync(IServiceProvider services, string address, CancellationToken ct) =>
        await services.GetRequiredService<MakeWelcomeLink>().RunAsync(ct) is { } path ? $"Open this link within 24 hours to set it up: {address}{path}" : null;

    private static async Task StartAsync(WebApplication app, string urls, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await EndAsync(app);
            throw new CommandFailedException($"Another program listens on {urls} already. Stop it, or take another port with --urls http://localhost:5081.");
        }
        catch (Exception wrong) when (wrong is FormatException or UriFormatException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            await EndAsync(app);
            throw new CommandFailedException($"Rapport cannot listen on {urls}: {wrong.Message.Split('\n')[0]}", CommandLine.Misused);
        }
    }

    // What works beside the server had begun already, and would find everything gone in the midst of it.
    private static Task EndAsync(WebApplication app) => app.StopAsync(CancellationToken.None);

    // Listening on every address is not an address that one can open.
    private static string Visitable(string url) =>
        url.TrimEnd('/').Replace("://[::]", "://localhost", StringComparison.Ordinal).Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal);
}
