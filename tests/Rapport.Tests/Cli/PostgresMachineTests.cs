using System.Net;
using System.Net.Sockets;
using Npgsql;
using Rapport.Kernel.Database;

namespace Rapport.Tests.Cli;

/// <summary>A PostgreSQL that is not there, goes away and comes back, met by the real program. A server of its own, because it is stopped.</summary>
[Trait("Runs", "on both databases")]
[TakesLong]
public sealed class PostgresMachineTests : IDisposable
{
    private readonly RealProgram rapport = new();
    private readonly string folder = Directory.CreateTempSubdirectory("rapport-postgres-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        rapport.Dispose();
        if (File.Exists(Path.Combine(folder, "PG_VERSION"))) Server("stop", folder);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_server_that_goes_away_is_said_and_found_again_when_it_returns()
    {
        Assert.SkipUnless(TestDatabase.OnPostgres, "This run is on SQLite.");
        var port = FreePort();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        Server("start", folder, $"{port}");
        rapport.Settings["RAPPORT_DATABASE"] = $"postgres://postgres@127.0.0.1:{port}/rapport?Timeout=3";
        Assert.Equal(0, (await rapport.RunAsync("migrate")).Code);
        var (browser, said) = await rapport.ServeAsync();
        using var _ = browser;
        Assert.Equal(HttpStatusCode.Found, (await RealProgram.SetUpAsync(browser, RealProgram.LinkIn(said), "Harbourline Example")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/settings", Ct)).StatusCode);

        Server("stop", folder);
        await RealProgram.UntilAsync(browser, HttpStatusCode.ServiceUnavailable, "database");
        var page = await browser.GetAsync("/members", Ct);
        var html = await page.Content.ReadAsStringAsync(Ct);
        Assert.True(page.StatusCode == HttpStatusCode.ServiceUnavailable, $"{page.StatusCode}: {html}");
        Assert.Contains("Rapport cannot work at the moment", html);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health/live", Ct)).StatusCode);
        Assert.Contains("PostgreSQL", await rapport.RefusedAsync(1, "member", "list"));

        Server("start", folder, $"{port}");
        await RealProgram.UntilAsync(browser, HttpStatusCode.OK, "Healthy");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/settings", Ct)).StatusCode);
        Assert.Contains("Ada Harbour", (await rapport.RunAsync("member", "list")).Output);
    }

    [Fact]
    public async Task A_connection_string_of_either_kind_chooses_the_database_and_a_wrong_one_is_one_sentence()
    {
        Assert.SkipUnless(TestDatabase.OnPostgres, "This run is on SQLite.");
        await using var database = await TestDatabase.MakeAsync();
        var server = new NpgsqlConnectionStringBuilder(database.Address.ConnectionString);
        rapport.Settings["RAPPORT_DATABASE"] = $"Host={server.Host};Port={server.Port};Username={server.Username};Database={server.Database}";
        Assert.Equal(0, (await rapport.RunAsync("member", "list")).Code);
        rapport.Settings["RAPPORT_DATABASE"] = $"postgres://{server.Username}@{server.Host}:{server.Port}/{server.Database}";
        Assert.Equal(0, (await rapport.RunAsync("member", "list")).Code);
        Assert.False(File.Exists(rapport.File));
        rapport.Settings["RAPPORT_DATABASE"] = $"postgres://{server.Username}@{server.Host}:{FreePort()}/{server.Database}?Timeout=3";
        Assert.Contains("cannot be reached", await rapport.RefusedAsync(1, "serve", "--urls", "http://127.0.0.1:0"));
        rapport.Settings["RAPPORT_DATABASE"] = $"mysql://{server.Host}/rapport";
        Assert.Contains("is not a connection string", await rapport.RefusedAsync(2, "member", "list"));
    }

    [Fact]
    public async Task A_migration_takes_the_time_it_needs_and_a_question_that_is_not_answered_in_time_is_said_to_be_that()
    {
        Assert.SkipUnless(TestDatabase.OnPostgres, "This run is on SQLite.");
        await using var database = await TestDatabase.MakeAsync();
        var patience = new NpgsqlConnectionStringBuilder(database.Address.ConnectionString) { CommandTimeout = 1, Pooling = false };
        await using NpgsqlConnection watches = new(patience.ConnectionString), other = new(patience.ConnectionString);
        await watches.OpenAsync(Ct);
        await other.OpenAsync(Ct);
        var late = await Assert.ThrowsAnyAsync<NpgsqlException>(() => AskAsync(watches, "SELECT pg_sleep(60)"));
        Assert.Equal("The database did not answer in time.", DatabaseTrouble.Of(late, database.Address)!.Short);

        await AskAsync(watches, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        await using var holds = await other.BeginTransactionAsync(Ct);
        await AskAsync(other, "CREATE EXTENSION pg_trgm");
        rapport.Settings["RAPPORT_DATABASE"] = patience.ConnectionString;
        var migration = rapport.RunAsync("migrate");
        while (!migration.IsCompleted && !(bool)(await AskAsync(watches, "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND clock_timestamp() - query_start > interval '2 s') FROM pg_sleep(0.05)"))!) { }
        await holds.RollbackAsync(Ct);
        Assert.Equal(0, (await migration).Code);

        static async Task<object?> AskAsync(NpgsqlConnection connection, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(Ct);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    internal static void Server(params string[] args) => Bin.Run("postgres", args);
}
