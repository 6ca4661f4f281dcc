using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Commitments;

/// <summary>A person says of a proposal whether it is a commitment. All of it can be taken back as long as nothing was built on it.</summary>
public sealed class DecideProposal(RapportDb db, MakeCommitment make, TimeProvider clock)
{
    /// <summary>At most so many at once.</summary>
    public const int MostAtOnce = 200;

    /// <summary>It is one, as it was read: the one who says so answers for it.</summary>
    public Task<Result<CommitmentId>> AcceptAsync(ProposalId id, Actor by, CancellationToken ct) => AcceptAsync(id, null, by, ct);

    /// <summary>It is one, put right.</summary>
    /// <param name="corrected">As a person wrote it; as it was read when null.</param>
    public async Task<Result<CommitmentId>> AcceptAsync(ProposalId id, NewCommitment? corrected, Actor by, CancellationToken ct)
    {
        if (await FindAsync(id, by, ct) is not { } proposal) return Refusal.Missing("proposal");
        if (!(await AddAsync(proposal, corrected, by, ct)).Succeeded(out var commitment, out var refusal)) return refusal;
        if (await db.SaveAsync(by, ct) is { } conflict) return conflict;
        return commitment;
    }

    /// <summary>It is none.</summary>
    public async Task<Refusal?> DismissAsync(ProposalId id, Actor by, CancellationToken ct)
    {
        if (await FindAsync(id, by, ct) is not { } proposal) return Refusal.Missing("proposal");
        return Dismiss(proposal, by) ?? await db.SaveAsync(by, ct);
    }

    /// <summary>Several at once, in one transaction; those that somebody decided meanwhile are left as they are. Returns how many were decided.</summary>
    public async Task<Result<int>> SeveralAsync(IReadOnlyCollection<ProposalId> ids, bool accept, Actor by, CancellationToken ct)
    {
        if (ids.Count > MostAtOnce) return Refusal.Invalid("proposals.many", $"Choose at most {MostAtOnce} at once.");
        var wanted = ids.ToList();
        var proposals = await db.ProposalsFor(by).Where(p => EF.Parameter(wanted).Contains(p.Id) && p.State == ProposalState.Open).OrderBy(p => p.SaidIn).ToListAsync(ct);
        foreach (var proposal in proposals)
        {
            var refusal = accept ? (await AddAsync(proposal, null, by, ct)).Refusal : Dismiss(proposal, by);
            if (refusal is not null) return refusal;
        }
        if (await db.SaveAsync(by, ct) is { } conflict) return conflict;
        return proposals.Count;
    }

    /// <summary>Takes back what was said of it. The commitment it became goes too, unless something happened to it since.</summary>
    public async Task<Refusal?> TakeBackAsync(ProposalId id, Actor by, CancellationToken ct)
    {
        if (await FindAsync(id, by, ct) is not { } proposal) return Refusal.Missing("proposal");
        if (proposal.Commitment is { } made && await RemoveAsync(made, ct) is { } refusal) return refusal;
        if (proposal.TakeBack() is { } open) return open;
        db.Note("proposal.taken-back", $"commitment-proposals/{id}", new { proposal.SaidIn });
        return await db.SaveAsync(by, ct);
    }

    private Task<Proposal?> FindAsync(ProposalId id, Actor by, CancellationToken ct) => db.ProposalsFor(by).SingleOrDefaultAsync(p => p.Id == id, ct);

    private async Task<Result<CommitmentId>> AddAsync(Proposal proposal, NewCommitment? corrected, Actor by, CancellationToken ct)
    {
        var of = corrected ?? new NewCommitment(proposal.Side, proposal.Words, proposal.With, proposal.Due) { AlsoTo = [.. (await db.AlsoSaidToAsync([proposal], ct))[proposal.Id].Select(t => t.Id)] };
        if (!(await make.AddAsync(of with { SaidIn = proposal.SaidIn, Kind = of.Kind ?? proposal.Kind }, by, ct)).Succeeded(out var commitment, out var refusal)) return refusal;
        if (proposal.Accept(commitment.Id, corrected is not null, by.Id, clock.GetUtcNow()) is { } decided) return decided;
        db.Note("proposal.accepted", $"commitment-proposals/{proposal.Id}", new { proposal.SaidIn, Commitment = commitment.Id, Corrected = corrected is not null });
        return commitment.Id;
    }

    private Refusal? Dismiss(Proposal proposal, Actor by)
    {
        if (proposal.Dismiss(by.Id, clock.GetUtcNow()) is { } refusal) return refusal;
        db.Note("proposal.dismissed", $"commitment-proposals/{proposal.Id}", new { proposal.SaidIn });
        return null;
    }

    private async Task<Refusal?> RemoveAsync(CommitmentId id, CancellationToken ct)
    {
        var commitment = await db.Set<Commitment>().SingleOrDefaultAsync(c => c.Id == id, ct);
        if (commitment is null) return null;
        var story = await db.Set<CommitmentEvent>().Where(e => e.Commitment == id).ToListAsync(ct);
        var others = await db.Set<AlsoPromised>().Where(a => a.Commitment == id).ToListAsync(ct);
        if (!commitment.IsOpen || story.Count > 1) return Refusal.Conflict("proposal.built-on", "Something happened to this commitment since. Let it go on its own page instead.");
        db.RemoveRange(story);
        db.RemoveRange(others);
        db.Remove(commitment);
        db.Changed(ShowCommitments.List);
        db.Unindex(new SearchKey(SearchKind.Commitment, id.Value));
        return null;
    }
}
