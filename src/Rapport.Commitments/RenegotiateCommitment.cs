using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>What became of a commitment when a new date was agreed.</summary>
/// <param name="Standing">The commitment that stands now: the same one before due, a new one after.</param>
/// <param name="Replaced">The old one had passed and counts as not kept.</param>
public sealed record Renegotiated(CommitmentId Standing, bool Replaced);

/// <summary>Agrees a new date with the other side. Before due the commitment moves and stays open; after due a new one takes its place.</summary>
public sealed class RenegotiateCommitment(RapportDb db, TimeProvider clock)
{
    /// <summary>Which commitment stands now, or why nothing changed.</summary>
    public async Task<Result<Renegotiated>> RunAsync(CommitmentId id, Due due, string? agreement, Actor by, CancellationToken ct)
    {
        if (agreement?.Length > CommitmentEvent.LongestNote) return Refusal.Invalid("commitment.note-long", $"Keep it to {CommitmentEvent.LongestNote} characters.", "agreement");
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        var now = clock.GetUtcNow();
        if (due.End <= now) return Refusal.Invalid("commitment.due-past", "That date has passed. Write one that lies ahead.", "due");
        return commitment.IsLate(now) ? await ReplaceAsync(commitment, due, agreement, by, now, ct) : await MoveAsync(commitment, due, agreement, by, now, ct);
    }

    private async Task<Result<Renegotiated>> MoveAsync(Commitment commitment, Due due, string? agreement, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        if (commitment.Renegotiate(due, now) is { } refusal) return refusal;
        await db.TellAsync(commitment, CommitmentDeed.Renegotiated, by, now, agreement, null, null, ct);
        return await db.SaveAsync(by, ct) is { } conflict ? conflict : new Renegotiated(commitment.Id, false);
    }

    private async Task<Result<Renegotiated>> ReplaceAsync(Commitment old, Due due, string? agreement, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var of = new NewCommitment(old.Side, old.Words, old.With, due, old.SaidIn, Weight: old.Weight);
        var standing = Commitment.Make(Ids.New<CommitmentId>(clock), of, old.Customer, old.Owner, now);
        if (old.Replace(standing.Id, now) is { } refusal) return refusal;
        db.Add(standing);
        await db.TellAsync(old, CommitmentDeed.Replaced, by, now, agreement, null, null, ct);
        await db.TellAsync(standing, CommitmentDeed.Made, by, now, agreement, null, null, ct);
        var with = await db.Set<Party>().Where(p => p.Id == old.With).Select(p => p.Name).SingleAsync(ct);
        db.Index(standing.Document(with));
        db.Happened(new CommitmentSettled(old.Id, old.State), by);
        db.Happened(new CommitmentMade(standing.Id), by);
        return await db.SaveAsync(by, ct) is { } conflict ? conflict : new Renegotiated(standing.Id, true);
    }
}
