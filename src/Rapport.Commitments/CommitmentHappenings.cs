using Rapport.Kernel.Happenings;

namespace Rapport.Commitments;

/// <summary>A commitment was written down.</summary>
public sealed record CommitmentMade(CommitmentId Commitment) : IHappening;

/// <summary>A commitment was kept, broken, released or replaced, or such a closing was taken back.</summary>
public sealed record CommitmentSettled(CommitmentId Commitment, CommitmentState State) : IHappening;

/// <summary>The one it was made to said whether it was kept.</summary>
public sealed record CommitmentJudged(CommitmentId Commitment, Verdict Verdict) : IHappening;
