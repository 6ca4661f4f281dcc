using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

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
            if (address.File is { } file) Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var fresh = !(await db.Database.GetAppliedMigrationsAsync(ct)).Any();
            var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
            if (pending.Count == 0) return;
            if (address.Postgres && !fresh && !migratePostgres)
                throw new DatabaseUnusableException("The database is of an older version. Back it up, then run 'rapport migrate'.");
            if (address.File is { } existing && !fresh) await CopyFirstAsync(existing, ct);
            if (address.File is not null && fresh) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
            if (await MigrationLock.IsLeftBehindAsync(db, ct))
                throw new DatabaseUnusableException("An earlier migration was killed half-way and left its lock behind. Restore the copy made before it, or, if no other Rapport is migrating, run 'rapport migrate --unlock'.");
            await db.Database.MigrateAsync(ct);
            LogMigrated(pending.Count);
        }
        catch (Exception e) when (Explain(e, address) is { } sentence)
        {
            throw new DatabaseUnusableException(sentence, e);
        }
    }

    /// <summary>The sentence for a database that fails for a reason outside Rapport; null for anything else.</summary>
    public static string? Explain(Exception failure, DatabaseAddress address)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case SqliteException { SqliteErrorCode: 8 }: return $"The database file {address.File} is read-only. Make it and its folder writable for this user.";
                case SqliteException { SqliteErrorCode: 5 or 6 }: return $"The database file {address.File} is locked by another program. Stop it, or wait until it is done, and try again.";
                case SqliteException { SqliteErrorCode: 13 }: return $"The disk that holds {address.File} is full. Nothing was half written; free some space and try again.";
                case SqliteException { SqliteErrorCode: 14 }: return $"The database file {address.File} cannot be opened. Check that the folder exists and is writable, or name another with RAPPORT_DATA.";
                case SqliteException { SqliteErrorCode: 26 or 11 }: return $"{address.File} is not a healthy Rapport database. Restore it from your last backup, or move it away to start afresh.";
                case PostgresException { SqlState: "28P01" or "28000" }: return "PostgreSQL refuses the user or password in RAPPORT_DATABASE.";
                case PostgresException { SqlState: "3D000" }: return "The PostgreSQL database named in RAPPORT_DATABASE does not exist. Create it, then try again.";
                case PostgresException { SqlState: "53100" }: return "PostgreSQL's disk is full. Nothing was half written; free some space and try again.";
                case NpgsqlException when e is not PostgresException: return "PostgreSQL cannot be reached at the address in RAPPORT_DATABASE. Check that it runs and that host and port are right.";
                case UnauthorizedAccessException or DirectoryNotFoundException: return $"{e.Message} Name a folder that this user may write to with RAPPORT_DATA.";
                case IOException when address.File is not null && e.Message.Contains("space", StringComparison.OrdinalIgnoreCase): return $"The disk that holds {address.File} is full. Nothing was half written; free some space and try again.";
            }
        }
        return null;
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
