using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>Takes the verdict of whom it was promised to, by the link they were given (K4), and lets the owner hear of a disagreement at once.</summary>
public sealed class JudgeCommitment(RapportDb db, ShowPromise show, TimeProvider clock)
{
    // Whoever has the link may change their mind, but not fill the story.
    private const int MostVerdicts = 20;

    /// <summary>Kept, partly or not, with a word why. The same again changes nothing.</summary>
    public async Task<Refusal?> RunAsync(string token, Verdict verdict, string? words, CancellationToken ct)
    {
        if (await show.FindAsync(token, ct) is not { } seen) return Refusal.Missing("link");
        if (words?.Length > CommitmentEvent.LongestNote) return Refusal.Invalid("commitment.note-long", $"Keep it to {CommitmentEvent.LongestNote} characters.", "words");
        var commitment = await db.Set<Commitment>().SingleAsync(c => c.Id == seen.Id, ct);
        if (commitment.Verdict == verdict && commitment.VerdictWords == words) return null;
        if (seen.Story.Count(s => s.Deed == CommitmentDeed.Judged) >= MostVerdicts) return Refusal.Conflict("commitment.judged-often", "You have said this many times over. Please answer the mail: it reaches a person.");
        var (now, before) = (clock.GetUtcNow(), commitment.State);
        if (commitment.Judge(verdict, words, now) is { } refusal) return refusal;
        await db.TellAsync(commitment, CommitmentDeed.Judged, Actor.Rapport, now, words, null, null, ct, (seen.Recipient, verdict));
        db.Happened(new CommitmentJudged(commitment.Id, verdict), Actor.Rapport);
        if (commitment.State != before) db.Happened(new CommitmentSettled(commitment.Id, commitment.State), Actor.Rapport);
        return await db.SaveAsync(Actor.Rapport, ct);
    }

    /// <summary>The owner has heard that they disagree, or who stands in for them has.</summary>
    public async Task<Refusal?> HearAsync(CommitmentId id, Actor by, CancellationToken ct)
    {
        if (await db.CommitmentsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return Refusal.Missing("commitment");
        if (commitment.DisagreedAt is null) return null;
        var now = clock.GetUtcNow();
        if (commitment.Hear(await db.StandsInForAsync(by.Id, commitment.Owner, now, ct) ? commitment.Owner : by.Id) is { } refusal) return refusal;
        await db.TellAsync(commitment, CommitmentDeed.Heard, by, now, null, null, null, ct);
        return await db.SaveAsync(by, ct);
    }
}
