using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Customers.Import;

/// <summary>What a batch of rows will write, read off for good: while it is written, the next batch is decided upon and may change the same people.</summary>
internal sealed class PlannedPeople
{
    /// <summary>What it was made from.</summary>
    public required IReadOnlyList<SourceRow> Rows { get; init; }

    /// <summary>Everybody it knows, for the batch behind it.</summary>
    public required KnownParties Known { get; init; }

    /// <summary>What becomes of its rows.</summary>
    public required ImportCounts Counts { get; init; }

    /// <summary>What is added, in the order of writing: parties and what belongs to them, the ledger, the rows with problems.</summary>
    public required IReadOnlyList<BulkRows> Added { get; init; }

    /// <summary>What is changed.</summary>
    public required IReadOnlyList<BulkRows> Changed { get; init; }

    /// <summary>How those who are made are found.</summary>
    public required IReadOnlyList<IndexedDocument> Documents { get; init; }

    /// <summary>Those known before who have another tier by it.</summary>
    public required IReadOnlyList<PartyId> Retiered { get; init; }

    /// <summary>People known before who have other places by it.</summary>
    public required IReadOnlyList<PartyId> Moved { get; init; }

    /// <summary>Those who are changed and must be found otherwise; who belongs to them only the database knows.</summary>
    public required IReadOnlyCollection<PartyId> ToIndex { get; init; }
}
