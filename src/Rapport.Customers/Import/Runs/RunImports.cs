using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Customers.Import;

/// <summary>Runs the uploaded imports that wait, and goes on with those that a killed program left, oldest first.</summary>
internal sealed class RunImports(RapportDb db, IServiceScopeFactory scopes, TimeProvider clock) : IJob
{
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested && await NextAsync(ct) is { } id)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<RunImport>().RunAsync(id, null, ct) is null) return;
        }
    }

    private async Task<ImportId?> NextAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var waiting = await db.Set<ImportRun>().AsNoTracking()
            .Where(r => (r.State == ImportState.Waiting || r.State == ImportState.Undoing || r.State == ImportState.Running && r.Uploaded))
            .OrderBy(r => r.Id).Take(50).ToListAsync(ct);
        waiting.RemoveAll(r => r.HeldUntil >= now && !ImportHolder.IsGone(r.Holder));
        // On several nodes the one that has the files runs it.
        return waiting.Find(r => r.State == ImportState.Undoing || r.Files.All(f => Path.Exists(f.Path)) || !db.Dialect.TakesSeveralNodes)?.Id;
    }
}
