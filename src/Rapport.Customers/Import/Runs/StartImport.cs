using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Happenings;

namespace Rapport.Customers.Import;

/// <summary>Lets an import take its turn, from the beginning or from where it stopped. What was said of its columns is remembered for the next file like it.</summary>
public sealed class StartImport(RapportDb db, TimeProvider clock, WorkSignal signal)
{
    /// <summary>Null when it waits for its turn. <paramref name="options"/> replaces what was chosen as long as nothing of it was imported.</summary>
    public async Task<Refusal?> RunAsync(ImportId id, ImportOptions? options, Actor by, CancellationToken ct)
    {
        if (await db.ImportsFor(by).SingleOrDefaultAsync(r => r.Id == id, ct) is not { } run) return Refusal.Missing("import");
        if (!run.CanGoOn) return Refusal.Conflict("import.over", "This import is over. To import the files once more, give them anew.");
        if (run.Position is null && options is not null) run.Options = options;
        if (run.Options.Mapping is { } mapping)
        {
            if (mapping.Problem() is { } useless) return Refusal.Invalid("import.mapping", useless, "mapping");
            await RememberAsync(mapping, ct);
        }
        (run.State, run.StopAskedAt, run.Problem) = (ImportState.Waiting, null, null);
        db.Note("import.started", $"imports/{id}", new { run.Options.Ours, run.Options.Mailbox, run.Options.Shared });
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        signal.Wake();
        return null;
    }

    private async Task RememberAsync(PeopleMapping mapping, CancellationToken ct)
    {
        if (await db.Set<RememberedMapping>().FindAsync([mapping.Signature], ct) is not { } remembered)
            db.Add(remembered = new RememberedMapping { Signature = mapping.Signature });
        (remembered.Mapping, remembered.At) = (mapping.ToJson(), clock.GetUtcNow());
    }
}

/// <summary>Asks an import to stop after the batch that is being written. It can go on later.</summary>
public sealed class StopImport(RapportDb db, TimeProvider clock)
{
    /// <summary>Null when it stops, or will.</summary>
    public async Task<Refusal?> RunAsync(ImportId id, Actor by, CancellationToken ct)
    {
        var mine = db.ImportsFor(by).Where(r => r.Id == id);
        // Past the change tracker: whoever runs it writes the same row.
        if (await mine.Where(r => r.State == ImportState.Waiting).ExecuteUpdateAsync(s => s.SetProperty(r => r.State, ImportState.Stopped), ct) > 0) return null;
        var now = clock.GetUtcNow();
        if (await mine.Where(r => r.State == ImportState.Running).ExecuteUpdateAsync(s => s.SetProperty(r => r.StopAskedAt, now), ct) > 0) return null;
        return await mine.AnyAsync(ct) ? Refusal.Conflict("import.not-running", "It is not running.") : Refusal.Missing("import");
    }
}

/// <summary>Lets what an import brought be taken out again, updates included (C4).</summary>
public sealed class UndoImport(RapportDb db, TimeProvider clock, WorkSignal signal)
{
    /// <summary>For how long after an import.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(30);

    /// <summary>Null when it is being undone.</summary>
    public async Task<Refusal?> RunAsync(ImportId id, Actor by, CancellationToken ct)
    {
        if (await db.ImportsFor(by).SingleOrDefaultAsync(r => r.Id == id, ct) is not { } run) return Refusal.Missing("import");
        // One that was interrupted goes on.
        if (run.State == ImportState.Undoing) return null;
        if (!run.CanBeUndone) return Refusal.Conflict("import.not-done", run.State == ImportState.Undone ? "It was undone already." : "It has not begun, or is running. Stop it first.");
        if (run.IsTooOldToUndo(clock.GetUtcNow())) return Refusal.Conflict("import.old", "It is older than thirty days and cannot be undone any more.");
        (run.State, run.PerMille, run.Problem) = (ImportState.Undoing, 0, null);
        db.Note("import.undone", $"imports/{id}", new { run.Counts });
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        signal.Wake();
        return null;
    }
}
