using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Rapport.Kernel.Database;

/// <summary>The database cannot be used, and one sentence says why and what to do.</summary>
public sealed class DatabaseUnusableException : Exception
{
    /// <summary>With the sentence that is shown.</summary>
    public DatabaseUnusableException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>Brings the database to this version: SQLite by itself, after copying the file; PostgreSQL only when told to.</summary>
public sealed partial class PrepareDatabase(RapportDb db, DatabaseAddress address, ILogger<PrepareDatabase> log)
{
    /// <summary>Migrates SQLite, or checks that PostgreSQL has been migrated.</summary>
    /// <param name="migratePostgres">Also migrate PostgreSQL: <c>rapport migrate</c>, or a database that is still empty.</param>
    /// <param name="ct">Stops between migrations.</param>
    /// <exception cref="DatabaseUnusableException">It cannot be reached, read or written, or waits for <c>rapport migrate</c>.</exception>
    public async Task RunAsync(bool migratePostgres, CancellationToken ct)
    {
        try
        {
            if (address.File is { } file) MakeFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
            var (fresh, ours) = (applied.Count == 0, db.Database.GetMigrations().ToList());
            // Migrations are called by the time they were made, and the first one stands for those before it.
            if (!fresh && string.CompareOrdinal(applied[^1], ours[^1]) > 0)
                throw new DatabaseUnusableException("The database is of a newer version than this Rapport, which therefore leaves it alone. Run the newer version, or restore the copy made before its update.");
            if (!fresh && !applied.Contains(ours[0]))
                throw new DatabaseUnusableException("The database was made before the first version that updates start from. Begin in another folder (RAPPORT_DATA) or database, and import again what it was made from.");
            var pending = ours.Except(applied).ToList();
            if (pending.Count == 0)
            {
                await CheckWritableAsync(ct);
                return;
            }
            if (address.Postgres && !fresh && !migratePostgres)
                throw new DatabaseUnusableException("The database is of an older version. Back it up, then run 'rapport migrate'.");
            if (address.File is { } existing && !fresh) await CopyFirstAsync(existing, ct);
            if (address.File is not null && fresh) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
            if (await MigrationLock.IsLeftBehindAsync(db, ct))
                throw new DatabaseUnusableException("An earlier migration was killed half-way and left its lock behind. Restore the copy made before it, or, if no other Rapport is migrating, run 'rapport migrate --unlock'.");
            await MigrateAsync(ct);
            LogMigrated(pending.Count);
        }
        catch (Exception e) when (e is not DatabaseUnusableException && DatabaseTrouble.Of(e, address) is { } trouble)
        {
            throw new DatabaseUnusableException(trouble.Sentence, e);
        }
    }

    private async Task MigrateAsync(CancellationToken ct)
    {
        if (address.Postgres)
        {
            // An index of millions of rows takes minutes, and a migration cut off there would never come through.
            db.Database.SetCommandTimeout(0);
            await db.Database.MigrateAsync(ct);
            return;
        }
        // What it sorts lies in files as far as the cache does not hold it: in memory, as for all else, rebuilding the index of a million documents would take gigabytes.
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA temp_store = FILE", ct);
        await db.Database.MigrateAsync(ct);
        await db.Database.CloseConnectionAsync();
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            OwnFolder.Make(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnusableException($"The folder {folder} cannot be made or used: {e.Message.TrimEnd('.')}. Name another with RAPPORT_DATA.", e);
        }
    }

    // Whoever may read but not write is told at once, not with the first change.
    private async Task CheckWritableAsync(CancellationToken ct)
    {
        if (address.File is null) return;
        await using var write = await Dialect.CommandAsync(db, "BEGIN IMMEDIATE; PRAGMA user_version; ROLLBACK", ct);
        await write.ExecuteNonQueryAsync(ct);
    }

    private async Task CopyFirstAsync(string file, CancellationToken ct)
    {
        var copy = $"{file}.before-{typeof(PrepareDatabase).Assembly.GetName().Version?.ToString(3)}";
        if (File.Exists(copy)) return;
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}", ct);
        LogCopied(copy);
    }

    [LoggerMessage(LogLevel.Information, "The database was brought to this version by {Count} migrations")]
    private partial void LogMigrated(int count);

    [LoggerMessage(LogLevel.Information, "The database was copied to {Copy} before its migration")]
    private partial void LogCopied(string copy);
}
