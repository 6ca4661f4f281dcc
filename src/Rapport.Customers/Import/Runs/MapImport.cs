using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers.Import;

/// <summary>What one column holds, as somebody says it.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Kind">What it holds.</param>
public sealed record ChosenColumn(int Index, ColumnKind Kind);

/// <summary>What the columns of an import hold, as somebody says it.</summary>
/// <param name="Columns">Those that are not what the preview takes them for; the others stay as they are.</param>
/// <param name="Dates">In which order the numbers of its dates stand; as the preview takes them when null.</param>
public sealed record ChosenMapping(IReadOnlyList<ChosenColumn>? Columns, DateOrder? Dates = null);

/// <summary>Says what the columns of an import hold, before it is started. Its preview follows.</summary>
public sealed class MapImport(RapportDb db, PrepareImport prepare)
{
    private const int Looked = 1_000;

    /// <summary>Corrects what was guessed or said before.</summary>
    public async Task<Refusal?> RunAsync(ImportId id, ChosenMapping chosen, Actor by, CancellationToken ct)
    {
        if (!(await DraftAsync(id, by, ct)).Succeeded(out var run, out var refusal)) return refusal;
        var mapping = run.Options.Mapping;
        if (mapping is null)
        {
            if (!(await prepare.PreviewAsync(run.Files, run.Options, Looked, by, ct)).Succeeded(out var preview, out var unreadable)) return unreadable;
            mapping = preview.Mapping;
        }
        if (mapping is null) return Refusal.Conflict("import.no-columns", "What these files hold stands in no columns, or its columns are not chosen.");
        foreach (var column in chosen.Columns ?? [])
        {
            if (!mapping.Columns.Any(c => c.Index == column.Index)) return Refusal.Invalid("import.column-unknown", $"There is no column {column.Index}. The preview lists them, from 0.", "columns");
            mapping = mapping.With(column.Index, column.Kind);
        }
        if (chosen.Dates is { } dates) mapping = mapping with { Dates = dates };
        return mapping.Problem() is { } useless ? Refusal.Invalid("import.mapping", useless, "columns") : await KeepAsync(run, mapping, by, ct);
    }

    /// <summary>Keeps a whole mapping as it was shown and corrected. One with which nothing can be imported is kept too, so that its preview can say so.</summary>
    internal async Task<Refusal?> RunAsync(ImportId id, PeopleMapping shown, Actor by, CancellationToken ct) =>
        (await DraftAsync(id, by, ct)).Succeeded(out var run, out var refusal) ? await KeepAsync(run, shown, by, ct) : refusal;

    private async Task<Result<ImportRun>> DraftAsync(ImportId id, Actor by, CancellationToken ct) =>
        await db.ImportsFor(by).SingleOrDefaultAsync(r => r.Id == id, ct) is not { } run ? Refusal.Missing("import")
        : run.State != ImportState.Draft ? Refusal.Conflict("import.begun", "It has been started. To have its columns read otherwise, undo it and give the files anew.") : run;

    private Task<Refusal?> KeepAsync(ImportRun run, PeopleMapping mapping, Actor by, CancellationToken ct)
    {
        run.Options = run.Options with { Mapping = mapping };
        return db.SaveAsync(by, ct);
    }
}
