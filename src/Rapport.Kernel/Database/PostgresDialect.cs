using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rapport.Kernel.Jobs;

namespace Rapport.Kernel.Database;

/// <summary>PostgreSQL: for several nodes on one database.</summary>
public sealed partial class PostgresDialect : Dialect
{
    // Any number, the same on every node.
    private const long JournalLock = 7_216_701;

    internal static PostgresDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "PostgreSQL";

    /// <inheritdoc/>
    public override bool TakesSeveralNodes => true;

    /// <inheritdoc/>
    public override Task LockJournalAsync(RapportDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({JournalLock})", ct);

    internal override async Task<bool> InsertIfAbsentAsync(RapportDb db, JobRow row, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO jobs (name, holder, held_until, next_at) VALUES ({row.Name}, {row.Holder}, {row.HeldUntil}, {row.NextAt})
            ON CONFLICT DO NOTHING
            """, ct) > 0;

    /// <inheritdoc/>
    public override object Stored(DateTimeOffset at) => at.ToUniversalTime();

    /// <inheritdoc/>
    public override object Stored(Guid id) => id;

    internal override bool IsTaken(DbUpdateException failure) => failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
