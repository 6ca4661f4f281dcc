using Rapport.Kernel.Search;

namespace Rapport.Kernel.Database;

public sealed partial class SqliteDialect
{
    /// <inheritdoc/>
    public override Task IndexAsync(RapportDb db, IReadOnlyList<SearchDocument> documents, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task IndexAsync(RapportDb db, IReadOnlyList<MessageText> messages, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task UnindexAsync(RapportDb db, IReadOnlyList<SearchKey> keys, CancellationToken ct) => Task.CompletedTask;
}
