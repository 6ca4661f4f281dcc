using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>Says what became of a commitment: kept, broken, released; or takes that back.</summary>
public sealed class SettleCommitment(RapportDb db, TimeProvider clock)
{
    /// <summary>How long a closing can be taken back by a click.</summary>
    public static readonly TimeSpan Reconsider = TimeSpan.FromHours(24);

    /// <summary>Done, with what shows it.</summary>
    public async Task<Refusal?> KeepAsync(CommitmentId id, Proof proof, Actor by, CancellationToken ct)
    {
        if (proof.Words?.Length > CommitmentEvent.LongestNote) return TooLong("proof");
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        var at = clock.GetUtcNow();
        if (proof.Interaction is { } shown)
        {
            if (await db.InteractionsFor(by).SingleOrDefaultAsync(i => i.Id == shown, ct) is not { } interaction) return Refusal.Missing("interaction");
            if (interaction.At < commitment.SaidAt) return Refusal.Invalid("commitment.proof-early", "That was said before the promise was made. Choose what came after it.", "proof");
            at = interaction.At;
        }
        var note = proof.Words ?? (proof.Interaction is null ? "On the word of who said so." : null);
        return commitment.Keep(proof, at) ?? await SaveAsync(commitment, CommitmentDeed.Kept, by, note, proof.Interaction, ct);
    }

    /// <summary>Not done, with why.</summary>
    public async Task<Refusal?> BreakAsync(CommitmentId id, string? why, Actor by, CancellationToken ct, BreakCause? cause = null)
    {
        if (why?.Length > CommitmentEvent.LongestNote) return TooLong("why");
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        var now = clock.GetUtcNow();
        return commitment.Break(now) ?? (cause is { } said ? commitment.Explain(said, now) : null) ?? await SaveAsync(commitment, CommitmentDeed.Broken, by, why, null, ct);
    }

    /// <summary>Let go by whom it was made to, with how they said so.</summary>
    public async Task<Refusal?> ReleaseAsync(CommitmentId id, string? why, Actor by, CancellationToken ct)
    {
        if (why?.Length > CommitmentEvent.LongestNote) return TooLong("why");
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        return commitment.Release(clock.GetUtcNow()) ?? await SaveAsync(commitment, CommitmentDeed.Released, by, why, null, ct);
    }

    /// <summary>Takes a closing back: by its owner, within a day. Both stay in the story.</summary>
    public async Task<Refusal?> ReopenAsync(CommitmentId id, Actor by, CancellationToken ct)
    {
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        var closing = await db.Set<CommitmentEvent>().Where(e => e.Commitment == id && e.Deed != CommitmentDeed.Explained).OrderByDescending(e => e.Place).FirstAsync(ct);
        if (!commitment.IsOpen && (clock.GetUtcNow() - closing.At > Reconsider || (closing.By != by.Id && !by.May(Roles.Manager))))
            return Refusal.Forbidden("commitment.settled", "It was settled by somebody else or more than a day ago. Make a new commitment instead.");
        return commitment.Reopen() ?? await SaveAsync(commitment, CommitmentDeed.Reopened, by, null, null, ct);
    }

    private async Task<Refusal?> SaveAsync(Commitment commitment, CommitmentDeed deed, Actor by, string? note, InteractionId? interaction, CancellationToken ct)
    {
        await db.TellAsync(commitment, deed, by, clock.GetUtcNow(), note, null, interaction, ct);
        db.Happened(new CommitmentSettled(commitment.Id, commitment.State), by);
        return await db.SaveAsync(by, ct);
    }

    private static Refusal TooLong(string field) => Refusal.Invalid("commitment.note-long", $"Keep it to {CommitmentEvent.LongestNote} characters.", field);
}
