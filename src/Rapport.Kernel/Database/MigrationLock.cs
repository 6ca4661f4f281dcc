using Microsoft.EntityFrameworkCore;

namespace Rapport.Kernel.Database;

/// <summary>EF takes a lock row in SQLite while it migrates; a killed migration leaves it, and the next would wait for ever.</summary>
public static class MigrationLock
{
    /// <summary>Whether the row is there. PostgreSQL's lock goes with its connection and is never left behind.</summary>
    public static async Task<bool> IsLeftBehindAsync(RapportDb db, CancellationToken ct)
    {
        if (db.Dialect is not SqliteDialect) return false;
        await using var exists = await Dialect.CommandAsync(db, "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'", ct);
        if ((long)(await exists.ExecuteScalarAsync(ct))! == 0) return false;
        await using var held = await Dialect.CommandAsync(db, "SELECT count(*) FROM __EFMigrationsLock", ct);
        return (long)(await held.ExecuteScalarAsync(ct))! > 0;
    }

    /// <summary>Takes the row away. Only for when no other program is migrating.</summary>
    public static async Task RemoveAsync(RapportDb db, CancellationToken ct)
    {
        if (await IsLeftBehindAsync(db, ct)) await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", ct);
    }
}
