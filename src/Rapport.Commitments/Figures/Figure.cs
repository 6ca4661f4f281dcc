namespace Rapport.Commitments;

/// <summary>What became of some promises.</summary>
/// <param name="Key">What they have in common, for programs: a kind, an id, a month.</param>
/// <param name="Name">The same for people; empty where the key says it.</param>
/// <param name="Kept">Done in time.</param>
/// <param name="KeptLate">Done after it was due.</param>
/// <param name="Broken">Not done.</param>
/// <param name="Replaced">Agreed anew after it was due, which counts as not kept.</param>
/// <param name="Released">Let go by whom it was made to; counts neither way.</param>
/// <param name="Renegotiated">Of those that count: another date was agreed before the first one passed.</param>
/// <param name="Partly">Of those that count: whom it was made to says that it was kept in part.</param>
public sealed record Figure(string Key, string Name, int Kept, int KeptLate, int Broken, int Replaced, int Released, int Renegotiated, int Partly)
{
    /// <summary>Those that count.</summary>
    public int Settled => Kept + KeptLate + Broken + Replaced;

    /// <summary>Broken, or agreed anew after it was due.</summary>
    public int NotKept => Broken + Replaced;

    /// <summary>How many of them were done in time.</summary>
    public Rate KeptRate => new(Kept, Settled);

    /// <summary>How many were done late.</summary>
    public Rate KeptLateRate => new(KeptLate, Settled);

    /// <summary>How many were not kept.</summary>
    public Rate NotKeptRate => new(NotKept, Settled);

    /// <summary>For how many another date was agreed in time.</summary>
    public Rate RenegotiatedRate => new(Renegotiated, Settled);
}

/// <summary>Why promises of a kind were late or not kept: each reason with how often, the most frequent first; null where nobody said why.</summary>
public sealed record Reasons(PromiseKind Kind, int Count, IReadOnlyList<ReasonCount> Why);

/// <summary>How often something was the reason.</summary>
public sealed record ReasonCount(BreakCause? Cause, int Count);

/// <summary>How promises are kept.</summary>
/// <param name="Since">Settled from then on.</param>
/// <param name="All">All of them.</param>
/// <param name="ByKind">By what is promised.</param>
/// <param name="ByNotice">By how long before it was due it was promised.</param>
/// <param name="ByTeam">By the teams of who answers for it; only teams in which several do, so that nobody's own figures show.</param>
/// <param name="ByCustomer">By whom it is promised to (or who promises), those with the most first.</param>
/// <param name="ByMonth">By the month in which it was settled, the oldest first.</param>
/// <param name="Broken">What is late or not kept most, and why.</param>
public sealed record KeptFigures(DateTimeOffset Since, Figure All, IReadOnlyList<Figure> ByKind, IReadOnlyList<Figure> ByNotice, IReadOnlyList<Figure> ByTeam, IReadOnlyList<Figure> ByCustomer, IReadOnlyList<Figure> ByMonth, IReadOnlyList<Reasons> Broken);
