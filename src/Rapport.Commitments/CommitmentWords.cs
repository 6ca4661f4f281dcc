namespace Rapport.Commitments;

/// <summary>Id of a commitment.</summary>
public readonly record struct CommitmentId(Guid Value) : IId<CommitmentId>
{
    /// <inheritdoc/>
    public static CommitmentId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
    /// <summary>Made later.</summary>
    public static bool operator >(CommitmentId a, CommitmentId b) => a.Value.CompareTo(b.Value) > 0;
    /// <summary>Made earlier.</summary>
    public static bool operator <(CommitmentId a, CommitmentId b) => a.Value.CompareTo(b.Value) < 0;
}

/// <summary>Who promised whom.</summary>
public enum Side
{
    /// <summary>We promised them.</summary>
    OursToThem,
    /// <summary>They promised us.</summary>
    TheirsToUs,
}

/// <summary>How much hangs on it.</summary>
public enum Weight
{
    /// <summary>Nobody would complain.</summary>
    Small,
    /// <summary>As most are.</summary>
    Normal,
    /// <summary>Much hangs on it.</summary>
    Serious,
}

/// <summary>What kind of thing is promised. Names are stored, so they are not renamed.</summary>
public enum PromiseKind
{
    /// <summary>To come, deliver, meet or be done at a time.</summary>
    Date,
    /// <summary>To telephone.</summary>
    CallBack,
    /// <summary>To send something to read or sign.</summary>
    Document,
    /// <summary>To find out, answer or keep informed.</summary>
    Answer,
    /// <summary>Money: a price, a refund, a payment.</summary>
    Price,
    /// <summary>To do something.</summary>
    Action,
    /// <summary>How one will behave: to make sure, to keep to something.</summary>
    Behaviour,
}

/// <summary>Why something was late or not kept: few, so that they can be counted. Names are stored, so they are not renamed.</summary>
public enum BreakCause
{
    /// <summary>Nobody thought of it.</summary>
    Forgotten,
    /// <summary>Too much was promised for the same time.</summary>
    TooMuch,
    /// <summary>It took longer than was thought.</summary>
    TookLonger,
    /// <summary>Something was missing that they had to give.</summary>
    WaitedForThem,
    /// <summary>Something was missing from a colleague, a supplier or an office.</summary>
    WaitedForOthers,
    /// <summary>It turned out that it cannot be done.</summary>
    NotPossible,
    /// <summary>The two sides meant different things.</summary>
    Misunderstood,
}

/// <summary>What the one it was made to says of it.</summary>
public enum Verdict
{
    /// <summary>It was kept.</summary>
    Kept,
    /// <summary>Some of it was.</summary>
    Partly,
    /// <summary>It was not.</summary>
    NotKept,
}

/// <summary>Where a commitment stands.</summary>
public enum CommitmentState
{
    /// <summary>Read out of a text; nobody confirmed it yet.</summary>
    Proposed,
    /// <summary>Stands, also when late.</summary>
    Open,
    /// <summary>Done by its due moment.</summary>
    Kept,
    /// <summary>Done after it.</summary>
    KeptLate,
    /// <summary>Not done, and nobody expects it any more.</summary>
    Broken,
    /// <summary>Let go by whom it was made to.</summary>
    Released,
    /// <summary>Agreed anew after it was due: counts as not kept.</summary>
    Replaced,
}
