using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rapport.Kernel.Database;

namespace Rapport.Customers.Import;

/// <summary>Runs an import, or takes one back, from where it stands to its end. Only one at a time holds it; who dies loses it after <see cref="ImportRun.Lease"/>.</summary>
public sealed partial class RunImport(RapportDb db, Importers importers, UploadFiles uploads, DatabaseAddress address, TimeProvider clock, ILogger<RunImport> log)
{
    /// <summary>How it stands afterwards; null when somebody else holds it. <paramref name="told"/> hears of each batch.</summary>
    /// <param name="id">Which.</param>
    /// <param name="told">Hears of each batch.</param>
    /// <param name="ct">Stops it after its batch, to go on later.</param>
    public async Task<ImportRun?> RunAsync(ImportId id, Action<ImportRun>? told, CancellationToken ct)
    {
        if (!await HoldAsync(id, ct)) return null;
        var run = await db.Set<ImportRun>().AsNoTracking().SingleAsync(r => r.Id == id, ct);
        try
        {
            return run.State == ImportState.Undoing ? await UndoAsync(run, ct) : await GoOnAsync(run, told, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // What was uploaded is ours to go on with; what lies elsewhere, whoever gave it.
            return await EndAsync(id, run.State == ImportState.Undoing ? ImportState.Undoing : run.Uploaded ? ImportState.Waiting : ImportState.Stopped, null);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(failure, id);
            return await EndAsync(id, ImportState.Failed, failure is ImportBrokenException ? failure.Message : DatabaseTrouble.Of(failure, address)?.Sentence ?? $"It broke off for a reason that Rapport did not foresee ({failure.GetType().Name}); the log says more. Try again to go on.");
        }
    }

    private async Task<ImportRun> GoOnAsync(ImportRun run, Action<ImportRun>? told, CancellationToken ct)
    {
        await foreach (var now in importers.Of(run.Kind).RunAsync(run.Id, ct))
        {
            told?.Invoke(now);
            if (await db.Set<ImportRun>().AnyAsync(r => r.Id == run.Id && r.StopAskedAt != null, ct)) return await EndAsync(run.Id, ImportState.Stopped, null);
            ct.ThrowIfCancellationRequested();
        }
        return await EndAsync(run.Id, ImportState.Done, null);
    }

    private async Task<ImportRun> UndoAsync(ImportRun run, CancellationToken ct)
    {
        var so = new UndoneSoFar();
        await foreach (var perMille in importers.Of(run.Kind).UndoAsync(run, so, run.Actor, ct))
        {
            var until = clock.GetUtcNow() + ImportRun.Lease;
            await db.Set<ImportRun>().Where(r => r.Id == run.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.HeldUntil, until).SetProperty(r => r.PerMille, perMille), ct);
        }
        return await EndAsync(run.Id, ImportState.Undone, so.ToString());
    }

    private async Task<bool> HoldAsync(ImportId id, CancellationToken ct)
    {
        var (now, until) = (clock.GetUtcNow(), clock.GetUtcNow() + ImportRun.Lease);
        var holder = await db.Set<ImportRun>().Where(r => r.Id == id).Select(r => r.Holder).SingleOrDefaultAsync(ct);
        var gone = ImportHolder.IsGone(holder);
        var free = db.Set<ImportRun>().Where(r => r.Id == id && (r.HeldUntil == null || r.HeldUntil < now || gone && r.Holder == holder));
        return await free.Where(r => r.State == ImportState.Waiting || r.State == ImportState.Running)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.State, ImportState.Running).SetProperty(r => r.HeldUntil, until).SetProperty(r => r.Holder, ImportHolder.Own).SetProperty(r => r.StopAskedAt, (DateTimeOffset?)null), ct) > 0
            || await free.Where(r => r.State == ImportState.Undoing).ExecuteUpdateAsync(s => s.SetProperty(r => r.HeldUntil, until).SetProperty(r => r.Holder, ImportHolder.Own), ct) > 0;
    }

    private async Task<ImportRun> EndAsync(ImportId id, ImportState state, string? problem)
    {
        var now = clock.GetUtcNow();
        await db.Set<ImportRun>().Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.State, state).SetProperty(r => r.Problem, problem).SetProperty(r => r.HeldUntil, (DateTimeOffset?)null).SetProperty(r => r.Holder, (string?)null)
            .SetProperty(r => r.DoneAt, r => state == ImportState.Done ? now : r.DoneAt), CancellationToken.None);
        if (state is ImportState.Done or ImportState.Undone) uploads.Remove(id);
        return await db.Set<ImportRun>().AsNoTracking().SingleAsync(r => r.Id == id, CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Error, "Import {Import} failed")]
    private partial void LogFailed(Exception failure, ImportId import);
}
