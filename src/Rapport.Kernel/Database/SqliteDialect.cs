using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Jobs;

namespace Rapport.Kernel.Database;

/// <summary>SQLite: one file, one writer at a time, nothing to install.</summary>
public sealed partial class SqliteDialect : Dialect
{
    internal static SqliteDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "SQLite";

    /// <inheritdoc/>
    public override bool TakesSeveralNodes => false;

    // A SQLite transaction of ours begins as IMMEDIATE: there is no other writer to keep out.
    /// <inheritdoc/>
    public override Task LockJournalAsync(RapportDb db, CancellationToken ct) => Task.CompletedTask;

    internal override async Task<bool> InsertIfAbsentAsync(RapportDb db, JobRow row, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO jobs (name, holder, held_until, next_at)
            VALUES ({row.Name}, {Conventions.ToBytes(row.Holder!.Value)}, {Microseconds(row.HeldUntil!.Value)}, {Microseconds(row.NextAt)})
            ON CONFLICT DO NOTHING
            """, ct) > 0;

    /// <summary>How moments lie in a SQLite column.</summary>
    public static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <inheritdoc/>
    public override object Stored(DateTimeOffset at) => Microseconds(at);

    /// <inheritdoc/>
    public override object Stored(Guid id) => Conventions.ToBytes(id);

    // SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE.
    internal override bool IsTaken(DbUpdateException failure) => failure.InnerException is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };
}
