using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Rapport.Kernel.Jobs;
using Rapport.Kernel.Search;

namespace Rapport.Kernel.Database;

/// <summary>Everything that SQLite and PostgreSQL do differently, and nowhere else.</summary>
public abstract partial class Dialect
{
    /// <summary>The name people know it by.</summary>
    public abstract string Name { get; }

    /// <summary>Several nodes may work on one database, each with files of its own.</summary>
    public abstract bool TakesSeveralNodes { get; }

    /// <summary>Keeps others from appending to the journal until this transaction ends; a deed that decides by what it reads, in bulk, takes it before it reads.</summary>
    public abstract Task LockJournalAsync(RapportDb db, CancellationToken ct);

    /// <summary>Inserts a job's row; false when another node was quicker.</summary>
    internal abstract Task<bool> InsertIfAbsentAsync(RapportDb db, JobRow row, CancellationToken ct);

    /// <summary>Makes things findable, or replaces how they are found.</summary>
    public Task IndexAsync(RapportDb db, IReadOnlyList<SearchDocument> documents, CancellationToken ct) =>
        IndexAsync(db, documents.Count < 500 ? [.. documents.DistinctLast().Select(IndexedDocument.Of)] : documents.DistinctLast().AsParallel().AsOrdered().WithCancellation(ct).Select(IndexedDocument.Of).ToList(), ct);

    /// <summary>The same for what was folded already. Each of them once.</summary>
    public abstract Task IndexAsync(RapportDb db, IReadOnlyList<IndexedDocument> documents, CancellationToken ct);

    /// <summary>Makes the words of messages findable; the same message again replaces its words.</summary>
    public abstract Task IndexAsync(RapportDb db, IReadOnlyList<MessageText> messages, CancellationToken ct);

    /// <summary>Makes things unfindable.</summary>
    public abstract Task UnindexAsync(RapportDb db, IReadOnlyList<SearchKey> keys, CancellationToken ct);

    /// <summary>Makes the words of messages unfindable.</summary>
    public abstract Task UnindexMessagesAsync(RapportDb db, IReadOnlyList<long> moments, CancellationToken ct);

    internal abstract Task<IReadOnlyList<SearchHit>> FindByWordsAsync(RapportDb db, SearchKind kind, SearchQuery query, bool begun, Actor by, int most, CancellationToken ct);

    internal abstract Task<IReadOnlyList<SearchHit>> FindInsideAsync(RapportDb db, SearchKind kind, SearchQuery query, Actor by, int most, CancellationToken ct);

    internal abstract Task<IReadOnlyList<long>> FindMessagesAsync(RapportDb db, SearchQuery query, bool begun, long before, int most, CancellationToken ct);

    internal abstract Task<IReadOnlyList<long>> FindMessagesAmongAsync(RapportDb db, SearchQuery query, IReadOnlyCollection<long> moments, CancellationToken ct);

    /// <summary>Whether it failed because another row has the same key.</summary>
    internal abstract bool IsTaken(DbUpdateException failure);

    /// <summary>The dialect of a context's options.</summary>
    internal static Dialect Of(DbContextOptions options) =>
        options.Extensions.OfType<RelationalOptionsExtension>().Single().GetType().Name.StartsWith("Npgsql", StringComparison.Ordinal)
            ? PostgresDialect.Instance
            : SqliteDialect.Instance;

    /// <summary>A command on the context's connection and transaction, for what EF cannot say.</summary>
    public static async Task<DbCommand> CommandAsync(RapportDb db, string sql, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    /// <summary>A moment as it lies in its column, for a command.</summary>
    public abstract object Stored(DateTimeOffset at);

    /// <summary>The same for an id, or a mark that is made like one.</summary>
    public abstract object Stored(Guid id);

    /// <summary>Rows behind <c>VALUES</c>, each value a parameter of the command.</summary>
    public static string Values(DbCommand command, IEnumerable<object?[]> rows) =>
        string.Join(", ", rows.Select(row => $"({string.Join(", ", row.Select(value => Add(command, $"@v{command.Parameters.Count}", value).ParameterName))})"));

    /// <summary>Adds a parameter; null becomes the database's null.</summary>
    public static DbParameter Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
        return parameter;
    }
}
