using Rapport.Kernel.Database;

namespace Rapport.Cli;

/// <summary>Where a verb finds the database, and who it works as.</summary>
internal static class Where
{
    /// <summary>Whoever can read the database file is trusted with everything in it.</summary>
    public static Actor CommandLine { get; } = new(default, "Command line", Roles.Owner | Roles.Administrator | Roles.Member);

    /// <summary>From <c>RAPPORT_DATABASE</c>, else <c>RAPPORT_DATA</c>, else <c>./data</c>.</summary>
    /// <exception cref="CommandFailedException">The address is not one.</exception>
    public static DatabaseAddress Address()
    {
        try
        {
            return DatabaseAddress.Of(Environment.GetEnvironmentVariable("RAPPORT_DATABASE"), Folder());
        }
        catch (FormatException wrong)
        {
            throw new CommandFailedException(wrong.Message, Cli.CommandLine.Misused);
        }
    }

    /// <summary>The folder for what is not in the database.</summary>
    public static string Folder() => Environment.GetEnvironmentVariable("RAPPORT_DATA") is { Length: > 0 } folder ? folder : "data";

    /// <summary>Runs a verb against the database, which is brought to this version first; what happened is delivered by the server, or by the next verb.</summary>
    public static async Task<int> InDatabaseAsync(Func<IServiceProvider, Task<int>> run, CancellationToken ct)
    {
        await using var services = Services();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PrepareDatabase>().RunAsync(migratePostgres: false, ct);
        return await run(scope.ServiceProvider);
    }

    /// <summary>Every floor's services, with the settings of the environment, and warnings on the error stream.</summary>
    public static ServiceProvider Services() => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().Build())
        .AddLogging(log => log.AddFilter("Microsoft", LogLevel.None).SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace))
        .AddRapport(Address()).BuildServiceProvider();
}
