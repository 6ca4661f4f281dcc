using System.Net;
using Microsoft.Data.Sqlite;

namespace Rapport.Tests.Cli;

/// <summary>A database that is held, newer or half made, met by the real program: one sentence and an exit code, nothing half written, and it goes on by itself when the cause is gone.</summary>
[TakesLong]
public sealed class MachineTests : IDisposable
{
    private readonly RealProgram rapport = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => rapport.Dispose();

    [Fact]
    public async Task A_folder_that_is_a_file_is_one_sentence()
    {
        var file = Path.Combine(rapport.Folder, "notes.txt");
        await File.WriteAllTextAsync(file, "no folder", Ct);
        rapport.Folder = file;
        Assert.Contains("RAPPORT_DATA", await rapport.RefusedAsync(1, "member", "list"));
    }

    [Fact]
    public async Task A_database_that_another_program_holds_is_said_while_it_lasts()
    {
        var (browser, said) = await rapport.ServeAsync();
        using var _ = browser;
        var link = RealProgram.LinkIn(said);
        await using (var other = new SqliteConnection($"Data Source={rapport.File};Pooling=false"))
        {
            await other.OpenAsync(Ct);
            await using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync(Ct);
            var (sentence, page, ready) = (rapport.RefusedAsync(1, "member", "add", "ben@harbourline.example"), RealProgram.SetUpAsync(browser, link, "Harbourline Example"), RealProgram.UntilAsync(browser, HttpStatusCode.ServiceUnavailable, "locked"));
            Assert.Contains("locked by another program", await sentence);
            var answer = await page;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("locked by another program", await answer.Content.ReadAsStringAsync(Ct));
            await ready;
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health/live", Ct)).StatusCode);
        }
        await RealProgram.UntilAsync(browser, HttpStatusCode.OK, "Healthy");
        Assert.Equal(HttpStatusCode.Found, (await RealProgram.SetUpAsync(browser, link, "Harbourline Example")).StatusCode);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        Assert.Equal(0, (await rapport.RunAsync("migrate")).Code);
        await ExecuteAsync("INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_FromTheFuture', '99.0.0')");
        Assert.Contains("newer version", await rapport.RefusedAsync(1, "serve", "--urls", "http://127.0.0.1:0"));
        Assert.Contains("newer version", await rapport.RefusedAsync(1, "migrate"));
    }

    [Fact]
    public async Task A_database_that_went_through_what_the_first_migration_stands_for_is_taken_and_one_that_did_not_is_left_alone()
    {
        Assert.Equal(0, (await rapport.RunAsync("migrate")).Code);
        await ExecuteAsync("INSERT INTO __EFMigrationsHistory VALUES ('20261123000000_Initial', '10.0.0')");
        Assert.Equal(0, (await rapport.RunAsync("migrate")).Code);
        await ExecuteAsync("DELETE FROM __EFMigrationsHistory WHERE migration_id > '20261123000000_Initial'");
        Assert.Contains("Begin in another folder", await rapport.RefusedAsync(1, "serve", "--urls", "http://127.0.0.1:0"));
    }

    [Fact]
    public async Task A_migration_that_was_killed_is_explained_and_goes_on_when_told_to()
    {
        await KillWhileItMigratesAsync();
        Assert.Contains("migrate --unlock", await rapport.RefusedAsync(1, "member", "list"));
        var unlocked = await rapport.RunAsync("migrate", "--unlock");
        Assert.True(unlocked.Code == 0, unlocked.Error);
        var verified = await rapport.RunAsync("journal", "verify");
        Assert.True(verified.Code == 0, verified.Error);
    }

    // A run that was over before anybody looked is done again from the start.
    private async Task KillWhileItMigratesAsync()
    {
        for (var tries = 1; !await IsLockedAsync(); tries++)
        {
            Assert.True(tries <= 20, "No migration was ever seen to hold the lock.");
            foreach (var file in Directory.GetFiles(rapport.Folder, "rapport.db*")) File.Delete(file);
            using var killed = rapport.Start("migrate");
            while (!killed.HasExited && !await IsLockedAsync()) await Task.Delay(5, Ct);
            killed.Kill();
            await killed.WaitForExitAsync(Ct);
        }
    }

    private async Task<bool> IsLockedAsync()
    {
        try
        {
            return File.Exists(rapport.File) && await CountAsync("SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'") > 0 && await CountAsync("SELECT count(*) FROM __EFMigrationsLock") > 0;
        }
        catch (SqliteException)
        {
            // It is just being written.
            return false;
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={rapport.File};Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={rapport.File};Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
