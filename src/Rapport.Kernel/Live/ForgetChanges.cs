using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Jobs;

namespace Rapport.Kernel.Live;

/// <summary>Forgets changes that every open page was told of long ago. The newest stays: positions go on from it.</summary>
internal sealed class ForgetChanges(RapportDb db, TimeProvider clock) : IJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var (before, newest) = (clock.GetUtcNow() - Kept, await db.ChangesNowAsync(ct));
        await db.Set<ChangeRow>().Where(c => c.At < before && c.Position < newest).ExecuteDeleteAsync(ct);
    }
}
