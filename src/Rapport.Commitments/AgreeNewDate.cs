using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>Agrees a new date that is given in spoken words, read as of now: it is now that it is agreed.</summary>
public sealed class AgreeNewDate(RapportDb db, ReadDue read, RenegotiateCommitment renegotiate)
{
    /// <summary>Which commitment stands now, or why nothing changed.</summary>
    public async Task<Result<Renegotiated>> RunAsync(CommitmentId id, string? words, string? agreement, Actor by, CancellationToken ct)
    {
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        if (!(await read.RunAsync(words, commitment.Side, commitment.With, null, ct)).Accept().Succeeded(out var due, out var refusal)) return refusal;
        if (due is not { } date) return Refusal.Invalid("commitment.due-missing", "Write by when it is to be done now.", "due");
        return await renegotiate.RunAsync(id, date, agreement, by, ct);
    }
}
