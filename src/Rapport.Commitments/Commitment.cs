using Rapport.Commitments.Reading;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Commitments;

/// <summary>Something we told a customer we would do, or they told us, by a moment. Open until it is kept, broken, released or replaced.</summary>
public sealed class Commitment : IVersioned
{
    /// <summary>The longest words that are kept.</summary>
    public const int LongestWords = 500;

    private Commitment() { }

    /// <summary>Its id.</summary>
    public CommitmentId Id { get; private init; }
    /// <summary>Who promised whom.</summary>
    public Side Side { get; private init; }
    /// <summary>Exactly what was said.</summary>
    public string Words { get; private init; } = "";
    /// <summary>The person (or organisation) of theirs it was made to, or who made it.</summary>
    public PartyId With { get; private init; }
    /// <summary>The customer it counts for: their organisation, or the same person.</summary>
    public PartyId Customer { get; private init; }
    /// <summary>The interaction in which it was said; null when it was written down without one.</summary>
    public InteractionId? SaidIn { get; private init; }
    /// <summary>Where its words begin in that, in characters; null where they do not stand in it as they are.</summary>
    public int? SaidFrom { get; private init; }
    /// <summary>Where they end in it.</summary>
    public int? SaidTo { get; private init; }
    /// <summary>When it was said.</summary>
    public DateTimeOffset SaidAt { get; private init; }
    /// <summary>Earliest moment meant; null while nobody said by when.</summary>
    public DateTimeOffset? DueStart { get; private set; }
    /// <summary>The moment after which it is late; null while nobody said by when.</summary>
    public DateTimeOffset? DueEnd { get; private set; }
    /// <summary>How fine the due date was said.</summary>
    public DuePrecision? DuePrecision { get; private set; }
    /// <summary>The words the due date rests on.</summary>
    public string DueWords { get; private set; } = "";
    /// <summary>The one member who is accountable: keeps it, or watches that they keep theirs.</summary>
    public MemberId Owner { get; private set; }
    /// <summary>The member it was offered to and who has not answered yet.</summary>
    public MemberId? OfferedTo { get; private set; }
    /// <summary>The member who is told when it is late, named by its owner; null for nobody.</summary>
    public MemberId? EscalateTo { get; private set; }
    /// <summary>How much hangs on it.</summary>
    public Weight Weight { get; private init; }
    /// <summary>What kind of thing is promised.</summary>
    public PromiseKind Kind { get; private init; }
    /// <summary>By when it was promised at first, whatever was agreed later; null when nobody said.</summary>
    public DateTimeOffset? FirstDue { get; private init; }
    /// <summary>Where it stands.</summary>
    public CommitmentState State { get; private set; }
    /// <summary>When it was closed, whichever way.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }
    /// <summary>The message, call or visit that shows it was kept; null for a keeping on somebody's word.</summary>
    public InteractionId? ProofIn { get; private set; }
    /// <summary>What shows it, in words.</summary>
    public string? ProofWords { get; private set; }
    /// <summary>What the one it was made to says of it; null while they said nothing.</summary>
    public Verdict? Verdict { get; private set; }
    /// <summary>Their words with it.</summary>
    public string? VerdictWords { get; private set; }
    /// <summary>When they disagreed, while the owner has not heard it yet.</summary>
    public DateTimeOffset? DisagreedAt { get; private set; }
    /// <summary>Why it was late or not kept; null while nobody said.</summary>
    public BreakCause? Cause { get; private set; }
    /// <summary>The commitment that was agreed instead, after this one was due.</summary>
    public CommitmentId? ReplacedBy { get; private set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>Whether it still stands, late or not.</summary>
    public bool IsOpen => State == CommitmentState.Open;

    /// <summary>Whether it should have been done by now and was not.</summary>
    public bool IsLate(DateTimeOffset now) => IsOpen && DueEnd < now;

    /// <summary>Writes one down. The caller has checked that who and what it is with exist.</summary>
    public static Commitment Make(CommitmentId id, NewCommitment of, PartyId customer, MemberId owner, DateTimeOffset saidAt, (int From, int To)? span = null)
    {
        var commitment = new Commitment
        {
            Id = id, Side = of.Side, Words = of.Words.Trim(), With = of.With, Customer = customer, SaidIn = of.SaidIn, SaidFrom = span?.From, SaidTo = span?.To, SaidAt = saidAt,
            Owner = owner, Weight = of.Weight, Kind = of.Kind ?? CommitmentReader.KindOf(of.Words), FirstDue = of.Due?.End, State = CommitmentState.Open,
        };
        commitment.BecomeDue(of.Due);
        return commitment;
    }

    /// <summary>Done. On time it is kept, past due it is kept late.</summary>
    public Refusal? Keep(Proof proof, DateTimeOffset at)
    {
        if (Closed() is { } refusal) return refusal;
        (ProofIn, ProofWords) = (proof.Interaction, proof.Words);
        Close(DueEnd is { } due && at > due ? CommitmentState.KeptLate : CommitmentState.Kept, at);
        return null;
    }

    /// <summary>A new date, agreed with the other side before the old one passed: it stays open.</summary>
    public Refusal? Renegotiate(Due due, DateTimeOffset now)
    {
        if (Closed() is { } refusal) return refusal;
        if (IsLate(now)) return Refusal.Conflict("commitment.late", "It is past due already. A date agreed now makes a new commitment, and this one counts as not kept.");
        if (due.End <= now) return Refusal.Invalid("commitment.due-past", "That date has passed. Write one that lies ahead.", "due");
        BecomeDue(due);
        return null;
    }

    /// <summary>The mail that told a new date was taken back before it left: the old one stands. False when something else came between.</summary>
    public bool TakeDateBack(DateTimeOffset told, Due? before)
    {
        if (!IsOpen || DueEnd != told) return false;
        BecomeDue(before);
        return true;
    }

    /// <summary>Agreed anew after it was due: another commitment stands in its place.</summary>
    public Refusal? Replace(CommitmentId by, DateTimeOffset now)
    {
        if (Closed() is { } refusal) return refusal;
        ReplacedBy = by;
        Close(CommitmentState.Replaced, now);
        return null;
    }

    /// <summary>The owner or the recipient says that it was not kept, or too long has passed.</summary>
    public Refusal? Break(DateTimeOffset now)
    {
        if (Closed() is { } refusal) return refusal;
        Close(CommitmentState.Broken, now);
        return null;
    }

    /// <summary>Says why it was late, or not kept.</summary>
    public Refusal? Explain(BreakCause cause, DateTimeOffset now)
    {
        if (State is not (CommitmentState.Broken or CommitmentState.KeptLate or CommitmentState.Replaced) && !IsLate(now)) return Refusal.Conflict("commitment.not-late", "It was neither late nor broken: there is nothing to explain.");
        Cause = cause;
        return null;
    }

    /// <summary>The one it was made to lets it go.</summary>
    public Refusal? Release(DateTimeOffset now)
    {
        if (Closed() is { } refusal) return refusal;
        Close(CommitmentState.Released, now);
        return null;
    }

    /// <summary>Whether the one it was made to can say now that it was not kept, or only partly: before it is due nobody knows.</summary>
    public bool MayBeDoubted(DateTimeOffset now) => State is CommitmentState.Kept or CommitmentState.KeptLate or CommitmentState.Broken || IsLate(now);

    /// <summary>The one it was made to says whether it was kept. Their word stands against the owner's: not kept is broken, and kept is kept.</summary>
    public Refusal? Judge(Verdict verdict, string? words, DateTimeOffset at)
    {
        if (Side == Side.TheirsToUs || State is CommitmentState.Released or CommitmentState.Replaced or CommitmentState.Proposed) return Refusal.Conflict("commitment.not-judged", "Nobody asks about this one any more: it was let go, or something else was agreed.");
        if (verdict != Commitments.Verdict.Kept && !MayBeDoubted(at)) return Refusal.Invalid("commitment.not-due", "It is not due yet. Come back then, or answer the mail if something is wrong already.", "verdict");
        (Verdict, VerdictWords, DisagreedAt) = (verdict, words, verdict == Commitments.Verdict.Kept ? null : at);
        if (verdict == Commitments.Verdict.Kept && IsOpen) return Keep(new(null, "The word of whom it was promised to."), at);
        if (verdict == Commitments.Verdict.Kept && State == CommitmentState.Broken) State = ClosedAt > DueEnd ? CommitmentState.KeptLate : CommitmentState.Kept;
        if (verdict == Commitments.Verdict.NotKept) Close(CommitmentState.Broken, ClosedAt ?? at);
        return null;
    }

    /// <summary>The owner has heard that they disagree.</summary>
    public Refusal? Hear(MemberId by)
    {
        if (by != Owner) return Refusal.Forbidden("commitment.hear", "Only who answers for it can say that they heard it.");
        DisagreedAt = null;
        return null;
    }

    /// <summary>Names who is told when it is late; nobody when null.</summary>
    public Refusal? NameForEscalation(MemberId? to)
    {
        if (Closed() is { } refusal) return refusal;
        if (to == Owner) return Refusal.Invalid("commitment.escalate-self", "Its owner is told anyway. Choose somebody else.", "escalateTo");
        EscalateTo = to;
        return null;
    }

    /// <summary>Offers it to another member. It stays its owner's until the other accepts.</summary>
    public Refusal? Offer(MemberId to)
    {
        if (Closed() is { } refusal) return refusal;
        if (to == Owner) return Refusal.Invalid("commitment.offer-self", "It is theirs already. Choose somebody else.", "to");
        OfferedTo = to;
        return null;
    }

    /// <summary>The other one accepts, and is accountable from now on.</summary>
    public Refusal? Accept(MemberId by)
    {
        if (OfferedTo != by) return Refusal.Conflict("commitment.not-offered", "It is not offered to you (any more).");
        (Owner, OfferedTo) = (by, null);
        return null;
    }

    /// <summary>The other one declines, or the giver takes the offer back: it stays its owner's.</summary>
    public Refusal? Decline(MemberId by)
    {
        if (OfferedTo is null || (OfferedTo != by && Owner != by)) return Refusal.Conflict("commitment.not-offered", "It is not offered to you (any more).");
        OfferedTo = null;
        return null;
    }

    /// <summary>Nobody answered the question whether they take it: it stays its owner's.</summary>
    public void LetOfferEnd() => OfferedTo = null;

    /// <summary>A manager gives what an absent owner holds to somebody else.</summary>
    public Refusal? Reassign(MemberId to)
    {
        if (Closed() is { } refusal) return refusal;
        (Owner, OfferedTo) = (to, null);
        return null;
    }

    /// <summary>Takes a closing back that was a slip of the hand. The history keeps both.</summary>
    public Refusal? Reopen()
    {
        if (IsOpen) return Refusal.Conflict("commitment.open", "This commitment is open already.");
        if (State is CommitmentState.Replaced or CommitmentState.Proposed) return Refusal.Conflict("commitment.replaced", "Another commitment stands in its place; change that one.");
        if (Verdict is not null) return Refusal.Forbidden("commitment.judged", "Whom it was promised to has said what became of it. Their word stays; agree something new with them.");
        (State, ClosedAt, ProofIn, ProofWords, Cause) = (CommitmentState.Open, null, null, null, null);
        return null;
    }

    private void BecomeDue(Due? due) =>
        (DueStart, DueEnd, DuePrecision, DueWords) = (due?.Start, due?.End, due?.Precision, due?.Words ?? "");

    private void Close(CommitmentState state, DateTimeOffset at) => (State, ClosedAt, OfferedTo) = (state, at, null);

    private Refusal? Closed() => IsOpen ? null : Refusal.Conflict("commitment.closed", "This commitment is already closed.");
}

/// <summary>What shows that a commitment was kept: an interaction, or somebody's word.</summary>
public sealed record Proof(InteractionId? Interaction, string? Words)
{
    /// <summary>On the word of whoever says so, shown as such.</summary>
    public static Proof OnMyWord { get; } = new(null, null);
}
