using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers.Import;

/// <summary>Looks at files and prepares their import. Nothing is imported until it is started.</summary>
public sealed class PrepareImport(RapportDb db, Importers importers, TimeProvider clock)
{
    /// <summary>What an import of the files would do. Changes nothing.</summary>
    /// <param name="files">What to look at.</param>
    /// <param name="options">What was chosen.</param>
    /// <param name="most">How many rows or mails to look at.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Result<ImportPreview>> PreviewAsync(IReadOnlyList<ImportFile> files, ImportOptions options, int most, Actor by, CancellationToken ct) =>
        importers.Refuse(files, out var importer) ?? await importer!.PreviewAsync(files, options, most, by, ct);

    /// <summary>The import, prepared.</summary>
    /// <param name="id">Chosen by the caller, who stores uploaded files under it.</param>
    /// <param name="files">In order.</param>
    /// <param name="options">What was chosen.</param>
    /// <param name="uploaded">They lie in our own folder.</param>
    /// <param name="by">Whose it is.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Result<ImportRun>> RunAsync(ImportId id, IReadOnlyList<ImportFile> files, ImportOptions options, bool uploaded, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Member)) return Refusal.Forbidden("import.forbidden", "Readers cannot import. Ask somebody who may write.");
        if (importers.Refuse(files, out var importer) is { } refusal) return refusal;
        var run = new ImportRun { Id = id, Kind = importer!.Kind, Files = files, Uploaded = uploaded, Options = options, By = by.Id, ByName = by.Name, ByRoles = by.Roles, At = clock.GetUtcNow(), State = ImportState.Draft };
        db.Add(run);
        db.Note("import.prepared", $"imports/{id}", new { kind = run.Kind, files = run.Name });
        return await db.SaveAsync(by, ct) is { } conflict ? conflict : run;
    }
}

/// <summary>Those who import, by what they import.</summary>
public sealed class Importers(IEnumerable<IImporter> all)
{
    /// <summary>Files of one import at most.</summary>
    public const int MostFiles = 1_000;

    /// <summary>That there are none, or too many.</summary>
    internal static Refusal Number => Refusal.Invalid("import.files", $"Give at least one file and at most {MostFiles}.", "file");

    /// <summary>Who imports this kind.</summary>
    public IImporter Of(ImportKind kind) => all.Single(i => i.Kind == kind);

    /// <summary>The files as somebody means who gives many at once: all mail together, and each file of people or tasks by itself, because its columns are its own.</summary>
    public IEnumerable<List<ImportFile>> Apart(IEnumerable<ImportFile> files)
    {
        var kinds = files.ToLookup(f => KindOf(f));
        foreach (var file in kinds[ImportKind.People].Concat(kinds[ImportKind.Tasks])) yield return [file];
        foreach (var some in kinds[ImportKind.Mail].Chunk(MostFiles)) yield return [.. some];
    }

    /// <summary>Says whose the files are by what is in them; refused when they are nobody's or of several.</summary>
    public Refusal? Refuse(IReadOnlyList<ImportFile> files, out IImporter? importer)
    {
        importer = null;
        if (files.Count is 0 or > MostFiles) return Number;
        var kinds = files.Select(KindOf).Distinct().ToList();
        importer = Of(kinds[0]);
        return kinds.Count == 1 ? null : Refusal.Invalid("import.mixed", "These files hold different things: people, tasks or mail. Import them one after the other.", "file");
    }

    // Mail and tasks know their own; people's take what is left.
    private ImportKind KindOf(ImportFile file) => all.OrderBy(i => i.Kind switch { ImportKind.Mail => 0, ImportKind.Tasks => 1, ImportKind.People => 2 }).First(i => i.Knows(file.Path)).Kind;
}

/// <summary>How to reach imports.</summary>
public static class ImportSets
{
    /// <summary>The actor's own imports; an administrator's are all but those of mail, which is private.</summary>
    public static IQueryable<ImportRun> ImportsFor(this RapportDb db, Actor by)
    {
        var all = by.May(Roles.Administrator);
        return db.Set<ImportRun>().Where(r => r.By == by.Id || all && r.Kind != ImportKind.Mail);
    }

    /// <summary>The newest of them.</summary>
    public static Task<List<ImportRun>> RecentImportsAsync(this RapportDb db, Actor by, int most, CancellationToken ct) =>
        db.ImportsFor(by).AsNoTracking().OrderByDescending(r => r.Id).Take(most).ToListAsync(ct);

    /// <summary>What became of it so far, in words.</summary>
    public static string InWords(this ImportRun run) => run.Kind.InWords(run.Counts);

    /// <summary>Counts in words.</summary>
    public static string InWords(this ImportKind kind, ImportCounts counts)
    {
        var parts = new[]
        {
            $"{Many(counts.Read, kind switch { ImportKind.People => "row", ImportKind.Mail => "mail", ImportKind.Tasks => "task" })} read", Number(counts.Created, "new"), counts.Changed > 0 ? Number(counts.Changed, "changed") : null, Number(counts.Skipped, "already here"),
            counts.Failed > 0 ? Number(counts.Failed, "not usable") : null, counts.Flawed > 0 ? Number(counts.Flawed, "used but for a part") : null,
            kind == ImportKind.Mail ? $"{Many(counts.Conversations, "conversation")} begun, {Many(counts.People, "person", "people")} met" : null,
        };
        return string.Join(", ", parts.OfType<string>());
    }

    private static string Many(int count, string one, string? many = null) => Number(count, count == 1 ? one : many ?? one + "s");

    private static string Number(int count, string of) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {of}");
}
