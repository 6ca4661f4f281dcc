using Rapport.Customers;

namespace Rapport.Commitments;

/// <summary>A settled promise, as far as it is counted.</summary>
internal sealed record Settled(Side Side, PromiseKind Kind, PartyId Customer, MemberId Owner, CommitmentState State, DateTimeOffset SaidAt, DateTimeOffset? FirstDue, DateTimeOffset? Due, DateTimeOffset ClosedAt, BreakCause? Cause, Verdict? Verdict);

/// <summary>Counts promises as they come by: memory grows with what they are counted by, never with how many there are.</summary>
internal sealed class Tally
{
    private int kept, keptLate, broken, replaced, released, renegotiated, partly;

    public int Counted => kept + keptLate + broken + replaced;

    public void Add(Settled promise)
    {
        if (promise.State == CommitmentState.Released)
        {
            released++;
            return;
        }
        if (promise.State == CommitmentState.Kept) kept++;
        else if (promise.State == CommitmentState.KeptLate) keptLate++;
        else if (promise.State == CommitmentState.Broken) broken++;
        else replaced++;
        if (promise.FirstDue is { } first && promise.Due != first) renegotiated++;
        if (promise.Verdict == Verdict.Partly) partly++;
    }

    public void Add(Tally other) =>
        (kept, keptLate, broken, replaced, released, renegotiated, partly) = (kept + other.kept, keptLate + other.keptLate, broken + other.broken, replaced + other.replaced, released + other.released, renegotiated + other.renegotiated, partly + other.partly);

    public Figure ToFigure(string key, string name) => new(key, name, kept, keptLate, broken, replaced, released, renegotiated, partly);
}

/// <summary>Tallies by something.</summary>
internal sealed class Tallies<TKey> : Dictionary<TKey, Tally> where TKey : notnull
{
    public void Add(TKey key, Settled promise)
    {
        if (!TryGetValue(key, out var tally)) Add(key, tally = new());
        tally.Add(promise);
    }
}
