using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rapport.Kernel.Database;

namespace Rapport.Tests;

/// <summary>A database of a test class's own: a copy of one that was migrated once. SQLite, or PostgreSQL when <c>RAPPORT_TEST_DATABASE</c> says so.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Whether this run is on PostgreSQL.</summary>
    public static bool OnPostgres { get; } = Environment.GetEnvironmentVariable("RAPPORT_TEST_DATABASE") == "postgres";

    /// <summary>The folder for what lasts as long as the run.</summary>
    internal static readonly string Run = Path.Combine(Path.GetTempPath(), $"rapport-tests-{Environment.ProcessId}");
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static DatabaseAddress? template;
    private static int made;

    // What all tests of a run were copied from goes when the last of them is over.
    static TestDatabase() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        if (Directory.Exists(Run)) Directory.Delete(Run, recursive: true);
        if (template is { Postgres: true }) Execute($"DROP DATABASE IF EXISTS {TemplateName} WITH (FORCE)");
    };

    private TestDatabase(DatabaseAddress address) => Address = address;

    /// <summary>Where it is.</summary>
    public DatabaseAddress Address { get; }

    /// <summary>Makes one that is migrated and empty.</summary>
    public static async Task<TestDatabase> MakeAsync()
    {
        await Gate.WaitAsync();
        try
        {
            template ??= await MakeTemplateAsync();
            var name = $"rapport_{Environment.ProcessId}_{++made}";
            if (!OnPostgres)
            {
                var folder = Path.Combine(Run, name);
                Directory.CreateDirectory(folder);
                var address = DatabaseAddress.Of(null, folder);
                File.Copy(template.File!, address.File!);
                return new(address);
            }
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {TemplateName}");
            return new(DatabaseAddress.Of($"{Server};Database={name}", Path.Combine(Run, name)));
        }
        finally
        {
            Gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Address.Postgres)
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(Address.ConnectionString).Database} WITH (FORCE)");
            return;
        }
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path.GetDirectoryName(Address.File!)!, recursive: true);
    }

    private static string Server => Environment.GetEnvironmentVariable("RAPPORT_TEST_POSTGRES")
        ?? throw new InvalidOperationException("RAPPORT_TEST_DATABASE is postgres, but RAPPORT_TEST_POSTGRES names no server. ./test starts one.");

    private static string TemplateName => $"rapport_template_{Environment.ProcessId}";

    private static async Task<DatabaseAddress> MakeTemplateAsync()
    {
        var address = OnPostgres ? DatabaseAddress.Of($"{Server};Database={TemplateName};Pooling=false", Path.Combine(Run, "template")) : DatabaseAddress.Of(null, Path.Combine(Run, "template"));
        if (OnPostgres) await ExecuteAsync($"CREATE DATABASE {TemplateName}");
        await using var services = new ServiceCollection().AddLogging().AddRapport(address).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PrepareDatabase>().RunAsync(migratePostgres: true, CancellationToken.None);
        if (!OnPostgres)
        {
            // Copied as a file, so nothing may be left in the write-ahead log.
            SqliteConnection.ClearAllPools();
            await using var connection = new SqliteConnection(address.ConnectionString);
            await connection.OpenAsync();
            await using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await checkpoint.ExecuteNonQueryAsync();
            SqliteConnection.ClearPool(connection);
        }
        return address;
    }

    private static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection($"{Server};Database=postgres;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{Server};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
