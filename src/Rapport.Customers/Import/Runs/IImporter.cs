namespace Rapport.Customers.Import;

/// <summary>What an import would do, before it does it.</summary>
/// <param name="Kind">What it is an import of.</param>
/// <param name="Format">What the file was read as, in words.</param>
/// <param name="Counts">What would become of the rows that were looked at.</param>
/// <param name="Whole">Whether all of the file was looked at.</param>
/// <param name="Mapping">What the columns hold; null where there are none.</param>
/// <param name="Rows">The first rows.</param>
/// <param name="Notes">What else is worth knowing, a sentence each.</param>
public sealed record ImportPreview(ImportKind Kind, string Format, ImportCounts Counts, bool Whole, PeopleMapping? Mapping, IReadOnlyList<PreviewRow> Rows, IReadOnlyList<string> Notes);

/// <summary>What would become of a row.</summary>
/// <param name="Row">The row in the file; the first is 1.</param>
/// <param name="Cells">What stands in it.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Why">In a sentence.</param>
/// <param name="Flawed">Some of it cannot be used; the rest is.</param>
public sealed record PreviewRow(int Row, IReadOnlyList<string> Cells, RowFate Fate, string Why, bool Flawed = false);

/// <summary>What becomes of a row.</summary>
public enum RowFate
{
    /// <summary>It makes somebody new.</summary>
    Created,
    /// <summary>It changes somebody who is here.</summary>
    Changed,
    /// <summary>It says nothing new.</summary>
    Skipped,
    /// <summary>It cannot be used.</summary>
    Failed,
}

/// <summary>Brings files of one kind into Rapport, and takes out again what it brought.</summary>
public interface IImporter
{
    /// <summary>What it imports.</summary>
    ImportKind Kind { get; }

    /// <summary>Whether a file or folder is of its kind, by what is in it. Never throws for what cannot be opened.</summary>
    bool Knows(string path);

    /// <summary>What an import of these files would do; refused, with a sentence that names the file, when they cannot be read. Changes nothing.</summary>
    /// <param name="files">What to look at.</param>
    /// <param name="options">What was chosen.</param>
    /// <param name="most">How many rows or mails to look at.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Gives up.</param>
    Task<Result<ImportPreview>> PreviewAsync(IReadOnlyList<ImportFile> files, ImportOptions options, int most, Actor by, CancellationToken ct);

    /// <summary>Goes on from the run's position. Each step is one batch that is stored for good, with the run's position and counts.</summary>
    IAsyncEnumerable<ImportRun> RunAsync(ImportId run, CancellationToken ct);

    /// <summary>Takes out again what the run brought, from wherever an earlier try stopped. Each step is one batch that is gone for good, and says how far it is, of a thousand. What somebody changed or used since stays.</summary>
    /// <param name="run">Which.</param>
    /// <param name="so">Hears what stays.</param>
    /// <param name="by">Who takes it back.</param>
    /// <param name="ct">Gives up.</param>
    IAsyncEnumerable<int> UndoAsync(ImportRun run, UndoneSoFar so, Actor by, CancellationToken ct);
}

/// <summary>A file that cannot be imported after all: it went away, or is another one than before.</summary>
public sealed class ImportBrokenException(string message) : Exception(message);

/// <summary>Says which parties a later floor has something about, so that undoing an import leaves them.</summary>
public interface IHoldParties
{
    /// <summary>Those of these that something is about.</summary>
    Task<IReadOnlyCollection<PartyId>> HeldAsync(IReadOnlyCollection<PartyId> parties, CancellationToken ct);
}
