using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers.Import;

/// <summary>Gives the rows of an import back that could not be used, or not all of them, with the reason in a last column.</summary>
public static class ErrorRows
{
    /// <summary>Writes the file; how many rows it has. The stream is closed.</summary>
    public static async Task<int> WriteErrorRowsAsync(this RapportDb db, ImportRun run, Stream stream, CancellationToken ct)
    {
        using var file = new ErrorRowsFile(stream, run.Heads);
        var rows = 0;
        await foreach (var problem in db.Set<ImportProblem>().AsNoTracking().Where(p => p.Import == run.Id).OrderBy(p => p.Seq).AsAsyncEnumerable().WithCancellation(ct))
        {
            file.Write(new TableRow(problem.Row, [.. problem.Cells]), [problem.Reason]);
            rows++;
        }
        return rows;
    }
}
