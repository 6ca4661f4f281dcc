using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>Says why a commitment was late or not kept, so that it can be seen what goes wrong again and again. Said anew it counts anew; the story keeps both.</summary>
public sealed class ExplainCommitment(RapportDb db, TimeProvider clock)
{
    /// <summary>Null when it is written down.</summary>
    public async Task<Refusal?> RunAsync(CommitmentId id, BreakCause? cause, string? why, Actor by, CancellationToken ct)
    {
        if (why?.Length > CommitmentEvent.LongestNote) return Refusal.Invalid("commitment.note-long", $"Keep it to {CommitmentEvent.LongestNote} characters.", "why");
        if (cause is not { } said) return Refusal.Invalid("commitment.cause-missing", "Choose what it was.", "cause");
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        var now = clock.GetUtcNow();
        if (commitment.Explain(said, now) is { } refusal) return refusal;
        await db.TellAsync(commitment, CommitmentDeed.Explained, by, now, why, null, null, ct);
        return await db.SaveAsync(by, ct);
    }
}
