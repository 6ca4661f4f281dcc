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
        var agreed = await AddAsync(commitment, due, agreement, null, by, ct);
        return agreed.Refusal is null && await db.SaveAsync(by, ct) is { } conflict ? conflict : agreed;
    }

    /// <summary>Adds it to what the caller saves, with the message that tells them.</summary>
    internal async Task<Result<Renegotiated>> AddAsync(Commitment commitment, Due due, string? agreement, InteractionId? shown, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (due.End <= now) return Refusal.Invalid("commitment.due-past", "That date has passed. Write one that lies ahead.", "due");
        if (commitment.IsLate(now)) return await ReplaceAsync(commitment, due, agreement, shown, by, now, ct);
        if (commitment.Renegotiate(due, now) is { } refusal) return refusal;
        await db.TellAsync(commitment, CommitmentDeed.Renegotiated, by, now, agreement, null, shown, ct);
        return new Renegotiated(commitment.Id, false);
    }

    private async Task<Result<Renegotiated>> ReplaceAsync(Commitment old, Due due, string? agreement, InteractionId? shown, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var of = new NewCommitment(old.Side, old.Words, old.With, due, old.SaidIn, Weight: old.Weight, Kind: old.Kind);
        var standing = Commitment.Make(Ids.New<CommitmentId>(clock), of, old.Customer, old.Owner, now);
        if (old.EscalateTo is { } named) standing.NameForEscalation(named);
        if (old.Replace(standing.Id, now) is { } refusal) return refusal;
        db.Add(standing);
        await db.TellAsync(old, CommitmentDeed.Replaced, by, now, agreement, null, shown, ct);
        await db.TellAsync(standing, CommitmentDeed.Made, by, now, agreement, null, shown, ct);
        await TakeOverAsync(old.Id, standing.Id, ct);
        var with = await db.Set<Party>().Where(p => p.Id == old.With).Select(p => p.Name).SingleAsync(ct);
        db.Index(standing.Document(with));
        db.Happened(new CommitmentSettled(old.Id, old.State), by);
        db.Happened(new CommitmentMade(standing.Id), by);
        return new Renegotiated(standing.Id, true);
    }

    // Whom the old one was made to, who helps, what is left to do for it and what hangs on it is so of the new one.
    private async Task TakeOverAsync(CommitmentId old, CommitmentId standing, CancellationToken ct)
    {
        var steps = await db.Set<Step>().AsNoTracking().Where(s => s.Commitment == old && s.DoneAt == null).OrderBy(s => s.Place).ToListAsync(ct);
        db.AddRange(steps.Select((s, i) => new Step { Commitment = standing, Place = i + 1, Words = s.Words, DueEnd = s.DueEnd, DueWords = s.DueWords }));
        db.AddRange((await db.Set<AlsoPromised>().Where(a => a.Commitment == old).ToListAsync(ct)).Select(a => new AlsoPromised { Commitment = standing, To = a.To }));
        db.AddRange((await db.Set<Helping>().Where(h => h.Commitment == old).ToListAsync(ct)).Select(h => new Helping { Commitment = standing, Member = h.Member, Since = h.Since }));
        db.AddRange((await db.Set<Dependency>().Where(d => d.Commitment == old).ToListAsync(ct)).Select(d => new Dependency { Commitment = standing, On = d.On }));
        var hanging = await db.Set<Dependency>().Where(d => d.On == old).ToListAsync(ct);
        db.RemoveRange(hanging);
        db.AddRange(hanging.Select(d => new Dependency { Commitment = d.Commitment, On = standing }));
    }
}
