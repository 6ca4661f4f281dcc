using System.CommandLine;
using Rapport.Kernel.Database;

namespace Rapport.Cli;

/// <summary><c>rapport migrate</c>: brings the database to this version.</summary>
internal static class MigrateCommand
{
    public static Command Build()
    {
        var unlock = new Option<bool>("--unlock") { Description = "First take away the lock that a killed migration left behind. Only when no other Rapport is migrating." };
        var command = new Command("migrate", "Brings the database to this version. SQLite does so by itself at start; PostgreSQL waits for this.") { unlock };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(unlock), parsed.InvocationConfiguration.Output, ct));
        return command;
    }

    private static async Task<int> RunAsync(bool unlock, TextWriter output, CancellationToken ct)
    {
        await using var services = Where.Services();
        await using var scope = services.CreateAsyncScope();
        if (unlock) await MigrationLock.RemoveAsync(scope.ServiceProvider.GetRequiredService<RapportDb>(), ct);
        await scope.ServiceProvider.GetRequiredService<PrepareDatabase>().RunAsync(migratePostgres: true, ct);
        await output.WriteLineAsync("The database is of this version.");
        return CommandLine.Done;
    }
}
