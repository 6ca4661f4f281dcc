using Microsoft.EntityFrameworkCore;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>Records what a mail about a commitment says, in the transaction in which it is sent (K3): the new date with the mail that told it, or that they were reminded.</summary>
internal sealed class RecordWithMail(RapportDb db, RenegotiateCommitment renegotiate, ReadDue read, TimeProvider clock) : IGoWithMail
{
    public async Task<string?> SayAsync(DraftId draft, CancellationToken ct)
    {
        if (await FindAsync(draft, ct) is not var (mail, commitment)) return null;
        if (mail.DueEnd is not { } due) return $"Sending it writes into the story of “{commitment.Words}” that they {(commitment.Side == Side.OursToThem ? "have it in writing" : "were reminded")}.";
        var day = ClockWords.Day(due, await read.ClockOfAsync(commitment.With, ct));
        return commitment.IsLate(clock.GetUtcNow())
            ? $"“{commitment.Words}” is late already. Sending it counts that as not kept, and puts a new promise by {day} in its place."
            : $"Sending it moves “{commitment.Words}” to {day}, with this mail to show it. To name another date, begin anew on the promise's page.";
    }

    public async Task<Refusal?> MayAsync(DraftId draft, CancellationToken ct)
    {
        if (await FindAsync(draft, ct) is not var (mail, commitment)) return null;
        if (!commitment.IsOpen) return Refusal.Conflict("commitment.closed", $"“{commitment.Words}” was settled meanwhile. Write a new mail if there is still something to say.");
        return mail.DueEnd <= clock.GetUtcNow() ? Refusal.Conflict("commitment.due-past", $"The new date for “{commitment.Words}” has passed meanwhile. Begin anew on its page.") : null;
    }

    public async Task SentAsync(DraftId draft, InteractionId said, Actor by, CancellationToken ct)
    {
        if (await FindAsync(draft, ct) is not var (mail, commitment)) return;
        if (mail.Due is not { } due)
        {
            await db.TellAsync(commitment, commitment.Side == Side.OursToThem ? CommitmentDeed.Confirmed : CommitmentDeed.Reminded, by, clock.GetUtcNow(), null, null, said, ct);
            return;
        }
        mail.Remember(commitment);
        if ((await renegotiate.AddAsync(commitment, due, null, said, by, ct)).Refusal is { } refusal) throw new InvalidOperationException(refusal.Message);
    }

    public async Task TakenBackAsync(DraftId draft, InteractionId said, Actor by, CancellationToken ct)
    {
        if (await FindAsync(draft, ct) is not var (mail, commitment) || mail.DueEnd is { } told && !commitment.TakeDateBack(told, mail.Before)) return;
        await db.TellAsync(commitment, CommitmentDeed.MailTakenBack, by, clock.GetUtcNow(), null, null, null, ct);
    }

    private async Task<(CommitmentMail Mail, Commitment Commitment)?> FindAsync(DraftId draft, CancellationToken ct) =>
        await db.Set<CommitmentMail>().SingleOrDefaultAsync(m => m.Draft == draft, ct) is { } mail ? (mail, await db.Set<Commitment>().SingleAsync(c => c.Id == mail.Commitment, ct)) : null;
}
